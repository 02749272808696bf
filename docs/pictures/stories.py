"""What the pictures show: commands of ferrule and the files that they are run on."""

TASKS = """\
ferrule: 1
connector: tasks
version: 1.4.0
base_url: https://tasks.example.com/v1
settings: {api_key: secret}
auth: {token: "${api_key}"}
paging: {cursor: $.next, into: query.cursor}
envelope: {next?: string}
actions:
  tasks.list:
    summary: List tasks.
    get: /tasks
    query: {done?: boolean}
    returns: list(Task) at $.items
  tasks.get:
    summary: Show a task.
    get: /tasks/{task_id:integer}
    returns: Task
  tasks.create:
    summary: Add a task.
    post: /tasks
    idempotency_key: header.Idempotency-Key
    body: {title: string, due?: date}
    returns: Task
models:
  Task: {id: integer, title: string, done: boolean}
"""
BROKEN = (
    TASKS.replace("idempotency_key: header.Idempotency-Key", "replay: safe")
    .replace("api_key: secret", "api_key: secrt")
    .replace("$.next,", "$.nxt,")
    .replace("body: {title: string, due?: date}", "body: {title: string, due?: dat}")
)
LATER = TASKS.replace("1.4.0", "1.5.0").replace(
    "query: {done?: boolean}", "query: {done?: boolean, sort?: enum(due | title)}"
).replace("done: boolean}\n", "done: boolean | null}\n")  # fmt: skip

STORIES: dict[str, tuple[dict[str, str], tuple[tuple[str, ...], ...]]] = {
    "check": ({"tasks.yaml": BROKEN}, (("check", "tasks.yaml"),)),
    "fix": ({"tasks.yaml": BROKEN}, (("check", "tasks.yaml", "--diff"),)),
    "show": (
        {"tasks.yaml": TASKS},
        (("show", "tasks.yaml", "--format", "table"), ("show", "tasks.yaml", "tasks.list")),
    ),
    "diff": ({"old.yaml": TASKS, "tasks.yaml": LATER}, (("diff", "old.yaml", "tasks.yaml"),)),
    "call": (
        # A key would be another one in each run.
        {"tasks.yaml": TASKS.replace("    idempotency_key: header.Idempotency-Key\n", "")},
        (
            ("call", "tasks.yaml", "tasks.create", "title=Water the plants", "--dry-run"),
            ("call", "tasks.yaml", "tasks.list", "done=false", "--curl"),
        ),
    ),
}
"""The files and the commands of each picture, by its name."""

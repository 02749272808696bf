"""`ferrule call` and `ferrule test`: a real service on loopback, called without a package."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from urllib.parse import parse_qsl

import pytest

from tests.cli.calling import Ferrule
from tests.services.scripted import ScriptedService, reply

SPEC = """\
ferrule: 1
connector: acme
version: 1.0.0
base_url: {url}/v1
settings: {{user: string = joe, api_key: secret}}
auth: {{basic: {{username: "${{user}}", password: "${{api_key}}"}}}}
retry: {{attempts: 1}}
errors: {{code: $.code, message: $.message, envelope: {{code: string, message: string}}}}
paging:
  cursor: $.next
  into: query.cursor
  size: {{in: query.limit, default: 2}}
envelope: {{next: string | null}}
test: {{get: /me, ok: $.id, message: $.name}}
actions:
  things.list:
    get: /things
    query:
      since?: datetime
      ids?: list(integer)
    returns: list(Thing) at $.things
  things.get: {{get: "/things/{{thing_id:integer}}", returns: Thing}}
  things.create:
    post: /things
    body:
      name: string
      size?: enum(small | large)
      owner?:
        name: string
        is_admin?: boolean
      extra?: any
    returns: Thing
  things.delete: {{delete: "/things/{{thing_id:integer}}"}}
  things.export: {{get: /export, returns: bytes}}
  things.log: {{get: /log, returns: lines(Thing)}}
  hello: {{get: /hello, returns: text}}
  reports.run:
    input: {{query: string}}
    job:
      start: {{post: /jobs, body: {{q: "${{query}}"}}, let: {{id: $.id}}}}
      poll: {{get: "/jobs/${{id}}", every: 10ms}}
      done: $.done
      progress: $.percent
    returns: list(Thing) at $.rows
  parts.list:
    get: /things/{{thing_id}}/parts
    each: {{thing_id: things.list.id}}
    paging: none
    returns: list(Thing)
models:
  Thing:
    id: integer
    name: string | null
    made_at?: datetime
"""
SECRET = "hunter2-and-more"
THINGS = [{"id": number, "name": f"thing {number}", "x": {"y": number}} for number in range(1, 6)]


@pytest.fixture
def acme(
    ferrule: Ferrule, service: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ferrule]:
    monkeypatch.setenv("ACME_API_KEY", SECRET)
    ferrule.write("acme.yaml", SPEC.format(url=service.url))
    yield ferrule
    assert not any(name.startswith("acme_connector") for name in sys.modules)


def script_pages(service: ScriptedService) -> None:
    pages = [{"things": THINGS[:2], "next": "b"}, {"things": THINGS[2:4], "next": "c"}]
    replies = [reply(json=page) for page in [*pages, {"things": THINGS[4:], "next": None}]]
    service.on("GET", "/v1/things", *replies)


def test_a_result_is_json_under_the_names_of_the_service(
    acme: Ferrule, service: ScriptedService
) -> None:
    thing = {"id": 7, "name": None, "made_at": "2024-01-02T03:04:05Z", "other": [1]}
    service.on("GET", "/v1/things/7", reply(json=thing))
    code, out, err = acme("call", "acme.yaml", "things.get", "thing_id=7")
    assert (code, err) == (0, "")
    assert json.loads(out) == thing
    (request,) = service.requests
    assert request.header("authorization") == "Basic am9lOmh1bnRlcjItYW5kLW1vcmU="


def test_a_list_gives_its_first_page_and_says_so(acme: Ferrule, service: ScriptedService) -> None:
    script_pages(service)
    code, out, err = acme("call", "acme.yaml", "things.list")
    assert (code, err) == (0, "there are more pages: --all walks them\n")
    assert json.loads(out) == THINGS[:2]
    assert len(service.requests) == 1


@pytest.mark.parametrize(("words", "count", "asked"), [(["--all"], 5, 3), (["--limit", "3"], 3, 2)])
def test_all_and_limit_walk(
    acme: Ferrule, service: ScriptedService, words: list[str], count: int, asked: int
) -> None:
    script_pages(service)
    code, out, err = acme("call", "acme.yaml", "things.list", *words, "--format", "jsonl")
    assert (code, err) == (0, "")
    assert [json.loads(line) for line in out.splitlines()] == THINGS[:count]
    assert len(service.requests) == asked


def test_csv_and_table_flatten(acme: Ferrule, service: ScriptedService) -> None:
    script_pages(service)
    code, out, _ = acme("call", "acme.yaml", "things.list", "--all", "--format", "csv")
    assert code == 0
    assert out.splitlines()[:2] == ["id,name,x.y", "1,thing 1,1"]
    script_pages(service)
    code, out, _ = acme("call", "acme.yaml", "things.list", "--format", "table")
    assert out.splitlines() == ["id  name     x.y", "1   thing 1  1", "2   thing 2  2"]


def test_arguments_are_read_by_their_types(acme: Ferrule, service: ScriptedService) -> None:
    service.on("GET", "/v1/things", reply(json={"things": [], "next": None}))
    code, out, _ = acme(
        *("call", "acme.yaml", "things.list", "since=2024-01-02T03:04:05Z", "ids=1,2", "ids=3"),
        "page_size=9",
    )
    assert (code, out) == (0, "[]\n")
    assert parse_qsl(service.requests[0].query) == [
        ("since", "2024-01-02T03:04:05Z"),
        *(("ids", str(number)) for number in (1, 2, 3)),
        ("limit", "9"),
    ]


def test_a_body_is_given_in_parts_as_json_or_from_a_file(
    acme: Ferrule, service: ScriptedService
) -> None:
    service.on("POST", "/v1/things", reply(json=THINGS[0]))
    acme.write("name.txt", "from a file")
    acme.write("body.json", '{"name": "n", "owner": {"name": "o"}}')
    create = ("call", "acme.yaml", "things.create")
    words = ("name=@name.txt", "size=huge", "owner.name=1", "owner.is_admin=true", 'extra:=[1,"a"]')
    assert acme(*create, *words).code == 0
    assert acme(*create, "--data", "@body.json").code == 0
    assert acme(*create, "--data", '{"name": "n"}', "extra=7").code == 0
    assert [json.loads(request.body) for request in service.requests] == [
        {
            "name": "from a file",
            "size": "huge",
            "owner": {"name": "1", "is_admin": True},
            "extra": [1, "a"],
        },
        {"name": "n", "owner": {"name": "o"}},
        {"name": "n", "extra": 7},
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["things.gett"], "acme has no action `things.gett`; did you mean `things.get`?"),
        (["things.get"], "thing_id is missing; this action takes thing_id"),
        (["things.get", "thing_id=x"], "thing_id takes int, met `x`"),
        (["things.get", "thing=1"], "no argument `thing`; did you mean `thing_id`?"),
        (["things.get", "7"], "this action has no argument `7`"),
        (["things.get", "thing_id=7", "thing_id=8"], "`thing_id` is given twice"),
        (["things.get", "thing_id:=seven"], "thing_id is not JSON"),
        (["things.create", "name=@nowhere"], "nowhere cannot be read"),
        (["things.create", "name=x", "owner=me"], "owner takes an object"),
        (["things.create", "--data", "[1]"], "--data takes a JSON object"),
        (["hello", "-s", "usr=x"], "acme has no setting `usr`; did you mean `user`?"),
        (["hello", "-s", "user"], "`user` is no setting: write name=value"),
    ],
)
def test_wrong_arguments_are_told(acme: Ferrule, words: list[str], said: str) -> None:
    code, out, err = acme("call", "acme.yaml", *words)
    assert (code, out) == (2, "")
    assert said in err


def test_text_and_nothing(acme: Ferrule, service: ScriptedService) -> None:
    service.on("GET", "/v1/hello", reply(text="hello\nyou"))
    service.on("DELETE", "/v1/things/1", reply(204))
    assert acme("call", "acme.yaml", "hello") == (0, "hello\nyou\n", "")
    assert acme("call", "acme.yaml", "things.delete", "thing_id=1") == (0, "", "")


def test_a_job_is_waited_for(acme: Ferrule, service: ScriptedService) -> None:
    service.on("POST", "/v1/jobs", reply(json={"id": 4}))
    rows = {"done": True, "rows": THINGS[:1]}
    service.on("GET", "/v1/jobs/4", reply(json={"percent": 30}), reply(json=rows))
    told = acme("call", "acme.yaml", "reports.run", "query=q")
    assert [row["id"] for row in json.loads(told.out)] == [1]
    assert service.requests[0].json() == {"q": "q"}


def test_a_fan_out_is_walked(acme: Ferrule, service: ScriptedService) -> None:
    service.on("GET", "/v1/things", reply(json={"things": THINGS[:2], "next": None}))
    for number in (1, 2):
        part = {"id": number * 10, "name": None}
        service.on("GET", f"/v1/things/{number}/parts", reply(json=[part]))
    told = acme("call", "acme.yaml", "parts.list", "--all")
    assert [row["id"] for row in json.loads(told.out)] == [10, 20]


def test_a_download_is_saved_and_a_stream_is_followed(
    acme: Ferrule, service: ScriptedService
) -> None:
    service.on("GET", "/v1/export", reply(content=b"\x00\x01" * 100))
    lines = "".join(json.dumps(thing) + "\n" for thing in THINGS[:3])
    service.on("GET", "/v1/log", reply(text=lines, content_type="application/x-ndjson"))
    assert acme("call", "acme.yaml", "things.export", "-o", "out.bin") == (0, "", "")
    assert (acme.folder / "out.bin").read_bytes() == b"\x00\x01" * 100
    code, out, _ = acme("call", "acme.yaml", "things.log", "--format", "jsonl")
    assert (code, [json.loads(line) for line in out.splitlines()]) == (0, THINGS[:3])
    assert "-o takes the body" in acme("call", "acme.yaml", "hello", "-o", "x").err
    service.verify()


def test_errors_of_the_service_are_told_without_secrets(
    acme: Ferrule, service: ScriptedService
) -> None:
    fault = {"code": "gone", "message": f"no thing 7 for {SECRET}"}
    service.on("GET", "/v1/things/7", reply(404, json=fault))
    code, out, err = acme("call", "acme.yaml", "things.get", "thing_id=7")
    assert (code, out) == (1, "")
    assert err.startswith("NotFound: acme.things.get: ")
    assert "no thing 7 for ***" in err
    assert "gone" in err
    assert SECRET not in err


def test_a_missing_setting_names_its_variable(
    acme: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACME_API_KEY")
    code, out, err = acme("call", "acme.yaml", "hello")
    assert (code, out) == (2, "")
    assert err.startswith("ConfigurationError: ")
    assert "ACME_API_KEY" in err


def test_settings_come_from_words_then_the_environment_then_the_keyring(
    acme: Ferrule, service: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def get_password(service_name: str, name: str) -> str:
        asked.append((service_name, name))
        return "from the keyring"

    for name, facts in (
        ("keyring", {"get_password": get_password}),
        ("keyring.errors", {"KeyringError": RuntimeError}),
    ):
        module = ModuleType(name)
        module.__dict__.update(facts, __spec__=SimpleNamespace(name=name))
        monkeypatch.setitem(sys.modules, name, module)
    service.on("GET", "/v1/hello", reply(text="x"))
    assert acme("call", "acme.yaml", "hello", "-s", "user=ann").code == 0
    assert not asked
    monkeypatch.delenv("ACME_API_KEY")
    assert acme("call", "acme.yaml", "hello").code == 0
    assert asked == [("ferrule-acme", "api_key")]
    code, _, err = acme("call", "acme.yaml", "hello", "-s", "api_key=pw")
    assert code == 0
    assert "api_key is a secret" in err
    sent = [request.header("authorization") for request in service.requests]
    assert sent == [
        "Basic YW5uOmh1bnRlcjItYW5kLW1vcmU=",
        "Basic am9lOmZyb20gdGhlIGtleXJpbmc=",
        "Basic am9lOnB3",
    ]


def test_a_dry_run_sends_nothing_and_hides_secrets(acme: Ferrule, service: ScriptedService) -> None:
    code, out, err = acme("call", "acme.yaml", "things.create", "name=x", "--dry-run")
    assert (code, err) == (0, "")
    assert out.startswith(f"POST {service.url}/v1/things\n")
    assert "Authorization: Basic ***\n" in out
    assert out.endswith('\n\n{\n  "name": "x"\n}\n')
    assert acme("call", "acme.yaml", "things.list", "--dry-run").out.startswith(
        f"GET {service.url}/v1/things?limit=2\n"
    )
    assert service.requests == []


def test_a_request_can_be_shown_without_its_secrets(
    acme: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACME_API_KEY")
    assert acme("call", "acme.yaml", "hello", "--dry-run").code == 0
    assert 'joe:"$ACME_API_KEY"' in acme("call", "acme.yaml", "hello", "--curl").out


def test_the_command_for_curl_does_what_the_call_would_do(
    acme: Ferrule, service: ScriptedService
) -> None:
    service.on("POST", "/v1/things", reply(json=THINGS[0]))
    words = ("things.create", "name=it's $HOME `x`", "size=small")
    code, out, _ = acme("call", "acme.yaml", *words, "--curl")
    assert (code, SECRET in out) == (0, False)
    done = subprocess.run(["sh", "-c", out], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == THINGS[0]
    assert acme("call", "acme.yaml", *words).code == 0
    by_curl, by_call = service.requests
    assert by_curl.body == by_call.body
    assert by_curl.header("authorization") == by_call.header("authorization")
    assert by_curl.header("content-type") == by_call.header("content-type")


def test_a_token_that_would_be_fetched_is_not(
    ferrule: Ferrule, service: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_CLIENT_SECRET", SECRET)
    ferrule.write(
        "acme.yaml",
        "ferrule: 1\nconnector: acme\nversion: 1.0.0\n"
        f"base_url: {service.url}\nsettings: {{client_id: string = me, client_secret: secret}}\n"
        "auth: {oauth2: {token: /token}}\nactions: {hello: {get: /hello, returns: text}}\n",
    )
    code, out, _ = ferrule("call", "acme.yaml", "hello", "--dry-run")
    assert code == 0
    assert "Authorization: Bearer ***" in out
    assert "(a token is fetched first" in out
    assert service.requests == []


def test_tokens_are_taken_from_the_store_and_kept_there(
    ferrule: Ferrule, service: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = (
        "ferrule: 1\nconnector: acme\nversion: 1.0.0\nbase_url: https://api.acme.com\n"
        "settings: {client_id: string, client_secret: secret}\n"
        f"auth: {{oauth2: {{token: {service.url}/token}}}}\n"
        "actions: {me: {get: /me, returns: any}}\n"
    )
    ferrule.write("acme.yaml", spec)
    monkeypatch.setenv("ACME_CLIENT_ID", "the id")
    monkeypatch.setenv("ACME_CLIENT_SECRET", "the secret")
    monkeypatch.setenv("FERRULE_TOKEN_STORE", str(ferrule.folder / "tokens"))
    service.on("POST", "/token", reply(json={"access_token": "t1", "expires_in": 3600}))
    service.on("GET", "/me", reply(json={"id": 1}), reply(json={"id": 2}))
    words = ("call", "acme.yaml", "me", "--base-url", service.url)
    assert json.loads(ferrule(*words).out) == {"id": 1}
    # Another run has the token of the first.
    assert json.loads(ferrule(*words).out) == {"id": 2}
    assert [call.path for call in service.requests] == ["/token", "/me", "/me"]
    monkeypatch.setenv("FERRULE_TOKEN_STORE", "keyring")
    monkeypatch.setitem(sys.modules, "keyring", None)
    code, out, err = ferrule(*words)
    assert (code, out) == (2, "")
    assert "keyring" in err


def test_the_connection_is_tested(acme: Ferrule, service: ScriptedService) -> None:
    me = reply(json={"id": 1, "name": "Joe"})
    service.on("GET", "/v1/me", me, reply(json={"id": None, "name": "who?"}), reply(401, json={}))
    assert acme("test", "acme.yaml") == (0, "ok: Joe\n", "")
    code, out, err = acme("test", "acme.yaml")
    assert (code, out, err) == (1, "failed: who?\n", "")
    code, out, _ = acme("test", "acme.yaml")
    assert code == 1
    assert out.startswith("failed: ")
    assert acme("test", "acme.yaml", "--curl").out.startswith("curl ")


def test_another_base_url(
    acme: Ferrule, service: ScriptedService, other_service: ScriptedService
) -> None:
    other_service.on("GET", "/v2/hello", reply(text="other"))
    base_url = f"{other_service.url}/v2"
    assert acme("call", "acme.yaml", "hello", "--base-url", base_url).out == "other\n"
    assert service.requests == []


def test_a_service_that_is_not_there_is_told(ferrule: Ferrule) -> None:
    spec = SPEC.format(url="http://127.0.0.1:9")
    ferrule.write("acme.yaml", spec)
    code, out, err = ferrule("call", "acme.yaml", "hello", "-s", "api_key=x")
    assert (code, out) == (1, "")
    assert "ConnectionFailed: acme.hello: " in err


def test_a_spec_with_errors_is_not_called(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", SPEC.format(url="https://x.example") + "autth: none\n")
    code, out, err = ferrule("call", "acme.yaml", "hello")
    assert (code, out) == (1, "")
    assert "error[unknown-key]: `autth`" in err


def test_without_the_runtime_the_way_out_is_told(
    acme: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ferrule_runtime", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    code, out, err = acme("call", "acme.yaml", "hello")
    assert (code, out) == (2, "")
    assert "pip install 'ferrule[call]'" in err


def test_an_installed_package_of_that_name_is_left_alone(
    ferrule: Ferrule, service: ScriptedService, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed = ModuleType("acme_connector")
    monkeypatch.setitem(sys.modules, "acme_connector", installed)
    ferrule.write("acme.yaml", SPEC.format(url=service.url))
    service.on("GET", "/v1/hello", reply(text="x"))
    assert ferrule("call", "acme.yaml", "hello", "-s", "api_key=x").code == 0
    assert sys.modules["acme_connector"] is installed

"""The Python of the pages runs, against a service that knows what the pages speak of."""

import ast
import importlib
import itertools
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from ferrule.cli.main import main
from tests.docs.pages import Block, blocks
from tests.services.loopback import Request
from tests.services.real import REPOSITORY
from tests.services.scripted import Reply, ScriptedService, reply

PAGES = ["README.md", "docs/client.md"]
OTHER_PAGES = [
    page
    for page in (*REPOSITORY.glob("*/README.md"), *(REPOSITORY / "docs").glob("*.md"))
    if str(page.relative_to(REPOSITORY)) not in PAGES
]
SERVER = "https://tasks.example.com/v1"
KEY = "a key that nobody sees"


def serve_tasks(service: ScriptedService) -> None:
    """A list of tasks in pages of two, as the specs of the pages describe it."""
    tasks = [{"id": number, "title": f"task {number}", "done": False} for number in range(1, 6)]
    numbers = itertools.count(6)

    def listed(request: Request) -> Reply:
        begin = int(parse_qs(request.query).get("cursor", ["0"])[0])
        following = str(begin + 2) if begin + 2 < len(tasks) else None
        return reply(json={"items": tasks[begin : begin + 2], "next": following})

    def created(request: Request) -> Reply:
        tasks.append({"id": next(numbers), "title": request.json()["title"], "done": False})
        return reply(201, json=tasks[-1])

    def found(request: Request) -> Reply:
        number = int(request.path.rpartition("/")[2])
        for task in tasks:
            if task["id"] == number:
                return reply(json=task)
        return reply(404, json={"error": {"code": "no_such_task", "message": "It is not there."}})

    service.on("GET", "/v1/tasks", listed)
    service.on("POST", "/v1/tasks", created)
    service.on("GET", re.compile("/v1/tasks/[0-9]+"), found)
    service.on("POST", "/v1/tasks/1/files", reply(204))
    service.on("GET", "/v1/export", reply(content=b"PK\x05\x06" + bytes(18)))
    service.on("POST", "/v1/archives", reply(json={"id": 7}))
    archived = [{"percent": 40}, {"percent": 100, "done": True, "count": 12}]
    service.on("GET", "/v1/archives/7", *(reply(json=each) for each in archived))
    changes = [{"id": 1, "at": "2025-01-02T03:04:05Z"}]
    service.on("GET", "/v1/changes", reply(json=changes), reply(json=[]))
    service.on("GET", "/v1/me", reply(json={"name": "Ada"}))


def package_of(page: str, folder: Path) -> Path:
    """The folder of the package that the first spec of a page becomes."""
    spec = folder / "tasks.yaml"
    spec.write_text(blocks("yaml", pages=[REPOSITORY / page])[0].text, encoding="utf-8")
    assert main(["compile", str(spec), "-o", str(folder / "generated")]) == 0
    return folder / "generated" / "tasks"


def code_of(page: str) -> str:
    """The Python of a page, each line where it stands in the page."""
    lines: list[str] = []
    for block in blocks("python", pages=[REPOSITORY / page]):
        lines += [""] * (block.line - len(lines)) + block.text.splitlines()
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("page", PAGES)
def test_the_code_of_a_page_runs(page: str, service: ScriptedService, tmp_path: Path) -> None:
    serve_tasks(service)
    package = package_of(page, tmp_path)
    script = tmp_path / "page.py"
    script.write_text(code_of(page).replace(SERVER, f"{service.url}/v1"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", script],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(package),
            "TASKS_SERVER": f"{service.url}/v1",
            "TASKS_API_KEY": KEY,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert service.requests
    assert KEY not in done.stdout + done.stderr
    # The key that the pages give is an ellipsis; the header holds its UTF-8 bytes.
    sent = "Bearer \u2026".encode().decode("latin-1")
    assert {call.header("Authorization") for call in service.requests} == {sent}


@pytest.mark.parametrize(
    "block",
    blocks("python", pages=OTHER_PAGES),
    ids=lambda block: f"{block.page.parent.name}/{block.name}",
)
def test_what_the_code_of_other_pages_imports_is_there(
    block: Block, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(REPOSITORY / "generated" / "zendesk"))
    tree = ast.parse(block.text)
    for node in tree.body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                importlib.import_module(alias.name)
        elif isinstance(node, ast.ImportFrom):
            found = importlib.import_module(node.module or "")
            assert [each.name for each in node.names if not hasattr(found, each.name)] == []


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What mypy knows of the libraries after the first page."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("page", PAGES)
def test_type_checkers_find_nothing_in_the_code_of_a_page(
    page: str, tmp_path: Path, cache: Path
) -> None:
    package = package_of(page, tmp_path)
    script = tmp_path / "page.py"
    script.write_text(code_of(page), encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull),
            *("--cache-dir", str(cache), "page.py"),
        ],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": f"{package}:{REPOSITORY / 'runtime' / 'src'}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout

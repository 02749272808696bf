"""Functions of the author in every slot, and what a wrong one is told."""

import inspect
import sys
from collections.abc import Iterator
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ferrule.diagnostics import Report
from ferrule.pipeline import compile_spec, write_packages
from tests.functional.packages import Face
from tests.functional.test_sweeps import listed
from tests.services.scripted import ScriptedService, reply

SPEC = """\
ferrule: 1
connector: odd
version: 1.0.0
base_url: https://api.odd.example
settings: {account: string = a1, secret: secret}
headers: {X-Account: "${account}"}
hooks: {authorize: "_odd/signing.py:sign", classify: hooks.py:judge}
actions:
  rows.list:
    get: /rows
    query: {page?: string}
    hooks: {extract: hooks.py:rows, transform: hooks.py:whole, paginate: hooks.py:following}
    returns: list(Row)
  rows.get:
    get: /rows/{id}
    hooks: {classify: none}
    returns: Row
  rows.add:
    post: /rows
    body: {name: string, size?: integer}
    hooks: {call: hooks.py:upper}
    returns: none
  rows.fetch:
    hooks: {classify: none}
    steps:
      - get: /where
        let: {url: $.url}
      - get: ${url}
        auth: none
    returns: any
models:
  Row: {id: integer, name: string}
"""
HOOKS = '''\
"""What the service of the tests does that no spec can say."""

from collections.abc import Mapping
from typing import Any

from ferrule_runtime.hooks import HookAnswer, HookArguments


def rows(answer: HookAnswer) -> list[dict[str, Any]]:
    names, *lines = answer.text.strip().splitlines()
    keys = names.split(";")
    return [dict(zip(keys, line.split(";"), strict=True)) for line in lines]


def whole(item: dict[str, Any]) -> dict[str, Any] | None:
    return None if item["name"] == "-" else {**item, "id": int(item["id"])}


def following(answer: HookAnswer) -> Mapping[str, str] | None:
    page = answer.headers.get("x-next")
    return {"query.page": page, "header.X-Walk": "1"} if page else None


def judge(answer: HookAnswer) -> str | None:
    if answer.content == b"LATER":
        return "retry"
    return "NotFound" if answer.content == b"GONE" else None


def upper(arguments: HookArguments) -> None:
    arguments.body["name"] = arguments.body["name"].upper()
    arguments.query["by"] = "hook"
'''
SIGNING = '''\
"""Signs requests."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from ferrule_runtime.hooks import HookRequest


def sign(request: HookRequest, settings: Mapping[str, Any]) -> dict[str, str]:
    text = request.method.encode() + request.url.encode() + request.content
    key = str(settings["secret"]).encode()
    return {"X-Signature": hmac.new(key, text, hashlib.sha256).hexdigest()}
'''


def written(folder: Path, spec: str = SPEC, hooks: str = HOOKS) -> Path:
    (folder / "_odd").mkdir(parents=True, exist_ok=True)
    (folder / "hooks.py").write_text(hooks, encoding="utf-8")
    (folder / "_odd" / "signing.py").write_text(SIGNING, encoding="utf-8")
    (folder / "odd.yaml").write_text(spec, encoding="utf-8")
    return folder / "odd.yaml"


def problems(folder: Path, spec: str = SPEC, hooks: str = HOOKS) -> list[str]:
    report = Report()
    compile_spec(written(folder, spec, hooks), report)
    return [f"{each.rule}: {each.message}" for each in report.errors]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("hooks")
    report = Report()
    made = compile_spec(written(folder), report)
    assert made is not None, [each.message for each in report]
    write_packages([made], folder / "out", report)
    sys.path.insert(0, str(folder / "out" / "odd"))
    invalidate_caches()
    yield import_module("odd_connector")
    sys.path.remove(str(folder / "out" / "odd"))
    for module in [each for each in sys.modules if each.split(".")[0] == "odd_connector"]:
        del sys.modules[module]


KEY = "a secret of many letters"


class TestSlots:
    def call(self, face: Face, use: Any) -> Any:
        return face(use, secret=KEY)

    def test_a_list_is_extracted_transformed_and_walked(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on(
            "GET",
            "/rows",
            reply(text="id;name\n1;a\n2;-\n", headers={"X-Next": "p2"}),
            reply(text="id;name\n3;-\n", headers={"X-Next": "p3"}),
            reply(text="id;name\n4;d\n"),
        )
        found = listed(face, lambda c: c.rows.list(), secret=KEY)
        assert [(row.id, row.name) for row in found] == [(1, "a"), (4, "d")]
        assert [call.query for call in service.requests] == ["", "page=p2", "page=p3"]
        assert service.requests[1].header("x-walk") == "1"

    def test_a_walk_goes_on_another_day(self, face: Face, service: ScriptedService) -> None:
        pages = [
            reply(text="id;name\n1;a\n", headers={"X-Next": "p2"}),
            reply(text="id;name\n2;b\n"),
        ]
        service.on("GET", "/rows", *pages)
        first = self.call(face, lambda c: c.rows.list().first_page())
        rest = listed(face, lambda c: c.rows.list(checkpoint=first.checkpoint), secret=KEY)
        assert [row.id for row in rest] == [2]
        assert service.requests[-1].query == "page=p2"

    def test_requests_are_changed_and_signed(self, face: Face, service: ScriptedService) -> None:
        import hashlib
        import hmac

        service.on("POST", "/rows", reply(204))
        body = {"name": "x"}
        self.call(face, lambda c: c.rows.add(**body))
        call = service.requests[-1]
        assert (call.json(), call.query, body) == ({"name": "X"}, "by=hook", {"name": "x"})
        text = b"POST" + f"{service.url}/rows?by=hook".encode() + call.body
        expected = hmac.new(KEY.encode(), text, hashlib.sha256).hexdigest()
        assert call.header("x-signature") == expected

    def test_no_other_origin_is_told_what_a_hook_proves(
        self, face: Face, service: ScriptedService, other_service: ScriptedService
    ) -> None:
        service.on("GET", "/where", reply(json={"url": f"{other_service.url}/file"}))
        other_service.on("GET", "/file", reply(json=1))
        assert self.call(face, lambda c: c.rows.fetch()) == 1
        assert service.requests[-1].header("x-signature")
        assert other_service.requests[-1].header("x-signature") is None
        service.on("GET", "/where", reply(json={"url": "/file"}))
        service.on("GET", "/file", reply(json=2))
        assert self.call(face, lambda c: c.rows.fetch()) == 2
        assert service.requests[-1].header("x-signature")

    def test_answers_are_judged(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/rows", reply(text="LATER"), reply(text="GONE"))
        with pytest.raises(package.NotFound):
            listed(face, lambda c: c.with_options(backoff=0.0).rows.list(), secret=KEY)
        assert len(service.requests) == 2

    def test_an_action_switches_one_off(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/rows/1", reply(json={"id": 1, "name": "n"}))
        assert self.call(face, lambda c: c.rows.get(id_="1")).name == "n"
        assert service.requests[-1].header("x-signature") is not None

    def test_what_a_hook_makes_is_kept_out_of_messages(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        def echo(request: Any) -> Any:
            return reply(400, text=f"bad signature {request.header('x-signature')}")

        service.on("GET", "/rows/1", echo)
        with pytest.raises(package.BadRequest) as caught:
            self.call(face, lambda c: c.rows.get(id_="1"))
        signature = service.requests[-1].header("x-signature")
        assert signature
        assert signature not in repr(caught.value) + str(vars(caught.value))

    def test_the_copies_are_in_the_package_and_typed(self, package: ModuleType) -> None:
        folder = Path(str(package.__file__)).parent / "hooks"
        assert (folder / "hooks.py").read_text(encoding="utf-8") == HOOKS
        assert (folder / "signing.py").read_text(encoding="utf-8") == SIGNING
        said = (folder / "__init__.py").read_text(encoding="utf-8")
        assert "_extract_hooks_rows: ExtractHook = _hooks_rows" in said
        assert inspect.iscoroutinefunction(package.AsyncOdd.test_connection)


class TestFindings:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            (
                "def rows(answer: HookAnswer)",
                "def rows(a: HookAnswer, b: int)",
                "takes 2 arguments",
            ),
            ("def rows(answer: HookAnswer)", "def rows()", "takes 0 arguments"),
            ("def rows(answer: HookAnswer)", "async def rows(answer: HookAnswer)", "is async"),
            ("def rows(answer: HookAnswer)", "def rows(answer: HookAnswer, *, x: int)", "by name"),
            ("def rows(", "def row(", "there is no function `rows` in hooks.py"),
            ("    return [dict", "    yield [dict", "is a generator"),
        ],
    )
    def test_a_function_that_does_not_fit(
        self, tmp_path: Path, old: str, new: str, told: str
    ) -> None:
        [found] = problems(tmp_path, hooks=HOOKS.replace(old, new))
        assert told in found

    def test_optional_arguments_are_fine(self, tmp_path: Path) -> None:
        wider = HOOKS.replace(
            "rows(answer: HookAnswer)", "rows(answer: HookAnswer, *more: int, x=1)"
        )
        assert problems(tmp_path, hooks=wider) == []

    def test_files_that_cannot_be_read(self, tmp_path: Path) -> None:
        for word, told in (
            ("hoks.py:rows", "there is no file"),
            ("../hooks.py:rows", "leads out"),
            ("hooks:rows", "does not name a function"),
        ):
            found = problems(tmp_path, SPEC.replace("extract: hooks.py:rows", f'extract: "{word}"'))
            assert len(found) == 1
            assert told in found[0]

    def test_a_file_that_is_not_python(self, tmp_path: Path) -> None:
        report = Report()
        compile_spec(written(tmp_path, hooks="def rows(:\n"), report)
        [found] = report.errors
        assert (found.rule, found.position) == ("hook-syntax", (1, 1))
        assert found.path == str(tmp_path / "hooks.py")

    def test_nothing_of_the_author_runs(self, tmp_path: Path) -> None:
        spy = "from pathlib import Path\nPath(__file__).with_name('ran').touch()\n"
        assert problems(tmp_path, hooks=spy + HOOKS) == []
        assert not (tmp_path / "ran").exists()

    def test_an_unknown_slot(self, tmp_path: Path) -> None:
        [found] = problems(tmp_path, SPEC.replace("extract:", "extrakt:"))
        assert found == "unknown-choice: there is no slot `extrakt`"

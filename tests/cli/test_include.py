"""A spec in several files: what is included and extended, where it came from, when it is stale."""

import json
import os
from pathlib import Path

import pytest

from ferrule.diagnostics import Report
from ferrule.pipeline import compile_spec
from tests.cli.calling import Ferrule

SPEC = """\
ferrule: 1
connector: acme
version: 1.0.0
extends: _base.yaml
include: [_acme/models.yaml, _acme/actions/*.yaml]
headers: {X-Own: "1"}
retry: {attempts: 2}
errors: {code: $.own}
actions:
  things.get: {summary: Get one., returns: Thing}
"""
FILES = {
    "acme.yaml": SPEC,
    "_base.yaml": """\
base_url: https://api.acme.example
headers: {X-Base: "1", X-Own: "0"}
retry: {attempts: 9, backoff: 1s}
errors: {code: $.base, message: $.message}
actions:
  things.get: {get: "/things/{id}", summary: Overridden.}
""",
    "_acme/models.yaml": "models:\n  Thing: {id: integer, part?: Part}\n",
    "_acme/actions/b.yaml": "actions: {b.list: {get: /b, returns: list(Thing)}}\n",
    "_acme/actions/a.yaml": """\
models: {Part: {id: integer}}
actions: {a.get: {get: /a, returns: Part}}
""",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        file = tmp_path / "specs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "specs"


def digest_of(spec: Path) -> tuple[str, str]:
    report = Report()
    package = compile_spec(spec, report)
    assert package is not None, [each.message for each in report]
    return package.manifest.spec_sha256, repr(sorted(package.files.files.items()))


def test_maps_are_merged_and_words_replaced(folder: Path, ferrule: Ferrule) -> None:
    shown = json.loads(ferrule("show", "specs/acme.yaml", "--format", "json").out)
    spec = shown["spec"]
    action = spec["actions"]["things.get"]
    assert (action["get"], action["summary"]) == ("/things/{id}", "Get one.")
    assert spec["headers"] == {"X-Base": "1", "X-Own": "1"}
    assert spec["retry"] == {"attempts": 2, "backoff": "1s"}
    assert spec["errors"] == {"code": "$.own", "message": "$.message"}
    assert set(spec["actions"]) == {"things.get", "b.list", "a.get"}


def test_show_tells_the_file_that_a_value_comes_from(folder: Path, ferrule: Ferrule) -> None:
    shown = json.loads(ferrule("show", "specs/acme.yaml", "--format", "json").out)
    origins = shown["origins"]
    assert origins["/actions/things.get/summary"] == {"from": "spec", "line": 10}
    got = origins["/actions/things.get/get"]
    assert got == {"from": "spec", "line": 6, "file": str(Path("specs/_base.yaml"))}
    assert origins["/actions/a.get/get"]["file"] == str(Path("specs/_acme/actions/a.yaml"))
    assert "line 1 of specs" in ferrule("show", "specs/acme.yaml", "b.list").out


def test_every_file_counts_in_the_digest(folder: Path) -> None:
    before = digest_of(Path("specs/acme.yaml"))
    assert digest_of(Path("specs/acme.yaml")) == before
    for name in FILES:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        file.write_text(f"{text}# more\n", encoding="utf-8")
        changed = digest_of(Path("specs/acme.yaml"))
        assert changed[0] != before[0], f"{name} does not count"
        file.write_text(text, encoding="utf-8")
    assert digest_of(Path("specs/acme.yaml")) == before


def test_a_folder_of_specs_leaves_parts_out(folder: Path, ferrule: Ferrule) -> None:
    assert ferrule("compile", "specs", "-o", "out").code == 0
    assert [each.name for each in Path("out").iterdir() if each.is_dir()] == ["acme"]
    assert ferrule("compile", "specs", "-o", "out", "--check").code == 0
    extra = folder / "_acme" / "actions" / "c.yaml"
    extra.write_text("actions: {c.get: {get: /c}}\n", encoding="utf-8")
    assert ferrule("compile", "specs", "-o", "out", "--check").code == 1
    assert ferrule("compile", "specs", "-o", "out").code == 0
    assert Path("out/acme/acme_connector/resources/c.py").exists()


def test_a_finding_is_accepted_in_its_own_file(folder: Path, ferrule: Ferrule) -> None:
    part = folder / "_acme" / "models.yaml"
    accepted = "  Idle: {id: integer} # ferrule: ignore[unused] because it is for others\n"
    part.write_text(FILES["_acme/models.yaml"] + accepted, encoding="utf-8")
    found = ferrule("check", "specs/acme.yaml")
    assert (found.code, "unused" in found.out) == (0, False)
    part.write_text(FILES["_acme/models.yaml"] + "  Idle: {id: integer}\n", encoding="utf-8")
    assert "models.yaml:3:3" in ferrule("check", "specs/acme.yaml").out


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_does_not_lead_out(folder: Path, ferrule: Ferrule) -> None:
    outside = folder.parent / "outside.yaml"
    outside.write_text("models: {Out: {id: integer}}\n", encoding="utf-8")
    (folder / "_acme" / "actions" / "link.yaml").symlink_to(outside)
    found = ferrule("check", "specs/acme.yaml")
    assert found.code == 1
    assert "include-outside" in found.out

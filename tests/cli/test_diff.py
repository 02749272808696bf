"""`ferrule diff`: files and revisions of git, as a gate for versions."""

import json
import subprocess

import pytest

from tests.cli.calling import Ferrule
from tests.cli.specs import ACME, BROKEN

BREAKING = ACME.replace("    name: string | null\n", "")
ADDITIVE = ACME + "    size?: integer\n"


def git(ferrule: Ferrule, *words: str) -> None:
    known = ("-c", "user.name=me", "-c", "user.email=me@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *known, *words], cwd=ferrule.folder, check=True, capture_output=True)


@pytest.fixture
def repository(ferrule: Ferrule) -> Ferrule:
    git(ferrule, "init", "-q", "-b", "main")
    ferrule.write("specs/acme.yaml", ACME)
    git(ferrule, "add", ".")
    git(ferrule, "commit", "-q", "-m", "first")
    return ferrule


def test_two_files(ferrule: Ferrule) -> None:
    ferrule.write("old.yaml", ACME)
    ferrule.write("new.yaml", BREAKING)
    assert ferrule("diff", "old.yaml", "new.yaml") == (
        1,
        (
            "new.yaml 1.0.0: 1 breaking; the version must be 2.0.0 at least\n"
            "  breaking  Thing: the field `name` is gone  (old.yaml:16)\n"
            "            stop using `name`\n"
        ),
        "",
    )


@pytest.mark.parametrize(
    ("text", "version", "code"),
    [
        (BREAKING, "1.9.9", 1),
        (BREAKING, "2.0.0", 0),
        (BREAKING, "3.1.0", 0),
        (ADDITIVE, "1.0.1", 1),
        (ADDITIVE, "1.1.0", 0),
        (ACME, "1.0.0", 0),
        (ACME, "0.9.0", 1),
        (ACME.replace("/things/", "/items/"), "1.0.0", 1),
        (ACME.replace("/things/", "/items/"), "1.0.1", 0),
    ],
)
def test_the_version_is_a_gate(ferrule: Ferrule, text: str, version: str, code: int) -> None:
    ferrule.write("old.yaml", ACME)
    ferrule.write("new.yaml", text.replace("version: 1.0.0", f"version: {version}"))
    assert ferrule("diff", "old.yaml", "new.yaml").code == code


def test_a_revision_and_a_file(repository: Ferrule) -> None:
    repository.write("specs/acme.yaml", ADDITIVE.replace("1.0.0", "1.1.0"))
    expected = (
        "specs/acme.yaml 1.0.0 → 1.1.0: 1 additive\n"
        "  additive  Thing: a new field `size`  (specs/acme.yaml:17)\n"
    )
    for old in (
        "main:specs/acme.yaml",
        "main:",
        "HEAD:",
        f"main:{repository.folder}/specs/acme.yaml",
    ):
        assert repository("diff", old, "specs/acme.yaml") == (0, expected, "")
    git(repository, "commit", "-q", "-a", "-m", "second")
    code, out, _ = repository("diff", "HEAD~1:specs/acme.yaml", "HEAD:specs/acme.yaml")
    assert (code, out.splitlines()[0]) == (
        0,
        expected.splitlines()[0].replace("specs", "HEAD:specs", 1),
    )


def test_several_files_and_one_that_is_new(repository: Ferrule) -> None:
    repository.write("specs/acme.yaml", BREAKING)
    repository.write("specs/more.yaml", ACME.replace("acme", "more"))
    code, out, err = repository("diff", "main:", "specs/acme.yaml", "specs/more.yaml")
    assert (code, err) == (1, "specs/more.yaml is new: main has no specs/more.yaml\n")
    assert out.startswith("specs/acme.yaml 1.0.0: 1 breaking")


def test_json_for_programs(ferrule: Ferrule) -> None:
    ferrule.write("old.yaml", ACME)
    ferrule.write("new.yaml", BREAKING)
    code, out, err = ferrule("diff", "old.yaml", "new.yaml", "--format", "json")
    assert (code, err) == (1, "")
    assert json.loads(out) == {
        "format": 1,
        "specs": [
            {
                "old": {"path": "old.yaml", "version": "1.0.0"},
                "new": {"path": "new.yaml", "version": "1.0.0"},
                "grade": "breaking",
                "next_version": "2.0.0",
                "is_enough": False,
                "changes": [
                    {
                        "grade": "breaking",
                        "where": "Thing",
                        "message": "the field `name` is gone",
                        "advice": "stop using `name`",
                        "path": "old.yaml",
                        "line": 16,
                        "column": 5,
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.yaml", "specs/acme.yaml"], "there is no file nowhere.yaml"),
        (["nope:specs/acme.yaml", "specs/acme.yaml"], "git knows no revision nope"),
        (["main:specs/nope.yaml", "specs/acme.yaml"], "main has no specs/nope.yaml"),
        (["--", "-x:specs/acme.yaml", "specs/acme.yaml"], "names no file at a revision"),
        (["main:/etc/hosts", "specs/acme.yaml"], "is outside of the repository"),
        (["specs/acme.yaml", "specs/acme.yaml", "specs/acme.yaml"], "OLD is a revision"),
    ],
)
def test_what_cannot_be_read_is_told(repository: Ferrule, words: list[str], said: str) -> None:
    code, out, err = repository("diff", *words)
    assert (code, out) == (2, "")
    assert said in err


def test_outside_of_a_repository(ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(ferrule.folder.parent))
    ferrule.write("acme.yaml", ACME)
    code, _, err = ferrule("diff", "main:", "acme.yaml")
    assert code == 2
    assert "not a git repository" in err


def test_a_spec_with_errors_is_not_compared(ferrule: Ferrule) -> None:
    ferrule.write("old.yaml", ACME)
    ferrule.write("new.yaml", BROKEN)
    code, out, err = ferrule("diff", "old.yaml", "new.yaml")
    assert (code, out) == (1, "")
    assert "new.yaml:5:1  error[unknown-key]" in err

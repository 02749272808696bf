"""`ferrule init`: a first spec that has no findings, whatever was asked for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ferrule.cli.starter import AUTH_SETTINGS, Starter
from ferrule.diagnostics import Report, Severity
from ferrule.forms.source import SourceFile
from ferrule.pipeline import check_spec
from tests.cli.calling import Ferrule, environment, process

FIRST = """\
# yaml-language-server: $schema=.ferrule/ferrule.v1.schema.json
# What to do with it:
#   ferrule check acme.yaml             says everything that is wrong with it
#   ferrule test acme.yaml              asks the service whether the connection works
#   ferrule call acme.yaml things.list  shows what it answers
#   ferrule compile acme.yaml           writes the package
ferrule: 1
connector: acme
version: 0.1.0  # of the package that is made
base_url: https://api.acme.com/v1
test: {get: /things}  # what client.test_connection() calls

settings:            # what a user passes, or puts into the environment as ACME_API_TOKEN …
  api_token: secret  # never shown, logged or stored

auth:
  token: "${api_token}"  # sent as `Authorization: Bearer …`

# paging:  # how a list goes on; then one call walks all pages
#   cursor: $.next_cursor  # where an answer says how to go on
#   into: query.cursor  # where the next request says it

# errors:  # where an answer says what went wrong; classes of errors of your own
#   code: $.error.code
#   message: $.error.message
#   codes: {Locked: [resource_locked]}

actions:
  things.list:  # client.things.list()
    get: /things
    # query:
    #   created_after?: datetime  # `?` marks what a caller may leave out
    returns: list(Thing)  # `list(Thing) at $.data` if the list is inside of `data`

models:
  Thing:  # fields that are not named here are kept as well
    id: string | integer
    name?: string | null
"""
FLAGS = ("--name", "acme", "--base-url", "https://api.acme.com/v1/")


def test_flags_make_a_spec(ferrule: Ferrule) -> None:
    code, out, err = ferrule("init", *FLAGS, "--auth", "bearer", "--list", "things")
    assert (code, err) == (0, "")
    assert out == (
        "wrote acme.yaml\n"
        "check it:    ferrule check acme.yaml\n"
        "compile it:  ferrule compile acme.yaml -o generated\n"
    )
    assert (ferrule.folder / "acme.yaml").read_text() == FIRST
    assert ferrule("check", "acme.yaml") == (0, "", "")
    assert ferrule("compile", "acme.yaml") == (0, "", "")


def test_the_schema_is_where_the_first_line_says(ferrule: Ferrule) -> None:
    ferrule("init", "specs/first.yaml", *FLAGS)
    spec = ferrule.folder / "specs/first.yaml"
    named = spec.read_text().splitlines()[0].partition("$schema=")[2]
    assert json.loads((spec.parent / named).read_text())["type"] == "object"


def test_what_the_comments_show_can_be_said(ferrule: Ferrule) -> None:
    assert ferrule("init", *FLAGS, "--list", "things").code == 0
    lines = (ferrule.folder / "acme.yaml").read_text().splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("# paging"))
    end = next(number for number, line in enumerate(lines) if line.startswith("actions:"))
    said = [line.removeprefix("# ") for line in lines[begin:end]]
    inside = [line.replace("    # ", "    ", 1) for line in lines[end:]]
    # Beside a cursor the list has to stand inside of something, as the comment says.
    inside = [line.replace("list(Thing)", "list(Thing) at $.data", 1) for line in inside]
    ferrule.write("whole.yaml", "\n".join([*lines[:begin], *said, *inside, ""]))
    assert ferrule("check", "whole.yaml", "--ignore", "note") == (0, "", "")


def test_a_person_is_asked_four_questions(tmp_path: Path) -> None:
    # A terminal of its own: questions are asked of a person only.
    script = "import pty, sys; pty.spawn([sys.executable, '-m', 'ferrule', 'init'])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        input=b"acme\nhttps://api.acme.com/v1\nbearer\n/things\n",
        env=environment(TERM="dumb"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    told = done.stdout.decode()
    assert "Name of the connector" in told
    assert told.count("Base URL") == told.count("How calls are signed") == 1
    assert (tmp_path / "acme.yaml").read_text() == FIRST


def test_a_spec_that_is_there_is_not_overwritten(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", "mine")
    code, out, err = ferrule("init", *FLAGS)
    assert (code, out) == (2, "")
    assert "acme.yaml exists; --force overwrites it" in err
    assert (ferrule.folder / "acme.yaml").read_text() == "mine"
    assert ferrule("init", *FLAGS, "--force").code == 0
    assert "connector: acme\n" in (ferrule.folder / "acme.yaml").read_text()


@pytest.mark.parametrize(("missing", "given"), [("--name", []), ("--base-url", ["--name", "x"])])
def test_off_a_terminal_nothing_is_asked(tmp_path: Path, missing: str, given: list[str]) -> None:
    done = process("init", *given, folder=tmp_path, stdin=b"acme\nhttps://x\n\n\n")
    assert done.returncode == 2
    assert f"{missing} is missing" in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("flags", "rule"),
    [
        (["--name", "My Api", "--base-url", "https://x.com"], "bad-name"),
        (["--name", "../x", "--base-url", "https://x.com"], "bad-name"),
        (["--name", "x", "--base-url", "ftp://x.com"], "bad-base-url"),
        (["--name", "x", "--base-url", "https://x.com", "--list", "/a/{b"], "bad-path"),
    ],
)
def test_what_cannot_be_is_a_finding_and_writes_nothing(
    ferrule: Ferrule, flags: list[str], rule: str
) -> None:
    code, out, err = ferrule("init", *flags)
    assert (code, err) == (1, "")
    assert f"error[{rule}" in out
    assert list(ferrule.folder.iterdir()) == []


@pytest.mark.parametrize("option", ["--name", "--base-url", "--list", "--token-url"])
@pytest.mark.parametrize(
    "end", ['"\nevil: 1\nx: "', "\nevil: 1", " # evil", "'\nevil: 1", "\r\nevil: 1"]
)
def test_no_word_becomes_a_key(ferrule: Ferrule, option: str, end: str) -> None:
    words = {
        "--name": "x", "--base-url": "https://x.com", "--list": "/x", "--token-url": "https://x.com"
    }  # fmt: skip
    words[option] += end
    flags = [word for pair in words.items() for word in pair]
    if ferrule("init", "x.yaml", "--auth", "oauth2", *flags).code == 0:
        data = yaml.safe_load((ferrule.folder / "x.yaml").read_text())
        assert "evil" not in data
        assert data["base_url"] == words["--base-url"]


def test_a_folder_that_cannot_be_written_is_told(ferrule: Ferrule) -> None:
    ferrule.write("specs", "a file")
    code, _, err = ferrule("init", "specs/acme.yaml", *FLAGS)
    assert code == 2
    assert "cannot be written" in err


def starter(auth: str, list_path: str, base_url: str = "https://${site}.acme.com/v1") -> Starter:
    return Starter(
        name="acme",
        base_url=base_url,
        auth=auth,
        list_path=list_path,
        token_url="https://acme.com/token",
        schema_path="x.json",
    )


@pytest.mark.parametrize("auth", AUTH_SETTINGS)
@pytest.mark.parametrize("list_path", ["/things", "/orgs/{org}/Big-Things", "/"])
def test_every_first_spec_has_no_findings(auth: str, list_path: str) -> None:
    report = Report()
    assert check_spec(SourceFile("x.yaml", starter(auth, list_path).text()), report)
    assert [found for found in report if found.severity is not Severity.info] == []


SEGMENTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(SEGMENTS, max_size=3).map(lambda parts: "/" + "/".join(parts)))
def test_whatever_the_list_is_called_the_spec_is_sound_or_says_why(list_path: str) -> None:
    report = Report()
    text = starter("none", list_path, "https://acme.com").text()
    checked = check_spec(SourceFile("x.yaml", text), report)
    if checked is None:
        assert report.has_errors
        return
    assert checked.tree.data["actions"].popitem()[1]["get"] == list_path


@pytest.mark.parametrize(
    ("list_path", "resource", "model"),
    [
        ("/users", "users", "User"),
        ("/v1/categories", "categories", "Category"),
        ("/v1/addresses", "addresses", "Address"),
        ("/access", "access", "Access"),
        ("/orgs/{org}/pull-requests", "pull_requests", "PullRequest"),
        ("/Users?active=1", "users", "User"),
        ("/{id}", "items", "Item"),
        ("/2024", "list_2024", "List2024"),
        ("/", "items", "Item"),
        ("/s", "s", "S"),
    ],
)
def test_names_come_from_the_path(list_path: str, resource: str, model: str) -> None:
    made = starter("none", list_path)
    assert (made.resource, made.model) == (resource, model)

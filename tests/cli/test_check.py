"""`ferrule check`: all findings at once, in the form that was asked for."""

import io
import json
import sys

import pytest

from tests.cli.calling import Ferrule, process
from tests.cli.specs import ACME, BROKEN

BROKEN_AS_TEXT = """\
broken.yaml:5:1  error[unknown-key]: `autth` is not a key of a spec
    4 | base_url: https://api.acme.com/v1
    5 | autth: none
      | ^^^^^ did you mean `auth`?

broken.yaml:9:14  error[unknown-model]: there is no model `Thign`
    8 |     get: /things/{thing_id:integer}
    9 |     returns: Thign
      |              ^^^^^ did you mean `Thing`?

broken.yaml:12:9  error[bad-type]: `intger` is not a type
   11 |   Thing:
   12 |     id: intger
      |         ^^^^^^ did you mean `integer`?

3 errors in 1 file
"""


def test_a_good_spec_is_passed_in_silence(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    assert ferrule("check", "acme.yaml") == (0, "", "")


def test_all_findings_are_told_with_line_caret_and_guess(ferrule: Ferrule) -> None:
    ferrule.write("broken.yaml", BROKEN)
    assert ferrule("check", "broken.yaml") == (1, BROKEN_AS_TEXT, "")


def test_concise_is_one_line_a_finding(ferrule: Ferrule) -> None:
    ferrule.write("broken.yaml", BROKEN)
    code, out, err = ferrule("check", "broken.yaml", "--output-format", "concise")
    assert (code, err) == (1, "")
    assert [line.partition(": ")[0] for line in out.splitlines()] == [
        "broken.yaml:5:1",
        "broken.yaml:9:14",
        "broken.yaml:12:9",
    ]


@pytest.mark.parametrize(("name", "text", "count"), [("b", BROKEN, 3), ("a", ACME, 0)])
def test_json_is_all_there_is_on_stdout(ferrule: Ferrule, name: str, text: str, count: int) -> None:
    ferrule.write(f"{name}.yaml", text)
    code, out, err = ferrule("check", ".", "--output-format", "json")
    assert (code, err) == (int(count > 0), "")
    found = json.loads(out)["findings"]
    assert len(found) == count
    assert all(finding["path"] == f"{name}.yaml" for finding in found)


def test_sarif_and_github_are_written_without_findings_too(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    code, out, _ = ferrule("check", "acme.yaml", "--output-format", "sarif")
    assert code == 0
    assert json.loads(out)["runs"][0]["results"] == []
    assert ferrule("check", "acme.yaml", "--output-format", "github") == (0, "", "")


def test_github_annotates_the_line(ferrule: Ferrule) -> None:
    ferrule.write("broken.yaml", BROKEN)
    _, out, _ = ferrule("check", "broken.yaml", "--output-format", "github")
    assert out.startswith("::error file=broken.yaml,line=5,endLine=5,col=1,endColumn=5,")


def test_several_specs_are_checked_to_the_last(ferrule: Ferrule) -> None:
    ferrule.write("specs/a.yaml", BROKEN)
    ferrule.write("specs/b.yaml", ACME)
    ferrule.write("specs/deep/c.yaml", "ferrule: 1\nconnector: [\n")
    code, out, _ = ferrule("check", "specs", "--output-format", "concise")
    assert code == 1
    paths = {line.partition(":")[0] for line in out.splitlines()}
    assert paths == {"specs/a.yaml", "specs/deep/c.yaml"}


def test_stdin_is_a_dash(ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch) -> None:
    for words, name in (([], "<stdin>"), (["--stdin-name", "specs/x.yaml"], "specs/x.yaml")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
        code, out, _ = ferrule("check", "-", *words)
        assert code == 1
        assert out == BROKEN_AS_TEXT.replace("broken.yaml", name)


@pytest.mark.parametrize(
    ("stdin", "rule"), [(b"", "empty-file"), (b"a: \xff", "not-utf8"), (b"\0\0", "")]
)
def test_stdin_may_hold_anything(stdin: bytes, rule: str) -> None:
    done = process("check", "-", stdin=stdin)
    assert done.returncode == 1
    assert f"error[{rule}" in done.stdout.decode()
    assert done.stderr == b""


def test_warnings_fail_only_a_strict_run(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME.replace("https://", "http://"))
    code, out, _ = ferrule("check", "acme.yaml", "--output-format", "concise")
    assert code == 0
    assert "warning[plain-http]" in out
    assert ferrule("check", "acme.yaml", "--strict").code == 1


def test_colour_where_it_is_wanted(ferrule: Ferrule) -> None:
    ferrule.write("broken.yaml", BROKEN)
    code, out, _ = ferrule("check", "broken.yaml", "--color", "always")
    assert code == 1
    assert "\x1b[1;31m" in out
    assert "\x1b" not in ferrule("check", "broken.yaml").out


def test_a_spec_that_cannot_be_read_is_a_finding(ferrule: Ferrule) -> None:
    ferrule.write("specs/empty.yaml", "")
    (ferrule.folder / "specs" / "latin.yaml").write_bytes(b"title: \xe9\n")
    code, out, err = ferrule("check", "specs", "--output-format", "concise")
    assert (code, err) == (1, "")
    assert out.count("error[") == 2


# --- choosing ---

MIXED = ACME.replace("https://", "http://").replace(
    "api_key: secret}", "api_key: secret, more: url}"
)


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ([], ["plain-http", "unused"]),
        (["--select", "unused"], ["unused"]),
        (["--select", "unused,plain-http"], ["plain-http", "unused"]),
        (["--select", "unused", "--select", "plain-http"], ["plain-http", "unused"]),
        (["--select", "error"], []),
        (["--select", "error,unused"], ["unused"]),
        (["--ignore", "unused"], ["plain-http"]),
        (["--ignore", "warning"], []),
        (["--ignore", "warning", "--select", "unused"], ["unused"]),
    ],
)
def test_rules_and_severities_are_chosen(
    ferrule: Ferrule, words: list[str], rules: list[str]
) -> None:
    ferrule.write("acme.yaml", MIXED)
    code, out, _ = ferrule("check", "acme.yaml", "--output-format", "json", *words)
    assert code == 0
    assert [each["rule"] for each in json.loads(out)["findings"]] == rules
    assert ferrule("check", "acme.yaml", "--strict", *words).code == int(bool(rules))


def test_errors_that_were_not_chosen_are_counted(ferrule: Ferrule) -> None:
    ferrule.write("broken.yaml", BROKEN)
    code, out, err = ferrule("check", "broken.yaml", "--select", "bad-type")
    assert (code, err) == (1, "2 errors of other rules not shown\n")
    assert out.count("error[") == 1
    assert ferrule("check", "broken.yaml", "--select", "unused").code == 0


def test_a_rule_that_does_not_exist_is_guessed(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    code, out, err = ferrule("check", "acme.yaml", "--ignore", "unusd")
    assert (code, out) == (2, "")
    assert "there is no rule or severity `unusd`; did you mean `unused`?" in err


# --- mending ---


def test_fix_mends_the_file_and_tells_what_is_left(ferrule: Ferrule) -> None:
    spec = ferrule.write("broken.yaml", BROKEN + "xyzzy: 1 # mine\n")
    code, out, err = ferrule("check", spec, "--fix", "--output-format", "concise")
    assert (code, err) == (1, "3 findings mended\n")
    assert out.startswith("broken.yaml:13:1: error[unknown-key]: `xyzzy`")
    mended = (ferrule.folder / spec).read_text()
    expected = (
        BROKEN.replace("autth", "auth").replace("Thign", "Thing").replace("intger", "integer")
    )
    assert mended == f"{expected}xyzzy: 1 # mine\n"


def test_diff_shows_and_writes_nothing(ferrule: Ferrule) -> None:
    spec = ferrule.write("broken.yaml", BROKEN)
    code, out, err = ferrule("check", spec, "--diff")
    assert (code, err) == (0, "")
    assert "-autth: none\n+auth: none\n" in out
    assert (ferrule.folder / spec).read_text() == BROKEN


def test_fix_keeps_rights_line_ends_and_the_byte_order_mark(ferrule: Ferrule) -> None:
    path = ferrule.folder / "broken.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + BROKEN.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    assert ferrule("check", "broken.yaml", "--fix").code == 0
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfferrule: 1\r\n")
    assert content.count(b"\r\n") == content.count(b"\n")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in ferrule.folder.iterdir()] == ["broken.yaml"]


def test_stdin_is_not_mended(ferrule: Ferrule) -> None:
    code, out, err = ferrule("check", "-", "--fix")
    assert (code, out) == (2, "")
    assert "--fix and --diff work on files" in err

"""Comments that accept a finding, and what is said of those that do not work."""

import pytest

from ferrule.diagnostics import Diagnostic, Report
from ferrule.forms.source import SourceFile
from ferrule.pipeline import check_spec

SPEC = """\
ferrule: 1
connector: acme
version: 1.0.0
base_url: http://api.acme.com/v1{beside}
{above}settings: {{region: string}}
actions:
  things.get:
    get: /things/{{thing_id:integer}}
    returns: string
"""
PLAIN = [("plain-http", 4), ("unused", 5)]
WHY = "because it is behind our VPN"


def findings(beside: str = "", above: str = "") -> list[Diagnostic]:
    report = Report()
    check_spec(SourceFile("acme.yaml", SPEC.format(beside=beside, above=above)), report)
    return list(report)


def told(found: list[Diagnostic]) -> list[tuple[str, int]]:
    return [(each.rule, each.position[0]) for each in found if each.position is not None]


def test_nothing_is_hidden_by_itself() -> None:
    assert told(findings()) == PLAIN


@pytest.mark.parametrize(
    "comment",
    [
        f"# ferrule: ignore[plain-http] {WHY}",
        f"#ferrule: ignore[ plain-http ]  {WHY}",
        f"#   ferrule: ignore[plain-http] {WHY}   ",
    ],
)
def test_a_comment_beside_hides_what_it_names(comment: str) -> None:
    assert told(findings(beside=f"  {comment}")) == [("unused", 5)]


@pytest.mark.parametrize("between", ["", "# a word about it\n", "\n", "\n# and more\n\n"])
def test_a_comment_alone_is_about_the_next_line_with_content(between: str) -> None:
    found = findings(above=f"# ferrule: ignore[unused] {WHY}\n{between}")
    assert told(found) == [("plain-http", 4)]


def test_one_comment_may_name_several_rules() -> None:
    unused, plain = findings(beside=f" # ferrule: ignore[plain-http, unused] {WHY}")[::-1]
    assert (plain.rule, unused.rule) == ("unused-suppression", "unused")
    assert plain.message == "there is no finding `unused` on line 4"
    assert plain.fix is not None
    assert plain.fix.text == "plain-http"


@pytest.mark.parametrize(
    ("comment", "message", "help_text"),
    [
        (
            "# ferrule: ignore[plain-http]",
            "this does not say why the finding is accepted",
            "go on with `because …`",
        ),
        (
            "# ferrule: ignore[plain-http] since it is ours",
            "this does not say why the finding is accepted",
            "go on with `because …`",
        ),
        (
            "# ferrule: ignore[plain-http] because",
            "this does not say why the finding is accepted",
            "go on with `because …`",
        ),
        (
            f"# ferrule: ignore {WHY}",
            "this names no rule to ignore",
            "write `# ferrule: ignore[rule] because …`",
        ),
        (
            f"# ferrule: ignore[] {WHY}",
            "this names no rule to ignore",
            "write `# ferrule: ignore[rule] because …`",
        ),
        (
            f"# ferrule: ignore[plain-htp] {WHY}",
            "there is no rule `plain-htp`",
            "did you mean `plain-http`?",
        ),
        (
            f"# ferrule: ignore[xyzzy] {WHY}",
            "there is no rule `xyzzy`",
            "`ferrule explain` lists all rules",
        ),
    ],
)
def test_a_comment_that_is_not_understood_hides_nothing(
    comment: str, message: str, help_text: str
) -> None:
    found = findings(beside=f" {comment}")
    (bad,) = [each for each in found if each.rule == "bad-suppression"]
    assert (bad.message, bad.help) == (message, help_text)
    assert [each.rule for each in found if each is not bad] == ["plain-http", "unused"]


@pytest.mark.parametrize("comment", ["# ferrule: 1", "# ferrule ignores this", "# ignore[unused]"])
def test_other_comments_are_left_alone(comment: str) -> None:
    assert told(findings(beside=f" {comment}")) == PLAIN


def test_text_that_looks_like_a_comment_is_none() -> None:
    text = SPEC.format(beside="", above="description: |\n  # ferrule: ignore[unused]\n")
    report = Report()
    check_spec(SourceFile("acme.yaml", text), report)
    assert [each.rule for each in report] == ["plain-http", "unused"]


def test_a_comment_beside_the_mark_of_a_block_counts() -> None:
    text = SPEC.format(beside="", above="description: | # ferrule: ignore[unused]\n  text\n")
    report = Report()
    check_spec(SourceFile("acme.yaml", text), report)
    assert [each.rule for each in report] == ["plain-http", "bad-suppression", "unused"]


def test_an_error_cannot_be_ignored() -> None:
    found = findings(above=f"autth: none # ferrule: ignore[unknown-key] {WHY}\n")
    assert [each.rule for each in found if each.severity.value == "error"] == ["unknown-key"]
    (bad,) = [each for each in found if each.rule == "bad-suppression"]
    assert bad.message == "`unknown-key` is an error here, which cannot be ignored"


def test_what_hides_nothing_is_told_when_all_rules_have_spoken() -> None:
    comment = f" # ferrule: ignore[list-without-paging] {WHY}"
    assert ("unused-suppression", 4) in told(findings(beside=comment))
    with_errors = findings(beside=comment, above="autth: none\n")
    assert "unused-suppression" not in {each.rule for each in with_errors}

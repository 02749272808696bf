"""What `check --fix` does to a text: the wrong word goes, everything else stays."""

import pytest

from ferrule.diagnostics import Diagnostic, Report
from ferrule.forms.source import SourceFile
from ferrule.mending import mend
from ferrule.pipeline import check_spec

HEAD = "ferrule: 1\nconnector: acme\nversion: 1.0.0\nbase_url: https://api.acme.com/v1\n"
THINGS = "actions:\n  things.get: {get: /things}\n"


def mended(text: str) -> str:
    return mend(SourceFile("acme.yaml", text)).text


def findings(text: str) -> list[Diagnostic]:
    report = Report()
    check_spec(SourceFile("acme.yaml", text), report)
    return list(report)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("titel: Acme\n", "title: Acme\n"),
        ("titel:    Acme   # our own\n", "title:    Acme   # our own\n"),
        ("{titel: Acme}\n", "{titel: Acme}\n"),
        ("Title: Acme\n", "title: Acme\n"),
        ("rate_limit: 400/minuts\n", "rate_limit: 400/minute\n"),
        ("rate-limit: 400/minute\n", "rate_limit: 400/minute\n"),
        ("sned: form\n", "send: form\n"),
        ("timeout: 30\n", "timeout: 30\n"),
        ("retry: {attemps: 3}\n", "retry: {attempts: 3}\n"),
        ("send: fomr\n", "send: form\n"),
        ("title: 12\n", 'title: "12"\n'),
        (
            "models:\n  Thing: {id: intger, when: datetiem | null}\n",
            "models:\n  Thing: {id: integer, when: datetime | null}\n",
        ),
        (
            "errors:\n  rules:\n    - {when: status == 404, then: notfound}\n",
            "errors:\n  rules:\n    - {when: status == 404, then: NotFound}\n",
        ),
    ],
)
def test_a_word_that_is_clear_is_put_right(before: str, after: str) -> None:
    assert mended(HEAD + before + THINGS) == HEAD + after + THINGS


@pytest.mark.parametrize(
    "text",
    [
        "pagination: {cursor: $.next}\n",  # another word for it, with another form perhaps
        "xyzzy: 1\n",
        "titel: a\ntitle: b\n",  # it would stand there twice
        "rate_limit: 400/m\n",
        "models: {Thing: Theng, Thang: string}\n",  # near to more than one
        "send: fo\n",
    ],
)
def test_a_word_that_is_not_clear_is_left_to_the_author(text: str) -> None:
    assert mended(HEAD + text + THINGS) == HEAD + text + THINGS


def test_all_is_done_in_one_run_and_a_second_run_does_nothing() -> None:
    text = (
        "ferrule: 1\nconnector: acme\nversion: 1.0  # of ours\nbase_url: https://api.acme.com\n"
        "setings: {api_key: secert}\nauth: {tokn: '${api_kay}'}\n"
        "actions:\n  things.get:\n    get: /things\n    returns: lst(Thign) # all\n"
        "models:\n  Thing: {id: strng}\n"
    )
    after = (
        "ferrule: 1\nconnector: acme\nversion: 1.0.0  # of ours\nbase_url: https://api.acme.com\n"
        "settings: {api_key: secret}\nauth: {token: '${api_key}'}\n"
        "actions:\n  things.get:\n    get: /things\n    returns: list(Thing) # all\n"
        "models:\n  Thing: {id: string}\n"
    )
    assert mended(text) == after
    assert mended(after) == after
    assert not [each for each in findings(after) if each.severity.value == "error"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: “Acme”\n", 'title: "Acme"\n'),
        ("title:\u00a0Acme\n", "title: Acme\n"),
        ("title: Acme: the shop\n", 'title: "Acme: the shop"\n'),
        ("ti\u200btle: Acme\n", "title: Acme\n"),
    ],
)
def test_what_is_no_yaml_is_mended_where_the_fix_is_known(before: str, after: str) -> None:
    assert mended(HEAD + before + THINGS) == HEAD + after + THINGS


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# ferrule: ignore[unused] because of history\n", ""),
        ("title: A  # ferrule: ignore[unused] because of history\n", "title: A\n"),
    ],
)
def test_a_comment_that_hides_nothing_goes(before: str, after: str) -> None:
    assert mended(HEAD + before + THINGS) == HEAD + after + THINGS


def test_only_what_is_wanted_is_mended() -> None:
    text = HEAD + "titel: Acme\nrate_limit: 400/minuts\n" + THINGS
    done = mend(SourceFile("acme.yaml", text), lambda finding: finding.rule == "bad-rate")
    assert done.text == text.replace("minuts", "minute")
    assert [each.rule for each in done.applied] == ["bad-rate"]


def test_other_line_ends_stay() -> None:
    text = (HEAD + "titel: Acme\n" + THINGS).replace("\n", "\r\n")
    assert mended(text) == text.replace("titel", "title")

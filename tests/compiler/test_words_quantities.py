"""Durations, backoffs, rates and waits: what they read as, and what is said of the wrong ones."""

from typing import Any

import pytest

from ferrule.words import parse_backoff, parse_duration, parse_rate, parse_wait
from ferrule.words.ast import (
    AnswerPlace,
    Backoff,
    Duration,
    MatchedPlace,
    Rate,
    RequestPlace,
    Wait,
    WaitStep,
)
from tests.compiler.words import bare, expect_fault, fault

NOWHERE: dict[str, Any] = {"start": 0, "end": 0}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("500ms", 0.5),
        ("0s", 0),
        ("30s", 30),
        ("1.5h", 5400),
        ("5m", 300),
        ("2h", 7200),
        ("7d", 604800),
        (" 2s ", 2),
        ("1ms", 0.001),
        ("3ms", 0.003),
    ],
)
def test_a_duration_reads_as(text: str, seconds: float) -> None:
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    assert parse_duration(text) == Duration(seconds=seconds, start=start, end=end)


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "a duration is missing", ""),
        ("30", "`30` has no unit", "30"),
        ("30 s", "`30` has no unit", "30"),
        ("30sec", "`sec` is not a unit of time", "sec"),
        ("1w", "`w` is not a unit of time", "w"),
        ("30S", "`S` is not a unit of time", "S"),
        ("1h30m", "a duration is one number and one unit", "1h30m"),
        ("-5s", "a duration is not negative", "-"),
        ("s", "a duration is expected", "s"),
        ("٣s", "a duration is expected", "٣s"),
        ("30s 5", "`5` cannot stand after a duration", "5"),
        ("1" * 20 + "s", "the duration is too long", "1" * 20 + "s"),
    ],
)
def test_a_wrong_duration_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_duration, text, message, pointed_at)


@pytest.mark.parametrize(
    ("text", "advice"),
    [("30", "write 30s for seconds"), ("30sec", "write 30s"), ("5 minutes", "write 5s")],
)
def test_a_number_without_a_unit_is_answered(text: str, advice: str) -> None:
    assert advice in (fault(parse_duration, text).help or "")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("500ms..30s", 0.5, 30), ("2s", 2, 2), ("2s..2s", 2, 2), ("none", 0, 0)],
)
def test_a_backoff_reads_as(text: str, low: float, high: float) -> None:
    expected = Backoff(low_seconds=low, high_seconds=high, start=0, end=len(text))
    assert parse_backoff(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "a duration is missing", ""),
        ("nonne", "`nonne` is not a backoff", "nonne"),
        ("exponential(500ms, 30s)", "`exponential` is not a backoff", "exponential"),
        ("30s..1s", "the second delay is shorter than the first", "1s"),
        ("1s..", "a duration is missing", ""),
        ("1s..2", "`2` has no unit", "2"),
        ("1s - 2s", "`-` cannot stand after a backoff", "-"),
    ],
)
def test_a_wrong_backoff_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_backoff, text, message, pointed_at)


def rate(count: int, seconds: float, **more: Any) -> Rate:
    return Rate(count=count, span_seconds=seconds, **more, **NOWHERE)


CHANNEL = RequestPlace(where="body", keys=("channel",), **NOWHERE)
PAGE = RequestPlace(where="query", name="page[x]", **NOWHERE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10/second", rate(10, 1)),
        ("400/minute", rate(400, 60)),
        ("5000/hour", rate(5000, 3600)),
        ("100000/day", rate(100000, 86400)),
        ("100/30s", rate(100, 30)),
        ("1/500ms", rate(1, 0.5)),
        ("4/second burst 10", rate(4, 1, burst=10)),
        ("1/second per body.channel", rate(1, 1, per=CHANNEL)),
        ("1/second burst 3 per query.page[x]", rate(1, 1, burst=3, per=PAGE)),
        ("1000 points/minute", rate(1000, 60, is_points=True)),
    ],
)
def test_a_rate_reads_as(text: str, expected: Rate) -> None:
    assert bare(parse_rate(text)) == expected


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "the count of a rate is missing", ""),
        ("400/minuts", "a rate is COUNT/second, /minute, /hour, /day", "minuts"),
        ("400/min", "a rate is COUNT/second, /minute, /hour, /day", "min"),
        ("400/minutes", "a rate is COUNT/second, /minute, /hour, /day", "minutes"),
        ("400/", "a rate is COUNT/second, /minute, /hour, /day", ""),
        ("400", "a rate is COUNT/second, /minute, /hour, /day", ""),
        ("5 / second", "a rate is COUNT/second, /minute, /hour, /day", "/"),
        ("5 pts/second", "a rate is COUNT/second, /minute, /hour, /day", "pts"),
        ("many/second", "the count of a rate is expected", "many/second"),
        ("0/second", "the count of a rate is at least 1", "0"),
        ("0.5/second", "the count of a rate is a whole number", "0.5"),
        ("1/0s", "the time of a rate is not 0", "0s"),
        ("1/30", "`30` has no unit", "30"),
        ("1/second burst", "the count of a burst is missing", ""),
        ("1/second burst 0", "the count of a burst is at least 1", "0"),
        ("1/second per", "a place in the request is missing", ""),
        ("1/second per $.a", "`$.a` is not a place in the request", "$.a"),
        ("1/second per body.x burst 3", "`burst` stands before `per`", "burst"),
        ("1/day from 00:00", "`from` cannot stand after a rate", "from"),
        ("9" * 13 + "/second", "the count of a rate is too large", "9" * 13),
    ],
)
def test_a_wrong_rate_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_rate, text, message, pointed_at)


def test_the_spans_are_the_candidates() -> None:
    assert fault(parse_rate, "400/minuts").candidates == ("second", "minute", "hour", "day")


def header(name: str, pattern: str | None = None) -> MatchedPlace:
    place = AnswerPlace(root="header", name=name, **NOWHERE)
    return MatchedPlace(place=place, pattern=pattern, **NOWHERE)


def step(**given: Any) -> WaitStep:
    return WaitStep(**given, **NOWHERE)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("60s", (step(seconds=60),)),
        ("header.a", (step(place=header("a")),)),
        ("header.a as epoch_ms", (step(place=header("a"), unit="epoch_ms"),)),
        ('header.a ~ "in (.+)$" as date', (step(place=header("a", "in (.+)$"), unit="date"),)),
        (
            "header.a as per_second else header.b else 1m",
            (
                step(place=header("a"), unit="per_second"),
                step(place=header("b")),
                step(seconds=60),
            ),
        ),
    ],
)
def test_a_wait_reads_as(text: str, steps: tuple[WaitStep, ...]) -> None:
    assert bare(parse_wait(text)) == Wait(steps=steps, **NOWHERE)


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "a place in the answer is missing", ""),
        ("60", "`60` has no unit", "60"),
        ("header.a as second", "`second` is not a way to read a time", "second"),
        ("header.a as", "a reading behind `as` is missing", ""),
        ("header.a else", "a place in the answer is missing", ""),
        ("header.a or 60s", "`or` cannot stand after a wait", "or"),
        ("60s as date", "`as` cannot stand after a wait", "as"),
        ("query.a", "`query` is not a place in the answer", "query"),
    ],
)
def test_a_wrong_wait_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_wait, text, message, pointed_at)

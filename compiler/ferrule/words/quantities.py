"""Reads quantities: durations, backoffs, rates and waits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from ferrule.words.ast import Backoff, Duration, Rate, Wait, WaitStep
from ferrule.words.errors import WordError, shown
from ferrule.words.places import read_matched_place, read_request_place
from ferrule.words.scanner import Scanner

Unit = Literal["seconds", "milliseconds", "epoch", "epoch_ms", "date", "per_second"]
WAIT_UNITS: tuple[Unit, ...] = (
    "seconds",
    "milliseconds",
    "epoch",
    "epoch_ms",
    "date",
    "per_second",
)
"""How a text or number that tells a time may be read."""

_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_SPANS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0}
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)([^\W\d_]*)")
_COUNT = re.compile(r"[0-9]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_DIGITS = 12
_MOST_ALTERNATIVES = 16

_DURATION_FORM = "a number and a unit: 500ms, 30s, 5m, 2h or 7d"
_RATE_FORM = "a rate is COUNT/second, /minute, /hour, /day"
_UNIT_MEANT = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "min": "m", "mins": "m", "minute": "m",
    "minutes": "m", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d",
    "msec": "ms", "millis": "ms", "millisecond": "ms", "milliseconds": "ms",
}  # fmt: skip


def parse_duration(text: str) -> Duration:
    """`500ms`, `2s`, `5m`, `1h`, `7d`: one number and one unit."""
    return _duration(text)


def parse_backoff(text: str) -> Backoff:
    """`500ms..30s` (from one delay to another, growing), `2s` (always the same), `none`."""
    return _backoff(text)


def parse_rate(text: str) -> Rate:
    """`400/minute`, `100/30s`, `4/second burst 10`, `1000 points/minute`, `1/second per body.x`."""
    return _rate(text)


def parse_wait(text: str) -> Wait:
    """`60s`, `header.a as epoch`, `$.m ~ "in ([0-9]+)s" as seconds`, alternatives with `else`."""
    return _wait(text)


@lru_cache(maxsize=256)
def _duration(text: str) -> Duration:
    scanner = Scanner(text)
    scanner.skip_blanks()
    start = scanner.position
    seconds = read_duration(scanner)
    end = scanner.position
    scanner.expect_end("a duration")
    return Duration(seconds=seconds, start=start, end=end)


@lru_cache(maxsize=256)
def _backoff(text: str) -> Backoff:
    scanner = Scanner(text)
    scanner.skip_blanks()
    start = scanner.position
    if scanner.take_name("none"):
        low = high = 0.0
    else:
        low = high = _read_delay(scanner)
        if scanner.take(".."):
            second = scanner.position
            high = _read_delay(scanner)
            if high < low:
                raise scanner.fault(
                    "the second delay is shorter than the first",
                    second,
                    scanner.position,
                    "the shorter delay first",
                )
    end = scanner.position
    scanner.expect_end("a backoff")
    return Backoff(low_seconds=low, high_seconds=high, start=start, end=end)


def _read_delay(scanner: Scanner) -> float:
    name = scanner.peek_name()
    if name:
        raise scanner.fault(
            f"{shown(name)} is not a backoff",
            scanner.position,
            scanner.position + len(name),
            "500ms..30s, 2s or none",
            candidates=("none",),
        )
    return read_duration(scanner)


def read_duration(scanner: Scanner) -> float:
    """The seconds of the duration that starts here."""
    start = scanner.position
    found = scanner.match(_DURATION)
    if found is None:
        if scanner.sees("-"):
            raise scanner.fault("a duration is not negative", start, start + 1, _DURATION_FORM)
        raise scanner.unexpected("a duration", _DURATION_FORM)
    number, unit = found.groups()
    if len(number) > _MOST_DIGITS:
        raise scanner.fault("the duration is too long", start, found.end(), _DURATION_FORM)
    if unit not in _SECONDS:
        raise _no_unit(scanner, found)
    if scanner.peek().isdigit():
        _, end = scanner.run_here()
        raise scanner.fault(
            "a duration is one number and one unit",
            start,
            end,
            _DURATION_FORM,
            "say it in the smaller unit: 90m for one hour and a half",
        )
    return float(number) / 1000 if unit == "ms" else float(number) * _SECONDS[unit]


def _no_unit(scanner: Scanner, found: re.Match[str]) -> WordError:
    number, unit = found.groups()
    if not unit:
        advice = f"write {number}s for seconds, {number}ms for milliseconds"
        return scanner.fault(
            f"{shown(number)} has no unit", *found.span(), _DURATION_FORM, advice, tuple(_SECONDS)
        )
    meant = _UNIT_MEANT.get(unit.lower())
    return scanner.fault(
        f"{shown(unit)} is not a unit of time",
        *found.span(2),
        "ms, s, m, h or d",
        f"write {number}{meant}" if meant else None,
        tuple(_SECONDS),
    )


@lru_cache(maxsize=256)
def _rate(text: str) -> Rate:
    scanner = Scanner(text)
    scanner.skip_blanks()
    start = scanner.position
    count = _read_count(scanner, "the count of a rate")
    behind = scanner.position
    scanner.skip_blanks()
    is_points = scanner.take_name("points")
    if not is_points:
        scanner.position = behind
    span = _read_span(scanner)
    end = scanner.position
    burst = per = None
    if _take_keyword(scanner, "burst"):
        burst = _read_count(scanner, "the count of a burst")
        end = scanner.position
    if _take_keyword(scanner, "per"):
        per = read_request_place(scanner)
        end = scanner.position
        scanner.skip_blanks()
        if scanner.peek_name() == "burst":
            at = scanner.position
            raise scanner.fault("`burst` stands before `per`", at, at + len("burst"))
    scanner.expect_end("a rate")
    return Rate(
        count=count,
        span_seconds=span,
        is_points=is_points,
        burst=burst,
        per=per,
        start=start,
        end=end,
    )


def _take_keyword(scanner: Scanner, word: str) -> bool:
    """Step over ` word ` if it stands here, with the blanks around it."""
    behind = scanner.position
    scanner.skip_blanks()
    if not scanner.take_name(word):
        scanner.position = behind
        return False
    scanner.skip_blanks()
    return True


def _read_count(scanner: Scanner, what: str) -> int:
    start = scanner.position
    found = scanner.match(_COUNT)
    if found is None:
        raise scanner.unexpected(what, _RATE_FORM)
    if scanner.sees("."):
        _, end = scanner.run_here("/ \t\r\n")
        raise scanner.fault(
            f"{what} is a whole number", start, end, advice="write 1/2s for one every two seconds"
        )
    if len(found.group()) > _MOST_DIGITS:
        raise scanner.fault(f"{what} is too large", start, found.end())
    if int(found.group()) == 0:
        raise scanner.fault(f"{what} is at least 1", start, found.end())
    return int(found.group())


def _read_span(scanner: Scanner) -> float:
    """The seconds of `/minute` or `/30s`."""
    if not scanner.take("/"):
        scanner.skip_blanks()
        start, end = scanner.run_here("/ \t\r\n")
        advice = "write it without blanks" if scanner.sees("/") else None
        raise scanner.fault(
            _RATE_FORM, start, end, "`/second`, `/minute`, `/hour` or `/day`", advice
        )
    start = scanner.position
    if scanner.peek().isdigit():
        seconds = read_duration(scanner)
        if seconds == 0:
            raise scanner.fault("the time of a rate is not 0", start, scanner.position)
        return seconds
    found = scanner.match(_LETTERS)
    if found is not None and found.group() in _SPANS:
        return _SPANS[found.group()]
    _, end = scanner.run_here() if found is None else found.span()
    raise scanner.fault(
        _RATE_FORM, start, end, "second, minute, hour, day or a duration", None, tuple(_SPANS)
    )


@lru_cache(maxsize=256)
def _wait(text: str) -> Wait:
    scanner = Scanner(text)
    scanner.skip_blanks()
    start = scanner.position
    steps = [_read_step(scanner)]
    while _take_keyword(scanner, "else"):
        at = scanner.position
        steps.append(_read_step(scanner))
        if len(steps) > _MOST_ALTERNATIVES:
            raise scanner.fault(f"more than {_MOST_ALTERNATIVES} alternatives", at, at + 1)
    end = scanner.position
    scanner.expect_end("a wait")
    return Wait(steps=tuple(steps), start=start, end=end)


def _read_step(scanner: Scanner) -> WaitStep:
    start = scanner.position
    if scanner.peek().isdigit():
        seconds = read_duration(scanner)
        return WaitStep(seconds=seconds, start=start, end=scanner.position)
    place = read_matched_place(scanner)
    unit: Unit = read_unit(scanner) if _take_keyword(scanner, "as") else "seconds"
    return WaitStep(place=place, unit=unit, start=start, end=scanner.position)


def read_unit(scanner: Scanner) -> Unit:
    """The word behind `as` that says how a time is told."""
    start = scanner.position
    word = scanner.peek_name()
    if word in WAIT_UNITS:
        scanner.position += len(word)
        return word
    if not word:
        raise scanner.unexpected("a reading behind `as`", ", ".join(WAIT_UNITS))
    raise scanner.fault(
        f"{shown(word)} is not a way to read a time",
        start,
        start + len(word),
        ", ".join(WAIT_UNITS),
        candidates=WAIT_UNITS,
    )

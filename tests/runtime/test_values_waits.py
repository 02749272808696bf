"""Waits: seconds out of an answer and the time."""

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.answer import Answer
from ferrule_runtime.places import body, header
from ferrule_runtime.waits import RETRY_AFTER, UNITS, first_wait, wait

NOW = 1_700_000_000.0  # 2023-11-14T22:13:20Z


def met(value: Any) -> Answer:
    return Answer(429, [], b"").with_tree({"w": value})


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("5", "seconds", 5.0),
        (1.5, "seconds", 1.5),
        (" 7 ", "seconds", 7.0),
        ("-5", "seconds", None),
        ("soon", "seconds", None),
        (True, "seconds", None),
        ("nan", "seconds", None),
        ("1e400", "seconds", None),
        (10**400, "seconds", None),
        ("", "seconds", None),
        (None, "seconds", None),
        ([3, 4], "seconds", 3.0),
        (339, "milliseconds", 0.339),
        (NOW + 30, "epoch", 30.0),
        (str(int(NOW) + 30), "epoch", 30.0),
        (NOW - 30, "epoch", 0.0),
        ((NOW + 2) * 1000, "epoch_ms", 2.0),
        ("Tue, 14 Nov 2023 22:14:20 GMT", "date", 60.0),
        ("Tuesday, 14-Nov-23 22:14:20 GMT", "date", 60.0),
        ("Tue Nov 14 22:14:20 2023", "date", 60.0),
        ("2023-11-14T22:14:20Z", "date", 60.0),
        ("2023-11-14T23:14:20+01:00", "date", 60.0),
        ("2023-11-14T22:14:20", "date", 60.0),
        ("Tue, 14 Nov 2000 22:14:20 GMT", "date", 0.0),
        ("tomorrow", "date", None),
        (4, "per_second", 0.25),
        (0, "per_second", None),
    ],
)
def test_units(value: Any, unit: Any, expected: float | None) -> None:
    found = wait(body("w"), unit)(met(value), NOW)
    assert found == (None if expected is None else pytest.approx(expected))


def test_a_constant_and_a_part_of_a_text() -> None:
    assert wait(60.0)(met(0), NOW) == 60.0
    part = wait(body("w").matching("after (.+)$"), "date")
    assert part(met("try after 2023-11-14T22:13:30Z"), NOW) == pytest.approx(10.0)


def test_alternatives_are_tried_in_order() -> None:
    waits = (wait(header("x"), "seconds"), wait(body("w"), "epoch"), wait(9.0))
    assert first_wait(waits, met(NOW + 3), NOW) == pytest.approx(3.0)
    assert first_wait(waits, met("x"), NOW) == 9.0
    assert first_wait((), met(1), NOW) is None


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([(b"Retry-After", b"120")], 120.0),
        ([(b"Retry-After", b"0")], 0.0),
        ([(b"Retry-After", b"1.5")], 1.5),
        ([(b"Retry-After", b"-5")], None),
        ([(b"Retry-After", b"Tue, 14 Nov 2023 22:14:20 GMT")], 60.0),
        ([(b"Retry-After", b"junk")], None),
        ([(b"Retry-After", b"")], None),
        ([(b"Retry-After", b"5"), (b"retry-after-ms", b"250")], 0.25),
        ([], None),
    ],
)
def test_retry_after(headers: list[tuple[bytes, bytes]], expected: float | None) -> None:
    assert first_wait(RETRY_AFTER, Answer(429, headers, b""), NOW) == expected


@given(st.sampled_from(sorted(UNITS)), st.text(max_size=40) | st.floats() | st.integers())
def test_no_value_breaks_a_wait(unit: Any, value: Any) -> None:
    found = wait(body("w"), unit)(met(value), NOW)
    assert found is None or 0 <= found < 1e15


def test_waits_are_data() -> None:
    one = wait(header("a"), "epoch")
    assert pickle.loads(pickle.dumps(one)) == one
    assert one != wait(header("a"), "seconds")
    assert wait(body("a", "b")).paths == (("a", "b"),)
    assert wait(3.0).paths == ()

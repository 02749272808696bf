"""Options of a client that cannot be meant are refused before anything is sent."""

from typing import Any

import pytest

from ferrule_runtime.connector import Connector, Timeout
from ferrule_runtime.options import Options

CONNECTOR = Connector(name="acme", version="1.0.0", base_url="https://api.acme.example")


@pytest.mark.parametrize(
    ("given", "kind", "told"),
    [
        ({"timeout": {"total": 5}}, TypeError, "not dict; `deadline` bounds"),
        ({"timeout": "5s"}, TypeError, "not str"),
        ({"timeout": 0}, ValueError, "more than 0 seconds"),
        ({"max_attempts": 0}, ValueError, "at least 1"),
        ({"deadline": -1}, ValueError, "deadline must not be negative"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    given: dict[str, Any], kind: type[Exception], told: str
) -> None:
    with pytest.raises(kind, match=told):
        Options(given, "Acme")


def test_a_timeout_may_be_one_figure_none_or_several() -> None:
    several = Timeout(connect=1.0, read=2.0)
    assert Options({"timeout": several}, "Acme").timeout(CONNECTOR, None) is several
    bounded = Options({"timeout": 3}, "Acme").timeout(CONNECTOR, None)
    unbounded = Options({"timeout": None}, "Acme").timeout(CONNECTOR, None)
    assert bounded is not None
    assert unbounded is not None
    assert (bounded.connect, bounded.read) == (3.0, 3.0)
    assert (unbounded.connect, unbounded.read) == (None, None)

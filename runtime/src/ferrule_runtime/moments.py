"""Moments as seconds since the epoch: read from values and items, written for a service."""

import math
from datetime import UTC, date, datetime
from typing import Any

from ferrule_runtime.encode.scalars import scalar_json

DAY_SECONDS = 86_400.0


def moment_seconds(value: Any, form: str | None = None) -> float | None:
    """Seconds since the epoch of a datetime, a date, a number or a text; None for anything else.

    What has no zone is UTC. A number counts milliseconds where `form` says so.
    """
    if isinstance(value, datetime):
        moment = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return moment.timestamp()
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp()
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        seconds = value / 1000 if form == "epoch_ms" else float(value)
        return seconds if math.isfinite(seconds) else None
    return _text_seconds(value, form) if isinstance(value, str) else None


def _text_seconds(text: str, form: str | None) -> float | None:
    from ferrule_runtime.waits import parse_moment

    name, _, pattern = (form or "").partition(":")
    found: Any = None
    try:
        if name == "strftime":
            found = datetime.strptime(text, pattern)  # noqa: DTZ007 - without a zone it is UTC
        elif name in ("epoch", "epoch_ms"):
            found = float(text)
    except ValueError:
        found = None
    # What an installer writes is ISO 8601, whatever the service reads.
    return parse_moment(text) if found is None else moment_seconds(found, form)


def written_moment(seconds: float, form: str | None) -> Any:
    """A moment as the service reads it: text or a number."""
    moment = datetime.fromtimestamp(seconds, UTC)
    if form == "date":
        return moment.date().isoformat()
    if form == "epoch":
        return int(seconds)
    if form == "epoch_ms":
        return int(seconds * 1000)
    if form is None and moment.microsecond == 0:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return scalar_json(moment, form)

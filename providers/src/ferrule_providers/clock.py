"""The time, always with its zone; a parameter everywhere, so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def as_text(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with milliseconds: 2026-11-21T21:40:00.000Z."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

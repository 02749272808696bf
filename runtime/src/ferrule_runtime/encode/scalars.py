"""One scalar as text or as a JSON value, by its type and by the format that a spec names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

FORMATS: Final = (
    "iso8601",
    "epoch",
    "epoch_ms",
    "rfc2822",
    "seconds",
    "ms",
    "base64",
    "base64url",
    "hex",
    "text",
)
"""The names of formats; `strftime:%d/%m/%Y` is another, `file` marks what multipart sends."""


def scalar_text(value: Any, form: str | None = None) -> str:
    """A scalar as it stands in a path, a query, a header or a form.

    Moments are ISO 8601 with offset, durations seconds, bytes base64, booleans true and false,
    None is empty. Raises ValueError and TypeError for what cannot be sent; no value is told.
    """
    if form is None:
        kind = type(value)
        if kind is str:
            return str(value)
        if kind is int:
            return str(value)
        if kind is bool:
            return "true" if value else "false"
        if value is None:
            return ""
    plain = scalar_json(value, form)
    if type(plain) is str:
        return plain
    if plain is None:
        return ""
    if type(plain) is bool:
        return "true" if plain else "false"
    return repr(plain)


def scalar_json(value: Any, form: str | None = None) -> Any:
    """A scalar as a JSON value: text, a number, a boolean or None."""
    if form is not None and value is not None:
        return _formatted(value, form)
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool:
        return value
    if kind is float:
        return finite(value)
    known = _BY_NAME.get(kind.__name__)
    if known is not None:
        return known(value)
    return _of_subclass(value)


def finite(number: float) -> float:
    """The number; raises ValueError for NaN and the infinities, which JSON does not know."""
    if not math.isfinite(number):
        raise ValueError("NaN and infinity cannot be sent")
    return number


def _formatted(value: Any, form: str) -> Any:
    name, _, pattern = form.partition(":")
    if name == "strftime":
        return value if isinstance(value, str) else value.strftime(pattern)
    if name == "text":
        return scalar_text(value)
    if name == "file":
        return scalar_json(value)  # only multipart sends files; elsewhere it is a value
    if name in ("base64", "base64url", "hex"):
        return bytes_text(value, name)
    if name in ("seconds", "ms") or (name == "iso8601" and hasattr(value, "total_seconds")):
        return value if isinstance(value, (str, int, float)) else _duration(value, name)
    convert = _MOMENTS.get(name)
    if convert is None:
        raise ValueError(f"there is no format {form!r}; there are {', '.join(FORMATS)}")
    if isinstance(value, (str, int, float)):
        return value  # the caller has formatted it already
    return convert(as_moment(value))


def as_moment(value: Any) -> datetime:
    """An aware datetime of a datetime, or of the midnight in UTC that begins a date."""
    from datetime import UTC, date, datetime

    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError(
                "a datetime needs a time zone to be sent: datetime.now(UTC), or .replace(tzinfo=…)"
            )
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    raise TypeError(f"a datetime is needed here, not {type(value).__name__}")


def moment_iso(moment: datetime) -> str:
    """ISO 8601 with offset; UTC is Z."""
    text = as_moment(moment).isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def moment_epoch(moment: datetime) -> int | float:
    """Seconds since the epoch, whole where they are whole."""
    return _whole(moment.timestamp())


def moment_epoch_ms(moment: datetime) -> int:
    from datetime import UTC, datetime, timedelta

    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def moment_rfc2822(moment: datetime) -> str:
    from datetime import UTC
    from email.utils import format_datetime

    return format_datetime(moment.astimezone(UTC), usegmt=True)


_MOMENTS: Final[dict[str, Callable[[datetime], Any]]] = {
    "iso8601": moment_iso,
    "epoch": moment_epoch,
    "epoch_ms": moment_epoch_ms,
    "rfc2822": moment_rfc2822,
}


def duration_seconds(value: timedelta) -> int | float:
    """Seconds, whole where they are whole."""
    return _whole(value.total_seconds())


def duration_ms(value: timedelta) -> int | float:
    """Milliseconds, whole where they are whole."""
    return _whole(value.total_seconds() * 1000.0)


def duration_iso(value: timedelta) -> str:
    """ISO 8601: `P1DT2H3.5S`, `PT0S`, `-P1D`."""
    microseconds = round(value.total_seconds() * 1_000_000)
    sign, microseconds = ("-", -microseconds) if microseconds < 0 else ("", microseconds)
    seconds, microseconds = divmod(microseconds, 1_000_000)
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    fraction = f".{microseconds:06}".rstrip("0") if microseconds else ""
    time = f"{hours}H" if hours else ""
    time += f"{minutes}M" if minutes else ""
    time += f"{seconds}{fraction}S" if seconds or fraction else ""
    date = f"{days}D" if days else ""
    if not date and not time:
        return "PT0S"
    return f"{sign}P{date}{'T' if time else ''}{time}"


_DURATIONS: Final[dict[str, Callable[[timedelta], Any]]] = {
    "seconds": duration_seconds,
    "ms": duration_ms,
    "iso8601": duration_iso,
}


def _duration(value: Any, name: str) -> Any:
    if not hasattr(value, "total_seconds"):
        raise TypeError(f"a timedelta is needed here, not {type(value).__name__}")
    return _DURATIONS[name](value)


def bytes_text(value: Any, form: str = "base64") -> str:
    """Bytes as base64 (padded), base64url (not padded) or hex; text is taken as encoded already."""
    from base64 import b64encode, urlsafe_b64encode

    if isinstance(value, str):
        return value
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(f"bytes are needed here, not {type(value).__name__}")
    if form == "hex":
        return bytes(value).hex()
    if form == "base64url":
        return urlsafe_b64encode(value).rstrip(b"=").decode("ascii")
    return b64encode(value).decode("ascii")


def _whole(number: float) -> int | float:
    return int(number) if number.is_integer() else number


def _decimal_text(value: Any) -> str:
    """Without an exponent; as text, because a JSON number would pass through a float."""
    if not value.is_finite():
        raise ValueError("NaN and infinity cannot be sent")
    return format(value, "f")


def _time_text(value: Any) -> str:
    text: str = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


_BY_NAME: Final[dict[str, Callable[[Any], Any]]] = {
    "datetime": moment_iso,
    "date": lambda value: value.isoformat(),
    "time": _time_text,
    "timedelta": duration_seconds,
    "Decimal": _decimal_text,
    "UUID": str,
    "bytes": bytes_text,
    "bytearray": bytes_text,
    "memoryview": bytes_text,
}


def _of_subclass(value: Any) -> Any:
    """Enumerations by their value, subclasses of the known types as these."""
    from enum import Enum

    if isinstance(value, Enum):
        return scalar_json(value.value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return finite(float(value))
    for base in type(value).__mro__[1:]:
        known = _BY_NAME.get(base.__name__)
        if known is not None and base.__module__ in _HOMES:
            return known(value)
    raise TypeError(f"{type(value).__name__} cannot be sent as text or JSON")


_HOMES: Final = ("datetime", "decimal", "_decimal", "_pydecimal", "uuid", "builtins")

"""The types of model fields: read strictly, from JSON and from Python, and written as they came."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Final

from pydantic import AllowInfNan, GetCoreSchemaHandler, Strict
from pydantic_core import PydanticCustomError, core_schema

from ferrule_runtime.encode.scalars import (
    bytes_text,
    duration_iso,
    duration_ms,
    duration_seconds,
    moment_epoch,
    moment_epoch_ms,
    moment_iso,
    moment_rfc2822,
)

StrictFloat = Annotated[float, Strict(), AllowInfNan(False)]
"""A number; text and booleans are none, nor are NaN and the infinities."""

NumberNan = Annotated[float, AllowInfNan(True)]
"""A number that may be NaN or infinite, in JSON the words NaN, Infinity and -Infinity."""


class _Wire:
    """A type whose wire form is another one: a reader and a writer, the same from both sides."""

    __slots__ = ("name", "read", "write")

    def __init__(self, name: str, read: Callable[[Any], Any], write: Callable[[Any], Any]) -> None:
        self.name = name
        self.read = read
        self.write = write

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        read, name = self.read, self.name

        def validate(value: Any) -> Any:
            try:
                found = read(value)
            except (ValueError, TypeError, OverflowError, OSError):
                found = None
            if found is None:
                # The message names what is expected and never what came.
                raise PydanticCustomError(
                    "wire_form", "Input should be {expected}", {"expected": name}
                )
            return found

        return core_schema.no_info_plain_validator_function(
            validate,
            serialization=_writer(self.write),
            json_schema_input_schema=core_schema.any_schema(),
        )


def _writer(write: Callable[[Any], Any]) -> core_schema.SerSchema:
    return core_schema.plain_serializer_function_ser_schema(write, when_used="json-unless-none")


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _number_of(value: Any) -> float | None:
    if type(value) is str and _NUMBER.fullmatch(value):
        return float(value)
    return float(value) if type(value) in (int, float) else None


_NUMBER: Final = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,4000}")
_FLOAT: Final = re.compile(
    r"[+-]?([0-9]{1,300}(\.[0-9]{0,300})?|\.[0-9]{1,300})([eE][+-]?[0-9]{1,3})?"
)
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2})*")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _read_epoch(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return _aware(value)
    number = _number_of(value)
    return None if number is None else _EPOCH + timedelta(seconds=number)


def _read_epoch_ms(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return _aware(value)
    number = _number_of(value)
    return None if number is None else _EPOCH + timedelta(milliseconds=number)


def _read_rfc2822(value: Any) -> datetime | None:
    from email.utils import parsedate_to_datetime

    if isinstance(value, datetime):
        return _aware(value)
    return _aware(parsedate_to_datetime(value)) if isinstance(value, str) else None


def _read_integer_text(value: Any) -> int | None:
    if type(value) is str:
        return int(value) if _INTEGER.fullmatch(value) else None
    return value if type(value) is int else None


def _read_hex(value: Any) -> bytes | None:
    if isinstance(value, str):
        return bytes.fromhex(value) if _HEX.fullmatch(value) else None
    return bytes(value) if isinstance(value, (bytes, bytearray)) else None


def _read_base64(value: Any) -> bytes | None:
    """Standard alphabet; padding and line breaks as they come."""
    from base64 import b64decode

    if isinstance(value, str):
        bare = "".join(value.split()).rstrip("=")
        return b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    return bytes(value) if isinstance(value, (bytes, bytearray)) else None


def _read_base64url(value: Any) -> bytes | None:
    if isinstance(value, str):
        if "+" in value or "/" in value:
            return None
        return _read_base64(value.replace("-", "+").replace("_", "/"))
    return bytes(value) if isinstance(value, (bytes, bytearray)) else None


def _write_moment(convert: Callable[[datetime], Any]) -> Callable[[Any], Any]:
    """Text and numbers pass: a caller may have written the wire form already."""

    def write(value: Any) -> Any:
        return convert(value) if isinstance(value, datetime) else value

    return write


def _read_number_text(value: Any) -> float | None:
    if type(value) is str:
        return float(value) if _FLOAT.fullmatch(value) else None
    return float(value) if type(value) in (int, float) else None


def _write_number(value: Any) -> Any:
    return repr(value) if type(value) in (int, float) else value


_BOOLEANS: Final = {"true": True, "false": False}


def _read_boolean_text(value: Any) -> bool | None:
    return _BOOLEANS.get(value.lower()) if type(value) is str else _is_boolean(value)


def _is_boolean(value: Any) -> bool | None:
    return value if type(value) is bool else None


def _write_boolean(value: Any) -> Any:
    return ("true" if value else "false") if type(value) is bool else value


def _read_millis(value: Any) -> timedelta | None:
    if isinstance(value, timedelta):
        return value
    return timedelta(milliseconds=value) if type(value) in (int, float) else None


def _write_integer(value: Any) -> Any:
    return str(value) if type(value) is int else value


class _Iso:
    """ISO 8601 text only, checked in Rust: no numbers, no dates for moments nor the reverse."""

    __slots__ = ("expected", "kind", "write")

    def __init__(self, kind: type, expected: str, write: Callable[[Any], Any]) -> None:
        self.kind = kind
        self.expected = expected
        self.write = write

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        kind, expected, pattern = self.kind, self.expected, _ISO_TEXTS[self.kind]

        def text_or_value(value: Any) -> Any:
            if isinstance(value, kind) or (isinstance(value, str) and pattern.match(value)):
                return value
            raise PydanticCustomError(
                "wire_form", "Input should be {expected}", {"expected": expected}
            )

        return core_schema.json_or_python_schema(
            json_schema=_ISO_SCHEMAS[kind](True),
            python_schema=core_schema.no_info_before_validator_function(
                text_or_value, _ISO_SCHEMAS[kind](False)
            ),
            serialization=_writer(self.write),
        )


def _datetime_schema(strict: bool) -> core_schema.CoreSchema:
    """With an offset in Rust alone; without one a Python function says that it is UTC."""
    return core_schema.union_schema(
        [
            core_schema.datetime_schema(strict=strict, tz_constraint="aware"),
            core_schema.no_info_after_validator_function(
                _aware, core_schema.datetime_schema(strict=strict)
            ),
        ],
        mode="left_to_right",
        custom_error_type="wire_form",
        custom_error_message="Input should be a datetime in ISO 8601",
    )


_ISO_SCHEMAS: Final[dict[type, Callable[[bool], core_schema.CoreSchema]]] = {
    datetime: _datetime_schema,
    date: lambda strict: core_schema.date_schema(strict=strict),
    time: lambda strict: core_schema.time_schema(strict=strict),
}


# What the strict schemas take from JSON, for values that something else has parsed.
_ISO_TEXTS: Final[dict[type, re.Pattern[str]]] = {
    datetime: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt _]|-?[0-9]+(\.[0-9]+)?$"),
    date: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}$|-?[0-9]+$"),
    time: re.compile(r"[0-9]{2}:"),
}


def _write_iso(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


DateTime = Annotated[datetime, _Iso(datetime, "a datetime in ISO 8601", _write_moment(moment_iso))]
"""An aware datetime; text without an offset is read as UTC."""

Date = Annotated[date, _Iso(date, "a date in ISO 8601", _write_iso)]
Time = Annotated[time, _Iso(time, "a time in ISO 8601", _write_iso)]

EpochDateTime = Annotated[
    datetime, _Wire("seconds since the epoch", _read_epoch, _write_moment(moment_epoch))
]
"""An aware datetime; on the wire seconds since 1970, with a fraction where it has one."""

EpochMillisDateTime = Annotated[
    datetime,
    _Wire("milliseconds since the epoch", _read_epoch_ms, _write_moment(moment_epoch_ms)),
]

Rfc2822DateTime = Annotated[
    datetime, _Wire("a datetime as in RFC 2822", _read_rfc2822, _write_moment(moment_rfc2822))
]


class _Written:
    """A type that pydantic reads well, with another way of writing it as JSON."""

    __slots__ = ("write",)

    def __init__(self, write: Callable[[Any], Any]) -> None:
        self.write = write

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        written: Any = {**handler(source), "serialization": _writer(self.write)}
        schema: core_schema.CoreSchema = written
        return schema


def _write_duration(convert: Callable[[timedelta], Any]) -> Callable[[Any], Any]:
    def write(value: Any) -> Any:
        return convert(value) if isinstance(value, timedelta) else value

    return write


Duration = Annotated[timedelta, _Written(_write_duration(duration_seconds))]
"""On the wire seconds; ISO 8601 (`PT5M`) is read too."""

IsoDuration = Annotated[timedelta, _Written(_write_duration(duration_iso))]
"""On the wire ISO 8601; seconds are read too."""

MillisDuration = Annotated[
    timedelta, _Wire("milliseconds", _read_millis, _write_duration(duration_ms))
]

NumberText = Annotated[float, _Wire("a number in text", _read_number_text, _write_number)]

BooleanText = Annotated[bool, _Wire("true or false in text", _read_boolean_text, _write_boolean)]

IntegerText = Annotated[int, _Wire("an integer in text", _read_integer_text, _write_integer)]
"""An int; on the wire its digits as text, as services send what JavaScript cannot count."""

HexBytes = Annotated[bytes, _Wire("bytes in hex", _read_hex, lambda raw: bytes_text(raw, "hex"))]

Base64Bytes = Annotated[bytes, _Wire("bytes in base64", _read_base64, bytes_text)]

Base64UrlBytes = Annotated[
    bytes,
    _Wire("bytes in base64url", _read_base64url, lambda raw: bytes_text(raw, "base64url")),
]


class _Pattern(ABC):
    """A format of strptime and strftime; each subclass is one of the three types."""

    __slots__ = ("pattern",)
    _expected = ""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        wire = _Wire(f"{self._expected} like {self.pattern}", self._read, self._write)
        return wire.__get_pydantic_core_schema__(source, handler)

    def _read(self, value: Any) -> Any:
        if not isinstance(value, str):
            return self._of_value(value)
        return self._of_text(datetime.strptime(value, self.pattern))  # noqa: DTZ007

    def _write(self, value: Any) -> Any:
        return value.strftime(self.pattern) if isinstance(value, (date, time)) else value

    @abstractmethod
    def _of_text(self, found: datetime) -> Any: ...

    @abstractmethod
    def _of_value(self, value: Any) -> Any: ...

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.pattern == self.pattern

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.pattern))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.pattern!r})"


class DateTimeFormat(_Pattern):
    """`Annotated[datetime, DateTimeFormat("%d/%m/%Y")]`: as strptime reads; without a zone UTC."""

    __slots__ = ()
    _expected = "a datetime"

    def _of_text(self, found: datetime) -> datetime:
        return _aware(found)

    def _of_value(self, value: Any) -> datetime | None:
        return _aware(value) if isinstance(value, datetime) else None


class DateFormat(_Pattern):
    """`Annotated[date, DateFormat("%d/%m/%Y")]`."""

    __slots__ = ()
    _expected = "a date"

    def _of_text(self, found: datetime) -> date:
        return found.date()

    def _of_value(self, value: Any) -> date | None:
        return value if isinstance(value, date) and not isinstance(value, datetime) else None


class TimeFormat(_Pattern):
    """`Annotated[time, TimeFormat("%H:%M")]`."""

    __slots__ = ()
    _expected = "a time"

    def _of_text(self, found: datetime) -> time:
        return found.timetz()

    def _of_value(self, value: Any) -> time | None:
        return value if isinstance(value, time) else None


class BlankIsNull:
    """`Annotated[T | None, BlankIsNull()]`: empty text reads as None."""

    __slots__ = ()

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(_blank_to_none, handler(source))

    def __eq__(self, other: object) -> bool:
        return type(other) is BlankIsNull

    def __hash__(self) -> int:
        return hash("BlankIsNull")

    def __repr__(self) -> str:
        return "BlankIsNull()"


def _blank_to_none(value: Any) -> Any:
    return None if value == "" else value

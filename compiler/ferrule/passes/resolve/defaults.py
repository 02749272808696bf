"""Spells the defaults of fields and parameters as Python expressions of their types."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from uuid import UUID

from ferrule.forms.code import Code
from ferrule.passes.resolve.spelling import Spelling
from ferrule.passes.resolve.types import Plain, Type, members_of
from ferrule.python_text import Value, attribute, call, literal
from ferrule.words import WordError, parse_duration


def spelled_default(spelling: Spelling, type_: Type, value: object) -> Code | None:
    """A default of the type; None where the text is no value of it."""
    members = members_of(type_)
    words = [each.word for each in members if isinstance(each, Plain)]
    if isinstance(value, str):
        for word in words:
            if word in _OF_TEXT:
                try:
                    return _OF_TEXT[word](spelling, value)
                except (ValueError, InvalidOperation, WordError):
                    return None
    if words == ["number"] and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    return _constant(value)


def _constant(value: object) -> Code | None:
    try:
        return literal(_checked(value))
    except ValueError:
        return None


def _checked(value: object) -> Value:
    if value is None or isinstance(value, bool | int | str | float):
        return value
    if isinstance(value, list):
        # A list as a default would be one list for all callers.
        return tuple(_checked(each) for each in value)
    if isinstance(value, dict):
        return {str(key): _checked(each) for key, each in value.items()}
    raise ValueError("no literal stands for this value")


def _moment(spelling: Spelling, text: str) -> Code:
    datetime.fromisoformat(text)
    return call(attribute(spelling.library("datetime"), "fromisoformat"), literal(text))


def _date(spelling: Spelling, text: str) -> Code:
    date.fromisoformat(text)
    return call(attribute(spelling.library("date"), "fromisoformat"), literal(text))


def _time(spelling: Spelling, text: str) -> Code:
    time.fromisoformat(text)
    return call(attribute(spelling.library("time"), "fromisoformat"), literal(text))


def _duration(spelling: Spelling, text: str) -> Code:
    seconds = parse_duration(text).seconds
    return call(spelling.library("timedelta"), seconds=literal(seconds))


def _decimal(spelling: Spelling, text: str) -> Code:
    Decimal(text)
    return call(spelling.library("Decimal"), literal(text))


def _uuid(spelling: Spelling, text: str) -> Code:
    UUID(text)
    return call(spelling.library("UUID"), literal(text))


_OF_TEXT = {
    "datetime": _moment,
    "date": _date,
    "time": _time,
    "duration": _duration,
    "decimal": _decimal,
    "uuid": _uuid,
}

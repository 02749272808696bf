"""Settings from arguments and the environment, checked by their types; values are never told."""

# ruff: noqa: ARG001 - every type is read in the same words, also one that needs fewer

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.omit import omit
from ferrule_runtime.scope import JsonSecret

if TYPE_CHECKING:
    from ferrule_runtime.connector import Setting

_is_duration = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(ms|s|m|h|d)?").fullmatch
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, None: 1.0}
_TRUE = frozenset(("true", "1", "yes", "on"))
_FALSE = frozenset(("false", "0", "no", "off"))


class SettingFault(ValueError):
    """What is wrong with a value; does not tell the value."""


def read_setting(setting: "Setting", given: Any, environ: Mapping[str, str]) -> Any:
    """The value of a setting, or `omit` where none is given and it has no default.

    `given` is the caller's argument (`omit` and None: not given); an empty variable is none.
    Raises SettingFault.
    """
    if given is omit or given is None:
        text = environ.get(setting.env, "").strip() if setting.env else ""
        if not text:
            return omit if setting.default is None else setting.default
        given = text
    value = _converted(setting, setting.type, given)
    _check(setting, value)
    return value


def told(setting: "Setting") -> str:
    """How to give a setting: `api_token= or ACME_API_TOKEN`."""
    return f"{setting.name}= or {setting.env}" if setting.env else f"{setting.name}="


def _converted(setting: "Setting", kind: str, given: Any) -> Any:
    kind, _, inner = kind.partition("(")
    if kind == "enum" or setting.choices:
        return _choice(setting, given)
    if kind == "list":
        return _list(setting, inner.rstrip(")") or setting.item or "string", given)
    if kind == "map":
        return _map(setting, inner.rstrip(")") or setting.item or "string", given)
    if kind == "json_secret":
        return JsonSecret(given, setting.name)
    return _SCALARS[kind](setting, given)


def _text(setting: "Setting", given: Any) -> str:
    reveal = getattr(given, "get_secret_value", None)
    if reveal is not None:
        given = reveal()
    if not isinstance(given, str):
        raise SettingFault(f"must be text, not {type(given).__name__}")
    text = str(given)
    for affix in setting.strip:
        text = text.removeprefix(affix).removesuffix(affix)
    return text


def _secret(setting: "Setting", given: Any) -> str:
    text = _text(setting, given)
    if not text:
        raise SettingFault("is empty")
    return text


def _choice(setting: "Setting", given: Any) -> Any:
    for choice in setting.choices:
        if given == choice or (isinstance(given, str) and given == str(choice)):
            return choice
    raise SettingFault(f"must be one of {', '.join(map(str, setting.choices))}")


def _number(setting: "Setting", given: Any, kind: Callable[[Any], Any], words: str) -> Any:
    number = None
    if isinstance(given, (int, float, str)) and not isinstance(given, bool):
        try:
            number = kind(given)
        except (ValueError, OverflowError):
            number = None
    if number is None or number != number or (kind is int and isinstance(given, float)):
        raise SettingFault(f"must be {words}")
    if setting.minimum is not None and number < setting.minimum:
        raise SettingFault(f"must be at least {setting.minimum}")
    if setting.maximum is not None and number > setting.maximum:
        raise SettingFault(f"must be at most {setting.maximum}")
    return number


def _boolean(setting: "Setting", given: Any) -> bool:
    if isinstance(given, bool):
        return given
    word = given.lower() if isinstance(given, str) else ""
    if word not in _TRUE and word not in _FALSE:
        raise SettingFault("must be true or false")
    return word in _TRUE


def _date(setting: "Setting", given: Any) -> Any:
    from datetime import date, datetime

    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    found = None
    if isinstance(given, str):
        try:
            found = date.fromisoformat(given)
        except ValueError:
            found = None
    if found is None:
        raise SettingFault("must be a date such as 2024-10-01")
    return found


def _datetime(setting: "Setting", given: Any) -> Any:
    from datetime import UTC, datetime

    found = given if isinstance(given, datetime) else None
    if isinstance(given, str):
        try:
            found = datetime.fromisoformat(given)
        except ValueError:
            found = None
    if found is None:
        raise SettingFault("must be a date and time such as 2024-10-01T12:00:00Z")
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _duration(setting: "Setting", given: Any) -> float:
    """Seconds, from a number, a timedelta, or text such as 500ms, 30s, 5m."""
    seconds = getattr(given, "total_seconds", None)
    if seconds is not None:
        return float(seconds())
    if isinstance(given, (int, float)) and not isinstance(given, bool) and given >= 0:
        return float(given)
    match = _is_duration(given) if isinstance(given, str) else None
    if match is None:
        raise SettingFault("must be a duration such as 30s or 5m")
    return float(match[1]) * _SECONDS[match[2]]


def _url(setting: "Setting", given: Any) -> str:
    from ferrule_runtime.urls import UrlFault, parse_url

    text, reason = _text(setting, given), ""
    try:
        parse_url(text)
    except UrlFault as fault:
        reason = str(fault)
    if reason:
        raise SettingFault(f"must be a URL: {reason}")
    return text


def _file(setting: "Setting", given: Any) -> Any:
    if isinstance(given, (str, bytes)) or hasattr(given, "__fspath__"):
        return given
    raise SettingFault("must be a path")


def _list(setting: "Setting", item: str, given: Any) -> list[Any]:
    if isinstance(given, str):
        given = _json(given) if given.lstrip().startswith("[") else _words(given)
    if not isinstance(given, (list, tuple, set, frozenset)):
        raise SettingFault("must be a list")
    return [_converted_item(setting, item, each) for each in given]


def _map(setting: "Setting", item: str, given: Any) -> dict[str, Any]:
    if isinstance(given, str):
        if given.lstrip().startswith("{"):
            given = _json(given)
        else:
            pairs = [word.partition("=") for word in _words(given)]
            if not all(mark for _, mark, _ in pairs):
                raise SettingFault("must be a=1,b=2 or a JSON object")
            given = {name.strip(): value.strip() for name, _, value in pairs}
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        raise SettingFault("must be a map")
    return {name: _converted_item(setting, item, each) for name, each in given.items()}


def _converted_item(setting: "Setting", item: str, given: Any) -> Any:
    convert: Callable[[Setting, Any], Any] = _SCALARS.get(item, _text)
    return convert(setting, given)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _json(text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    raise SettingFault("is not JSON")


def _check(setting: "Setting", value: Any) -> None:
    if setting.pattern is None:
        return
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str) and re.fullmatch(setting.pattern, text, re.ASCII) is None:
            raise SettingFault(f"must match {setting.pattern}")


def _integer(setting: "Setting", given: Any) -> Any:
    return _number(setting, given, int, "an integer")


def _float(setting: "Setting", given: Any) -> Any:
    return _number(setting, given, float, "a number")


_SCALARS: dict[str, Callable[["Setting", Any], Any]] = {
    "string": _text,
    "secret": _secret,
    "integer": _integer,
    "number": _float,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "duration": _duration,
    "url": _url,
    "file": _file,
}


def secrets_in(setting: "Setting", value: Any) -> list[str]:
    """The texts in a setting's value that must never be shown."""
    if not setting.is_secret:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, JsonSecret):
        return value.texts()
    if isinstance(value, Mapping):
        return [text for text in value.values() if isinstance(text, str)]
    if isinstance(value, list):
        return [text for text in value if isinstance(text, str)]
    return []

"""Reads the values of a set-up: each is checked against its setting and never repeated."""

import base64
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from ferrule_providers.faults import FieldFault
from ferrule_providers.form import AUTH, Form, is_sealed
from ferrule_runtime.connector import Setting
from ferrule_runtime.settings import SettingFault, read_setting

LONGEST_TEXT = 100_000
LONGEST_PATTERNED_TEXT = 4_096
LARGEST_INTEGER = 2**63 - 1
MOST_ITEMS = 1_000

_MASK = re.compile(r"[\w-]{0,8}[*•●·]{3,}[\w-]{0,8}")
_DURATION = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?(ms|s|m|h|d)")
_PEM_LINE = 64
_PEM_BLOCK = re.compile(
    r"(-----BEGIN [A-Z0-9 ]+-----)([A-Za-z0-9+/= ]+)(-----END [A-Z0-9 ]+-----) *"
)
_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class WrongValue(Exception):
    """A value that its setting does not take. `code` and `detail` say why without the value."""

    def __init__(self, code: str, detail: str, inside: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.inside = inside


class Given:
    """The fields of a body: values to set, names to clear, the auth choice, and what is wrong."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.cleared: set[str] = set()
        self.auth: str | None = None
        self.faults: list[FieldFault] = []


def read_body(form: Form, body: Mapping[str, Any]) -> Given:
    """Read the fields of a set-up. `null` clears a setting; a name left out keeps what it has."""
    given = Given()
    unknown = 0
    guesses: set[str] = set()
    names = [setting.name for setting in form.settings]
    for name, value in body.items():
        if name == AUTH:
            _read_auth(form, value, given)
            continue
        setting = form.find(name)
        if setting is None:
            unknown += 1
            guesses.update(get_close_matches(name, names, n=1))
        elif value is None:
            given.cleared.add(name)
        else:
            try:
                given.values[name] = read_value(setting, value)
            except WrongValue as wrong:
                pointer = f"/{name}{wrong.inside}"
                given.faults.append(FieldFault(pointer, wrong.code, wrong.detail))
    if unknown:
        # An unknown name is not repeated: it may be a secret in the wrong place.
        known = ", ".join(names) or "none"
        meant = f" Did you mean {' or '.join(sorted(guesses))}?" if guesses else ""
        word = "One field is" if unknown == 1 else f"{unknown} fields are"
        given.faults.append(
            FieldFault("", "unknown-field", f"{word} not known; the settings are: {known}.{meant}")
        )
    return given


def _read_auth(form: Form, value: Any, given: Given) -> None:
    names = [choice.name for choice in form.choices if choice.name is not None]
    if value is None and not names:
        return
    if isinstance(value, str) and value in names:
        given.auth = value
        return
    if names:
        detail = f"Expected one of: {', '.join(names)}."
    else:
        detail = "This connector has one way to authenticate; leave the field out."
    given.faults.append(FieldFault(f"/{AUTH}", "choice", detail))


def read_value(setting: Setting, value: Any) -> Any:
    """A value as it is stored: text, number, boolean, list or object. Raises WrongValue."""
    read = _typed(setting.type, setting, value)
    if isinstance(read, str) and setting.type != "file":
        _check_pattern(setting, read)
    if setting.choices and read not in setting.choices:
        raise WrongValue("choice", f"Expected one of: {', '.join(map(str, setting.choices))}.")
    if isinstance(read, (int, float)) and not isinstance(read, bool):
        _check_range(setting, read)
    _check_as_the_client_will(setting, read)
    return read


def as_argument(setting: Setting, value: Any) -> Any:
    """A stored value as a client takes it: the content of a file is bytes, the rest as it is."""
    return base64.b64decode(value) if setting.type == "file" else value


def _check_as_the_client_will(setting: Setting, value: Any) -> None:
    told = ""
    try:
        read_setting(setting, as_argument(setting, value), {})
    except SettingFault as fault:
        told = str(fault)
    if told:
        raise WrongValue("format", f"It {told}.")


def _typed(kind: str, setting: Setting, value: Any) -> Any:
    if kind.startswith(("list", "map")):
        item = setting.item or _argument(kind) or "string"
        return (_list if kind.startswith("list") else _map)(item, setting, value)
    reader = _READERS.get(kind, _text)
    return reader(setting, value)


def _argument(kind: str) -> str:
    return kind.partition("(")[2].removesuffix(")")


def _text(setting: Setting, value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValue("type", "Expected a text.")
    # Line ends come along when people paste; blanks inside a secret may belong to it.
    text = value.strip("\r\n\t") if is_sealed(setting) else value.strip()
    if len(text) > LONGEST_TEXT:
        raise WrongValue("length", f"Longer than {LONGEST_TEXT} characters.")
    if _UNSENDABLE.search(text):
        raise WrongValue("characters", "Holds control characters.")
    if not is_sealed(setting):
        text = _stripped(setting, text)
    elif _MASK.fullmatch(text):
        raise WrongValue("mask", "This is a mask, not a secret; leave the field out to keep it.")
    elif "\n" not in text:
        text = _PEM_BLOCK.sub(_in_lines, text).rstrip("\n")
    if not text:
        raise WrongValue("empty", "Empty; send null to clear it, or leave it out to keep it.")
    return text


def _in_lines(block: re.Match[str]) -> str:
    """A key in PEM as it was, before a field of one line made blanks of its line breaks."""
    begin, inside, end = block.groups()
    packed = inside.replace(" ", "")
    lines = [packed[each : each + _PEM_LINE] for each in range(0, len(packed), _PEM_LINE)]
    return "\n".join([begin, *lines, end, ""])


def _stripped(setting: Setting, text: str) -> str:
    for part in setting.strip:
        text = text.removeprefix(part).removesuffix(part)
    return text


def _integer(_setting: Setting, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongValue("type", "Expected an integer.")
    if abs(value) > LARGEST_INTEGER:
        raise WrongValue("range", "Expected an integer of at most 64 bits.")
    return value


def _number(setting: Setting, value: Any) -> float | int:
    if isinstance(value, int):
        return _integer(setting, value)
    if not isinstance(value, float) or value != value or abs(value) == float("inf"):
        raise WrongValue("type", "Expected a number.")
    return value


def _boolean(_setting: Setting, value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValue("type", "Expected true or false.")
    return value


def _date(setting: Setting, value: Any) -> str:
    text = _text(setting, value)
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise WrongValue("format", "Expected a date such as 2026-11-21.")


def _datetime(setting: Setting, value: Any) -> str:
    text = _text(setting, value)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.isoformat()
    except ValueError:
        pass
    raise WrongValue("format", "Expected a moment with its offset, such as 2026-11-21T21:40:00Z.")


def _duration(setting: Setting, value: Any) -> str:
    text = _text(setting, value)
    if not _DURATION.fullmatch(text):
        raise WrongValue("format", "Expected a duration such as 500ms, 30s, 2h or 7d.")
    return text


def _url(setting: Setting, value: Any) -> str:
    text = _text(setting, value)
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
        good = good and parts.port != 0 and parts.username is None and not parts.fragment
    except ValueError:
        good = False
    if not good or any(character.isspace() or character == "\\" for character in text):
        raise WrongValue("format", "Expected a URL such as https://example.com/path.")
    return text


def _json_secret(setting: Setting, value: Any) -> str:
    """A key file: an object, or its text. Kept as text."""
    if isinstance(value, dict):
        return json.dumps(value)
    text = _text(setting, value)
    try:
        if isinstance(json.loads(text), dict):
            return text
    except (ValueError, RecursionError):
        pass
    raise WrongValue("format", "Expected a JSON object, or the text of one.")


def _file(setting: Setting, value: Any) -> str:
    """The content of a file: its text, or {"base64": …}. Kept as base64."""
    if isinstance(value, dict) and set(value) == {"base64"} and isinstance(value["base64"], str):
        try:
            content = base64.b64decode(value["base64"], validate=True)
        except ValueError:
            content = b""
        if not content or len(content) > LONGEST_TEXT:
            raise WrongValue("format", f"Expected 1 to {LONGEST_TEXT} bytes in base64.")
        return base64.b64encode(content).decode("ascii")
    text = _text(setting, value)
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def _list(item: str, setting: Setting, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise WrongValue("type", "Expected a list.")
    if len(value) > MOST_ITEMS:
        raise WrongValue("length", f"More than {MOST_ITEMS} items.")
    read = []
    for index, each in enumerate(value):
        read.append(_inside(item, setting, each, f"/{index}"))
    return read


def _map(item: str, setting: Setting, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WrongValue("type", "Expected an object.")
    if len(value) > MOST_ITEMS:
        raise WrongValue("length", f"More than {MOST_ITEMS} entries.")
    for key in value:
        if not key or len(key) > LONGEST_PATTERNED_TEXT or _UNSENDABLE.search(key):
            raise WrongValue("characters", "A name in it is empty or holds control characters.")
    return {key: _inside(item, setting, each, "") for key, each in value.items()}


def _inside(item: str, setting: Setting, value: Any, where: str) -> Any:
    told: WrongValue
    try:
        return _typed(item, setting, value)
    except WrongValue as wrong:
        told = WrongValue(wrong.code, wrong.detail, where)
    raise told


def _check_pattern(setting: Setting, text: str) -> None:
    if setting.pattern is None:
        return
    expected = f"Expected text like {setting.example}" if setting.example else "Expected text"
    detail = f"{expected} that matches {setting.pattern}."
    if len(text) > LONGEST_PATTERNED_TEXT or not re.fullmatch(setting.pattern, text):
        raise WrongValue("pattern", detail)


def _check_range(setting: Setting, number: float) -> None:
    low, high = setting.minimum, setting.maximum
    if low is not None and number < low:
        raise WrongValue("range", f"Expected at least {low:g}.")
    if high is not None and number > high:
        raise WrongValue("range", f"Expected at most {high:g}.")


_READERS = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "duration": _duration,
    "url": _url,
    "json_secret": _json_secret,
    "file": _file,
}

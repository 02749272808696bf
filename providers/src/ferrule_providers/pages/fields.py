"""Shows the fields of a set-up form and reads them back as the values that the API takes."""

import base64
import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ferrule_providers.core import View
from ferrule_providers.faults import FieldFault
from ferrule_providers.form import AUTH, Form, is_sealed
from ferrule_runtime.connector import Setting

PREFIX = "s_"
"""Settings are fields named `s_subdomain`: none is mistaken for one of the page's own."""

REMOVE = "remove_"
_INPUTS = {
    "integer": "number",
    "number": "number",
    "boolean": "checkbox",
    "date": "date",
    "url": "url",
    "file": "file",
    "secret": "password",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the template draws it. `text` is empty for everything that is sealed."""

    setting: Setting
    name: str
    control: str
    """input, select, textarea, checkbox or file."""
    input_type: str
    text: str
    checked: bool
    required: bool
    sealed: bool
    is_set: bool
    changed_at: Any
    error: str | None
    choices: tuple[str, ...]
    used_by: tuple[str, ...]
    """The auth choices that need it, where not all do."""

    @property
    def label(self) -> str:
        """The setting's name as people read it."""
        return self.setting.name.replace("_", " ").capitalize()


def draw(
    form: Form,
    view: View | None,
    required: set[str],
    *,
    typed: Mapping[str, Any] | None = None,
    faults: tuple[FieldFault, ...] = (),
) -> list[Field]:
    """The fields, with what is stored, or with what was typed and could not be taken."""
    stored = view.stored if view is not None else None
    settings = dict(stored.settings) if stored is not None else {}
    secrets = stored.secrets if stored is not None else {}
    errors: dict[str, str] = {}
    for fault in faults:
        errors.setdefault(fault.pointer.split("/")[1] if fault.pointer else "", fault.detail)
    names = [choice.name for choice in form.choices if choice.name is not None]
    drawn = []
    for each in form.settings:
        value = settings.get(each.name, each.default)
        users = tuple(
            choice.name
            for choice in form.choices
            if choice.name is not None and each.name in choice.settings
        )
        name = PREFIX + each.name
        text = _text(value)
        checked = value is True
        if typed is not None and not is_sealed(each):
            text, checked = str(typed.get(name, "")), name in typed
        fact = secrets.get(each.name)
        drawn.append(
            Field(
                setting=each,
                name=name,
                control=_control(each),
                input_type=_INPUTS.get(each.type.partition("(")[0], "text"),
                text="" if is_sealed(each) else text,
                checked=checked,
                required=each.name in required and fact is None,
                sealed=is_sealed(each),
                is_set=fact is not None,
                changed_at=fact.updated_at if fact is not None else None,
                error=errors.get(each.name),
                choices=tuple(map(str, each.choices)),
                used_by=users if len(users) < len(names) else (),
            )
        )
    return drawn


def _control(setting: Setting) -> str:
    kind = setting.type.partition("(")[0]
    if setting.choices and kind not in ("list", "map"):
        return "select"
    if kind in ("list", "map", "json_secret"):
        return "textarea"
    if kind == "boolean":
        return "checkbox"
    return "file" if kind == "file" else "input"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "\n".join(map(str, value))
    if isinstance(value, dict):
        return "\n".join(f"{key}={inner}" for key, inner in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def read(form: Form, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The body that a sent form means: an emptied field clears, an empty secret keeps.

    What does not read as its type stays text, and is refused with the field's name later on.
    """
    body: dict[str, Any] = {}
    if sent.get(AUTH):
        body[AUTH] = sent[AUTH]
    for each in form.settings:
        name = PREFIX + each.name
        if is_sealed(each):
            if sent.get(REMOVE + each.name):
                body[each.name] = None
            value = sent.get(name)
            if value:
                body[each.name] = _sealed(each, value)
            continue
        kind = each.type.partition("(")[0]
        if kind == "boolean" and not each.choices:
            body[each.name] = name in sent
            continue
        text = str(sent.get(name, "")).strip()
        body[each.name] = _typed(each, kind, text) if text else None
    return body


def _sealed(setting: Setting, value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    kind = setting.type.partition("(")[0]
    if kind in ("list", "map"):
        return _typed(setting, kind, str(value))
    return value


def _typed(setting: Setting, kind: str, text: str) -> Any:
    if setting.choices:
        return next((each for each in setting.choices if str(each) == text), text)
    if kind in ("integer", "number"):
        with contextlib.suppress(ValueError):
            return int(text) if len(text) < 100 else text
        with contextlib.suppress(ValueError):
            return float(text) if kind == "number" else text
        return text
    if kind == "list":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if kind == "map":
        if text.startswith("{"):
            with contextlib.suppress(ValueError, RecursionError):
                return json.loads(text)
        pairs = [line.partition("=") for line in text.splitlines() if line.strip()]
        return {key.strip(): value.strip() for key, _, value in pairs}
    return text

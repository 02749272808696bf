"""A value for each setting of a mocked client, so that a test needs to give none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ferrule_runtime.connector import Setting

_VALUES: Final[dict[str, Any]] = {
    "integer": 1,
    "number": 1.0,
    "boolean": False,
    "date": "1970-01-01",
    "datetime": "1970-01-01T00:00:00Z",
    "duration": "1s",
    "url": "https://mocked.invalid",
    "list": (),
    "map": {},
    "json_secret": {},
}


def with_value(setting: Setting) -> Setting:
    """The setting with a default and without rules, read from no environment."""
    from ferrule_runtime.connector import Setting as Made

    kind = setting.type.partition("(")[0]
    default = setting.default
    if default is None and setting.choices:
        default = setting.choices[0]
    if default is None:
        default = setting.example if setting.example is not None else _VALUES.get(kind, "mocked")
    return Made(
        setting.name, type=setting.type, default=default, choices=setting.choices, item=setting.item
    )

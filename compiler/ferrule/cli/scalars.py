"""Writes single values as YAML that every reader takes for what it is."""

from __future__ import annotations

import json

from ferrule.imports.plain_text import quoted
from ferrule.imports.spec_text import is_plain


def scalar(value: str | float | bool | None) -> str:
    """A value on one line: text as it stands if that is safe in a block, else in double quotes."""
    if not isinstance(value, str):
        return json.dumps(value)
    return value if is_plain(value) else quoted(value)

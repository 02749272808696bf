"""Names of the service as a spec can hold them."""

from __future__ import annotations

import re
import unicodedata

from ferrule.imports.openapi.nodes import clean
from ferrule.words import HEADER_NAME

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def sayable(name: str) -> str:
    """The name in normal form C, without control characters and halves of characters."""
    if name.isascii() and name.isprintable() and name:
        return name
    return unicodedata.normalize("NFC", _CONTROL.sub("", clean(name))) or "_"


def is_token(name: str) -> bool:
    """Whether HTTP can carry it as the name of a header or cookie."""
    return HEADER_NAME.fullmatch(name) is not None

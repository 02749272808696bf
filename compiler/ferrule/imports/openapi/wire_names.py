"""Names of the service as a spec can hold them."""

from __future__ import annotations

import re
import unicodedata

from ferrule.imports.openapi.nodes import clean

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
OF_THE_WIRE = ("connection", "content-length", "host", "transfer-encoding", "upgrade")
"""Headers that the connection itself sets."""


def sayable(name: str) -> str:
    """The name in normal form C, without control characters and halves of characters."""
    if name.isascii() and name.isprintable() and name:
        return name
    return unicodedata.normalize("NFC", _CONTROL.sub("", clean(name))) or "_"


def is_token(name: str) -> bool:
    """Whether HTTP can carry it as the name of a header or cookie."""
    return _TOKEN.fullmatch(name) is not None

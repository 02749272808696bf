"""The filters of templates: pure functions of a value and their arguments. A closed list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ferrule_runtime.templates import TemplateFault, as_text

if TYPE_CHECKING:
    from collections.abc import Callable

HASHES: Final = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")


def _bytes(value: Any) -> bytes:
    """Digests stay bytes until they are shown; everything else is UTF-8."""
    return bytes(value) if isinstance(value, (bytes, bytearray)) else as_text(value).encode()


def _base64(value: Any) -> str:
    from base64 import b64encode

    return b64encode(_bytes(value)).decode("ascii")


def _base64url(value: Any) -> str:
    """Without padding, as in RFC 7515."""
    from base64 import urlsafe_b64encode

    return urlsafe_b64encode(_bytes(value)).rstrip(b"=").decode("ascii")


def _urlencode(value: Any) -> str:
    from urllib.parse import quote

    return quote(as_text(value), safe="")


def _lower(value: Any) -> str:
    return as_text(value).lower()


def _upper(value: Any) -> str:
    return as_text(value).upper()


def _trim(value: Any) -> str:
    return as_text(value).strip()


def _strip(value: Any, *affixes: Any) -> str:
    text = as_text(value)
    for affix in map(as_text, affixes):
        text = text.removeprefix(affix).removesuffix(affix)
    return text


def _hex(value: Any) -> str:
    return _bytes(value).hex()


def _sha256(value: Any) -> bytes:
    from hashlib import sha256

    return sha256(_bytes(value)).digest()


def _hmac(value: Any, key: Any, hash_name: str = "sha256") -> bytes:
    import hmac

    if hash_name not in HASHES:
        raise TemplateFault(f"knows no hash of this name; there are {', '.join(HASHES)}")
    return hmac.digest(_bytes(key), _bytes(value), hash_name)


def _json(value: Any) -> str:
    from ferrule_runtime.encode.json import json_bytes

    return json_bytes(value).decode()


def _replace(value: Any, old: Any, new: Any = "") -> str:
    return as_text(value).replace(as_text(old), as_text(new))


def _join(value: Any, separator: Any = ",") -> str:
    if not isinstance(value, (list, tuple)):
        raise TemplateFault("needs a list")
    return as_text(separator).join(map(as_text, value))


def _date(value: Any, form: str = "date") -> Any:
    """A moment as `date` (2024-05-01), another format of parameters, or a strftime pattern.

    As `epoch` it is whole seconds: what is signed with a time is read as a whole number.
    """
    from datetime import UTC, date, datetime

    from ferrule_runtime.encode.scalars import scalar_text

    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = datetime.fromtimestamp(value, UTC)
    elif isinstance(value, str):
        value = datetime.fromisoformat(value)
        value = value if value.tzinfo else value.replace(tzinfo=UTC)
    if not isinstance(value, date):
        raise TemplateFault("needs a moment")
    if form == "date":
        return value.strftime("%Y-%m-%d")
    if form == "epoch" and isinstance(value, datetime):
        return str(int(value.timestamp()))
    return scalar_text(value, f"strftime:{form}" if "%" in form else form)


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "base64": _base64,
    "base64url": _base64url,
    "urlencode": _urlencode,
    "lower": _lower,
    "upper": _upper,
    "trim": _trim,
    "strip": _strip,
    "hex": _hex,
    "sha256": _sha256,
    "hmac": _hmac,
    "json": _json,
    "replace": _replace,
    "join": _join,
    "date": _date,
}

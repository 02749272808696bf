"""Where a walk through pages can go on another day, as opaque text that holds no credential."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHECKPOINT_FORM: Final = 1


def without_parameters(url: str, names: tuple[str, ...]) -> str:
    """The URL without these query parameters, the others untouched."""
    if not names or "?" not in url:
        return url
    from urllib.parse import unquote_plus

    before, _, rest = url.partition("?")
    query, mark, fragment = rest.partition("#")
    kept = [pair for pair in query.split("&") if unquote_plus(pair.partition("=")[0]) not in names]
    return before + ("?" if kept else "") + "&".join(kept) + mark + fragment


def write_checkpoint(action: str, state: Mapping[str, Any]) -> str:
    """The state of a walk as text that may stand in a URL, a file or a database."""
    from base64 import urlsafe_b64encode

    from ferrule_runtime.encode.json import json_bytes

    content = json_bytes({"v": _CHECKPOINT_FORM, "a": action, **state})
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def read_checkpoint(text: str, action: str) -> dict[str, Any]:
    """The state of a walk; raises ValueError for what is no checkpoint of this action."""
    from base64 import urlsafe_b64decode

    from pydantic_core import from_json

    state: Any = None
    try:
        state = from_json(urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
    except (ValueError, AttributeError):
        state = None
    if type(state) is not dict or state.get("v") != _CHECKPOINT_FORM:
        raise ValueError("checkpoint is none that a page of this client has given")
    if state.get("a") != action:
        raise ValueError(f"checkpoint belongs to another action than {action}")
    return state

"""Keeps what black made of a text, by the text itself: what is damaged is as good as lost."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_FORM = "1"


@cache
def _black_version() -> str | None:
    try:
        return version("black")
    except PackageNotFoundError:
        return None


def cache_folder() -> Path | None:
    """Where texts are kept: below XDG_CACHE_HOME, else `~/.cache`. None without a home."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "ferrule" / "black"
    try:
        return Path.home() / ".cache" / "ferrule" / "black"
    except RuntimeError:
        return None


def _place(text: str) -> Path | None:
    folder, black = cache_folder(), _black_version()
    if folder is None or black is None:
        return None
    name = hashlib.sha256(f"{_FORM} {black}\n{text}".encode()).hexdigest()
    return folder / name[:2] / name[2:]


def _proof(name: str, text: bytes) -> bytes:
    """Binds a kept text to the place it is kept in."""
    return hashlib.sha256(name.encode() + b"\n" + text).hexdigest().encode()


def kept(text: str) -> str | None:
    """What black made of the text before, if it is known and whole."""
    place = _place(text)
    if place is None:
        return None
    try:
        proof, _, polished = place.read_bytes().partition(b"\n")
    except OSError:
        return None
    if proof != _proof(place.name, polished):
        return None
    try:
        return polished.decode()
    except UnicodeDecodeError:
        return None


def keep(text: str, polished: str) -> None:
    """Keeps what black made of the text. A folder that cannot be written is no fault."""
    place = _place(text)
    if place is None:
        return
    made = polished.encode()
    draft = place.with_name(f"{place.name}.{secrets.token_hex(8)}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_bytes(_proof(place.name, made) + b"\n" + made)
        draft.replace(place)
    except OSError:
        with suppress(OSError):
            draft.unlink()

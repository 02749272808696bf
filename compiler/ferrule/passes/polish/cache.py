"""Keeps what black made of a text, by the text itself and the version of black."""

from __future__ import annotations

from functools import cache

from ferrule.keeping import Keep

_KEEP = Keep("black", most_in_folder=64)
_FORM = "2"


@cache
def _black_version() -> str | None:
    # Nearly half as dear to import as all that a small spec needs, and most texts need no black.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("black")
    except PackageNotFoundError:
        return None


def _key(text: str) -> bytes:
    return f"{_FORM} {_black_version()}\n{text}".encode()


def kept(text: str) -> str | None:
    """What black made of the text before, if it is known and whole."""
    polished = None if _black_version() is None else _KEEP.read(_key(text))
    try:
        return None if polished is None else polished.decode()
    except UnicodeDecodeError:
        return None


def keep(text: str, polished: str) -> None:
    """Keeps what black made of the text."""
    if _black_version() is not None:
        _KEEP.write(_key(text), polished.encode())

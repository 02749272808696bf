"""Says which names of output files are not safe on every file system."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

_NAME_LIMIT_BYTES = 200
_PATH_LIMIT_BYTES = 1000
_FORBIDDEN = frozenset('/\\:*?"<>|')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"}
)


def fault_of_path(path: str) -> str | None:
    """What is wrong with a relative POSIX path as the name of an output file, None if nothing."""
    if path.startswith("/"):
        return "it is absolute"
    if len(path.encode("utf-8", "surrogatepass")) > _PATH_LIMIT_BYTES:
        return f"it is longer than {_PATH_LIMIT_BYTES} bytes"
    return next((fault for part in path.split("/") if (fault := fault_of_name(part))), None)


def fault_of_name(name: str) -> str | None:
    """What is wrong with one part of a path, None if nothing."""
    if not name:
        return "a part of it is empty"
    if name in (".", ".."):
        return f"`{name}` leaves the folder it stands in"
    if len(name.encode("utf-8", "surrogatepass")) > _NAME_LIMIT_BYTES:
        return f"a part of it is longer than {_NAME_LIMIT_BYTES} bytes"
    bad = next((char for char in name if char in _FORBIDDEN or not char.isprintable()), None)
    if bad is not None:
        return f"it holds {bad!a}"
    if name[-1] in ". ":
        return "Windows drops a blank or a dot at the end of a name"
    if name.partition(".")[0].rstrip(" ").casefold() in _DEVICES:
        return "Windows keeps that name for a device"
    return None


def folded(path: str) -> str:
    """The path as a file system sees it that tells neither case nor Unicode forms apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def twins(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of paths that some file systems take for one, or of which one is inside the other."""
    spelling: dict[str, str] = {}
    files = sorted(paths)
    for path in files:
        for part in (*reversed(folders_of(path)), path):
            first = spelling.setdefault(folded(part), part)
            if first != part:
                yield first, part
    listed = set(files)
    for path in files:
        yield from ((folder, path) for folder in folders_of(path) if folder in listed)


def folders_of(path: str) -> list[str]:
    """The folders that a path stands in, the nearest first, without the top."""
    found = []
    while "/" in path:
        path = path.rpartition("/")[0]
        found.append(path)
    return found

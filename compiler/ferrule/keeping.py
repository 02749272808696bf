"""Keeps bytes by a key below the user's cache folder: what is damaged is as good as lost.

Only what every Python process has loaded already is imported, because the quickest runs read here.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256


def cache_folder() -> str | None:
    """`ferrule` below XDG_CACHE_HOME, else below `~/.cache`. None without a home."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(given):
        given = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(given, "ferrule") if os.path.isabs(given) else None


class Keep:
    """Entries of one kind. Each carries a proof that binds it to its key; nothing else is believed.

    They lie in 256 folders, each of which holds `most_in_folder` entries at most: when one is
    added, the ones that were not used for the longest time go.
    """

    def __init__(self, kind: str, *, most_in_folder: int) -> None:
        self.kind = kind
        self.most_in_folder = most_in_folder

    def read(self, key: bytes) -> bytes | None:
        """What was kept under the key. None if nothing was, and where that was damaged."""
        place = self._place(key)
        if place is None:
            return None
        try:
            with open(place, "rb") as stream:
                proof, _, content = stream.read().partition(b"\n")
        except OSError:
            return None
        if proof != _proof(place, content):
            return None
        with suppress(OSError):
            os.utime(place)
        return content

    def write(self, key: bytes, content: bytes) -> None:
        """Keeps the content. A folder that cannot be written is no fault."""
        place = self._place(key)
        if place is None:
            return
        folder = os.path.dirname(place)
        draft = f"{place}.{os.urandom(8).hex()}"
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            with open(draft, "xb") as stream:
                stream.write(_proof(place, content) + b"\n" + content)
            os.replace(draft, place)
            self._prune(folder)
        except OSError:
            with suppress(OSError):
                os.unlink(draft)

    def _place(self, key: bytes) -> str | None:
        folder = cache_folder()
        if folder is None:
            return None
        name = sha256(key).hexdigest()
        return os.path.join(folder, self.kind, name[:2], name[2:])

    def _prune(self, folder: str) -> None:
        with os.scandir(folder) as entries:
            found = list(entries)
        if len(found) <= self.most_in_folder:
            return
        # Another process may prune too: what is gone counts as the oldest.
        by_age = sorted(found, key=_used_at)
        for entry in by_age[: len(found) - self.most_in_folder]:
            with suppress(OSError):
                os.unlink(entry.path)


def _used_at(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_mtime_ns
    except OSError:
        return 0


def _proof(place: str, content: bytes) -> bytes:
    """Binds an entry to the place it is kept in."""
    return sha256(os.path.basename(place).encode() + b"\n" + content).hexdigest().encode()

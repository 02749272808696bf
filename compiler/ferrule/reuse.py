"""Takes polished modules from the package that stands already, where they would come out the same.

Polishing depends on the rendered text alone. What it made of which text is kept as pairs of
digests; a file whose own digest is the second of a pair is what polishing would make of the first.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from ferrule.forms.files import FileSet
from ferrule.freshness import made_by
from ferrule.keeping import Keep

_KEEP = Keep("modules", most_in_folder=8)


class Polished:
    """The polished modules that stand in one package's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = f"{made_by()} {folder.absolute()}".encode("utf-8", "surrogateescape")
        self._rendered: dict[str, str] = {}
        self._pairs: dict[str, str] = {}
        for line in (_KEEP.read(self._key) or b"").decode("utf-8", "replace").splitlines():
            rendered, _, polished = line.partition(" ")
            self._pairs[rendered] = polished

    def find(self, path: str, rendered: str) -> str | None:
        """What polishing would make of a rendered module, if that stands at its path."""
        digest = self._rendered[path] = _digest(rendered)
        wanted = self._pairs.get(digest)
        if wanted is None:
            return None
        try:
            text = (self._folder / path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        return text if _digest(text) == wanted else None

    def keep(self, files: FileSet) -> None:
        """Remembers what polishing has made of everything that it was asked for."""
        pairs = {digest: _digest(files.files[path]) for path, digest in self._rendered.items()}
        if pairs != self._pairs:
            lines = "\n".join(f"{rendered} {polished}" for rendered, polished in pairs.items())
            _KEEP.write(self._key, lines.encode())


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

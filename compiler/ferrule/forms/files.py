"""The files of a package as text in memory."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class FileSet(Struct, frozen=True):
    """The text of every file of a package, by its path (POSIX, below the folder of the package)."""

    files: Mapping[str, str]

    def with_copies(self, copies: Mapping[str, str]) -> FileSet:
        """The same with more files, whose text stays as it is."""
        return FileSet(dict(sorted({**self.files, **copies}.items()))) if copies else self

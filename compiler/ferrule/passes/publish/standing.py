"""Reads what stands in a package's folder: what is ours, what is not, what is in the way."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from msgspec import Struct, field

from ferrule.forms.manifest import MANIFEST_NAME, Manifest, ManifestError, text_sha256
from ferrule.passes.publish.names import fault_of_path, folders_of


class Standing(Struct):
    """What a package's folder holds. All paths are POSIX and relative to it.

    `contents` are the files at paths of ours, old or new; `strangers` the files, folders and links
    that are not ours, a folder without any path of ours standing for all that is in it; `links`
    are symbolic links at paths of ours; `blocked` are paths where something else is due.
    """

    contents: dict[str, bytes] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in a folder, None if there is none. Raises ManifestError for a damaged one."""
    try:
        text = (folder / MANIFEST_NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise ManifestError("it is not UTF-8 text") from None
    manifest = Manifest.from_text(text)
    for path in manifest.files:
        if fault := fault_of_path(path):
            raise ManifestError(f"it lists {path!a}, which Ferrule never writes: {fault}")
    return manifest


def read_standing(folder: Path, wanted: Collection[str], owned: Collection[str]) -> Standing:
    """Reads a folder in which the files `wanted` are to stand and the files `owned` are ours."""
    found = Standing()
    _Reader(folder, frozenset(wanted), frozenset(owned) | {MANIFEST_NAME}, found).read("")
    missing = (path for path in wanted if path not in found.contents)
    known = {*found.links, *found.blocked}
    # A file system that does not tell case apart shows a stranger at a path of ours.
    found.blocked += [
        path
        for path in missing
        if not known.intersection((path, *folders_of(path))) and os.path.lexists(folder / path)
    ]
    return found


def edited(standing: Standing, wanted: dict[str, bytes], manifest: Manifest | None) -> list[str]:
    """Files of the manifest that are neither as we wrote them nor as we would write them."""
    owned = manifest.files if manifest else {}
    return [
        path
        for path, content in standing.contents.items()
        if path in owned
        and text_sha256(content) != owned[path]
        and not is_same_text(content, wanted.get(path))
    ]


def in_the_way(
    standing: Standing, wanted: dict[str, bytes], manifest: Manifest | None
) -> list[str]:
    """Files at wanted paths that the manifest does not list, and that say something else."""
    owned = {MANIFEST_NAME, *(manifest.files if manifest else ())}
    return [
        path
        for path, content in standing.contents.items()
        if path in wanted and path not in owned and not is_same_text(content, wanted[path])
    ]


def is_same_text(one: bytes, other: bytes | None) -> bool:
    """Whether two texts are the same but for CR LF in the place of LF."""
    return other is not None and one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")


class _Reader:
    def __init__(
        self, top: Path, wanted: frozenset[str], owned: frozenset[str], found: Standing
    ) -> None:
        self.top = top
        self.wanted = wanted
        self.ours = wanted | owned
        self.wanted_folders = {folder for path in wanted for folder in folders_of(path)}
        self.our_folders = {folder for path in self.ours for folder in folders_of(path)}
        self.found = found

    def read(self, folder: str) -> None:
        with os.scandir(self.top / folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        for entry in listed:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_symlink():
                is_ours = path in self.ours or path in self.our_folders
                (self.found.links if is_ours else self.found.strangers).append(path)
            elif entry.is_dir():
                self._folder(folder, path, entry.name)
            else:
                self._file(path, entry)

    def _folder(self, parent: str, path: str, name: str) -> None:
        if path in self.our_folders:
            self.read(path)
        elif path in self.wanted:
            self.found.blocked.append(path)
        elif name == "__pycache__":
            self._bytecode(parent, path)
        else:
            self.found.strangers.append(path)

    def _file(self, path: str, entry: os.DirEntry[str]) -> None:
        if path in self.ours and entry.is_file():
            self.found.contents[path] = (self.top / path).read_bytes()
        elif path in self.wanted or path in self.wanted_folders:
            self.found.blocked.append(path)
        else:
            self.found.strangers.append(path)

    def _bytecode(self, parent: str, path: str) -> None:
        """Bytecode that Python made of files of ours goes with them; the rest is not ours."""
        prefix = f"{parent}/" if parent else ""
        with os.scandir(self.top / path) as entries:
            for name in sorted(entry.name for entry in entries):
                is_ours = name.endswith(".pyc") and (
                    f"{prefix}{name.partition('.')[0]}.py" in self.ours
                )
                if not is_ours:
                    self.found.strangers.append(f"{path}/{name}")

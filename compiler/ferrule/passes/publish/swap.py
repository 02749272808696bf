"""Puts a whole folder in the place of another by renaming, and undoes it when that fails."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from ferrule.forms.manifest import MANIFEST_NAME
from ferrule.passes.publish.names import folders_of

_FOLDER_MODE = 0o755
_FILE_MODE = 0o644
_NEW, _OLD = "new", "old"


class RestoreError(OSError):
    """Neither the new folder nor the old one could be put in place; says where the old one is."""


def make_folders(folder: Path) -> list[Path]:
    """Makes a folder and those above it. Returns what it made, the deepest first."""
    made: list[Path] = []
    for part in (*reversed(folder.parents), folder):
        try:
            part.mkdir(_FOLDER_MODE)
        except FileExistsError:
            continue
        except OSError:
            if not part.is_dir():
                remove_empty(made)
                raise
            continue
        made.insert(0, part)
    if not folder.is_dir():
        raise NotADirectoryError(20, "a file stands where a folder is due", str(folder))
    return made


def remove_empty(folders: Iterable[Path]) -> None:
    """Removes the folders, the deepest first, as long as they are empty."""
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def recover(folder: Path) -> list[Path]:
    """Puts right what a run that was killed has left beside a folder.

    A folder that was moved away and not replaced is moved back; half-made new ones are removed.
    Returns old ones whose place is taken: nothing of them is removed without asking.
    """
    leftovers = _leftovers(folder)
    old = [path for kind, path in leftovers if kind == _OLD]
    if old and not os.path.lexists(folder):
        old.pop(0).rename(folder)
    for kind, path in leftovers:
        if kind == _NEW and _is_ours_or_empty(path):
            _remove(path)
    return old


def moved_away(out: Path) -> list[Path]:
    """The folders inside `out` that a killed run has moved away and not replaced."""
    pattern = re.compile(rf"\.(.+)\.ferrule-{_OLD}-[0-9a-f]{{16}}")
    try:
        names = sorted(entry.name for entry in os.scandir(out))
    except OSError:
        return []
    wanted = {match[1] for name in names if (match := pattern.fullmatch(name))}
    return [out / name for name in sorted(wanted) if not os.path.lexists(out / name)]


def replace(folder: Path, contents: Mapping[str, bytes], carried: Iterable[str]) -> Path | None:
    """Makes a folder that holds the contents, and from the present one what is carried over.

    Whatever fails, what stood there before stands there still. Returns the old folder if it could
    not be removed. Raises OSError, RestoreError if the old folder could not be put back.
    """
    mark = secrets.token_hex(8)
    new = folder.with_name(f".{folder.name}.ferrule-{_NEW}-{mark}")
    old = folder.with_name(f".{folder.name}.ferrule-{_OLD}-{mark}")
    try:
        _fill(new, contents)
        _carry_over(folder, new, carried)
        _exchange(folder, new, old)
    except BaseException:
        _remove(new)
        raise
    _remove(old)
    return old if os.path.lexists(old) else None


def _exchange(folder: Path, new: Path, old: Path) -> None:
    try:
        if os.path.lexists(folder):
            folder.rename(old)
        new.rename(folder)
    except BaseException as error:
        # Whether an interrupted rename took place is seen on the disk alone.
        if os.path.lexists(old) and not os.path.lexists(folder):
            try:
                old.rename(folder)
            except OSError:
                raise RestoreError(
                    getattr(error, "errno", None), f"the former package is in {old}", str(folder)
                ) from error
        raise


def _fill(new: Path, contents: Mapping[str, bytes]) -> None:
    new.mkdir(_FOLDER_MODE)
    made = {""}
    # The manifest comes first: it is what shows later that a half-made folder is ours.
    for path in sorted(contents, key=lambda path: (path != MANIFEST_NAME, path)):
        _make_parents(new, path, made)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(new / path, flags, _FILE_MODE), "wb") as stream:
            stream.write(contents[path])


def _make_parents(top: Path, path: str, made: set[str]) -> None:
    for folder in reversed(folders_of(path)):
        if folder not in made:
            (top / folder).mkdir(_FOLDER_MODE)
            made.add(folder)


def _carry_over(folder: Path, new: Path, carried: Iterable[str]) -> None:
    if not os.path.lexists(folder):
        return
    shutil.copymode(folder, new)
    known: set[str] = set()
    for path in carried:
        for parent in reversed(folders_of(path)):
            if parent not in known:
                if not os.path.lexists(new / parent):
                    (new / parent).mkdir(_FOLDER_MODE)
                shutil.copymode(folder / parent, new / parent)
                known.add(parent)
        _carry(folder / path, new / path)


def _carry(source: Path, goal: Path) -> None:
    if source.is_symlink():
        goal.symlink_to(source.readlink())
    elif source.is_dir():
        goal.mkdir(0o700)
        for inner in sorted(source.iterdir()):
            _carry(inner, goal / inner.name)
        shutil.copystat(source, goal)
    else:
        _carry_file(source, goal)


def _carry_file(source: Path, goal: Path) -> None:
    try:
        os.link(
            source, goal
        )  # the same file under both names: nothing is read, nothing can be lost
    except OSError:
        if not source.is_file():
            raise
        shutil.copy2(source, goal)


def _remove(folder: Path) -> None:
    """Removes a folder of ours as far as the system lets us, write-protected ones too."""
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        for inner, _, _ in os.walk(folder):
            with suppress(OSError):
                Path(inner).chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)


def _leftovers(folder: Path) -> list[tuple[str, Path]]:
    pattern = re.compile(rf"\.{re.escape(folder.name)}\.ferrule-({_NEW}|{_OLD})-[0-9a-f]{{16}}")
    with os.scandir(folder.parent) as entries:
        names = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    return [
        (match[1], folder.parent / name) for name in names if (match := pattern.fullmatch(name))
    ]


def _is_ours_or_empty(folder: Path) -> bool:
    return (folder / MANIFEST_NAME).is_file() or not any(folder.iterdir())

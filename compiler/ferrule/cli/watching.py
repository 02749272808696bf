"""Compiles what is saved until it is interrupted, however an editor writes its files."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ferrule.cli.console import Console
from ferrule.cli.specs import find_specs
from ferrule.freshness import is_part_name, is_spec_name

if TYPE_CHECKING:
    from watchfiles import Change

    from ferrule.cli.compiling import CompileRun
    from ferrule.pipeline import CompiledPackage

Changes = set[tuple["Change", str]]

# Changes this close together are one: an editor writes a copy, renames it, and touches both.
_TOGETHER_MILLISECONDS = 30
_STEP_MILLISECONDS = 10
# How long nothing has happened when a folder that was made anew is looked at once more.
_IDLE_MILLISECONDS = 500
# How long a file may be gone or empty while an editor is in the middle of saving it.
_SAVING_SECONDS = 0.25


def watch_specs(run: CompileRun) -> int:
    """Compiles all specs, and again those of which a file changes. Gives the exit code.

    Folders are watched and not files, because a file that is saved is often another one.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise click.UsageError("--watch needs watchfiles: pip install 'ferrule[watch]'") from None
    try:
        _watch(_Watched(run), Console(run.color), watch)
    except KeyboardInterrupt:
        return 0  # an interrupt is how a watch ends, also in the middle of a compile


def _watch(
    watched: _Watched, console: Console, watch: Callable[..., Iterator[Changes]]
) -> NoReturn:
    watched.compile_all()
    is_moved = False
    while True:
        folders = watched.folders()
        homes = watched.homes(folders)
        console.progress(f"watching {', '.join(map(str, folders))}")
        changes = watch(
            *folders,
            watch_filter=watched.interest_in(homes),
            debounce=_TOGETHER_MILLISECONDS,
            step=_STEP_MILLISECONDS,
            rust_timeout=_IDLE_MILLISECONDS,
            yield_on_timeout=True,
        )
        for changed in changes:
            paths = {Path(path) for _, path in changed}
            if not paths:
                if is_moved:  # something may have been written before the folder was watched
                    watched.compile_if_any()
                is_moved = False
                continue
            watched.compile_changed(paths)
            gc.collect()
            if not homes.isdisjoint(path.resolve() for path in paths):
                is_moved = True
                break
            if watched.folders() != folders:
                break  # another file is read now, which stands elsewhere


class _Watched:
    """The specs that are watched, and which files each was made from."""

    def __init__(self, run: CompileRun) -> None:
        self.run = run
        self.inputs: dict[Path, frozenset[Path]] = {}
        self.makers: dict[str, Path] = {}
        self.growing: set[Path] = set()

    def folders(self) -> list[Path]:
        """The folders in which something may change."""
        named = {Path(word) for word in self.run.specs}
        found = {each if each.is_dir() else each.parent for each in named}
        found |= {path.parent for paths in self.inputs.values() for path in paths}
        return sorted({_standing(each) for each in found})

    def homes(self, folders: Iterable[Path]) -> set[Path]:
        """These folders and those that were asked for: one that is made anew is another one."""
        named = (path for path in map(Path, self.run.specs) if not path.is_file())
        return {path.resolve() for path in (*folders, *named)}

    def interest_in(self, homes: set[Path]) -> Callable[[Change, str], bool]:
        """Tells the changes that may be of a spec, of what a spec reads, or of these folders."""

        def is_of_interest(change: Change, path: str) -> bool:
            del change
            where = Path(path)
            if is_spec_name(where.name) or (self.growing and is_part_name(where.name)):
                return True
            place = where.resolve()
            return place in homes or any(place in paths for paths in self.inputs.values())

        return is_of_interest

    def compile_all(self) -> None:
        """Compiles every spec that there is."""
        try:
            paths = find_specs(self.run.specs)
        except click.UsageError as error:
            Console(self.run.color).notice(error.message)
            self.inputs = {}
            return
        self.inputs = {path: frozenset((path.resolve(),)) for path in paths}
        self.makers = {}
        self._compile(paths)

    def compile_if_any(self) -> None:
        """Compiles every spec; without a word where there is none."""
        with suppress(click.UsageError):
            find_specs(self.run.specs)
            self.compile_all()

    def compile_changed(self, changed: Iterable[Path]) -> None:
        """Compiles the specs that a change of these files touches, all of them after a rename."""
        touched = {path.resolve() for path in changed}
        for path in touched & {each for paths in self.inputs.values() for each in paths}:
            _wait_until_saved(path)
        try:
            paths = find_specs(self.run.specs)
        except click.UsageError:
            paths = []
        if set(paths) != set(self.inputs):
            self.compile_all()
            return
        is_new = not touched <= {each for found in self.inputs.values() for each in found}
        self._compile(
            [
                path
                for path in paths
                if self.inputs[path] & touched or (is_new and path in self.growing)
            ]
        )

    def _compile(self, paths: list[Path]) -> None:
        if not paths:
            return
        is_all = len(paths) == len(self.inputs)
        packages, code, shown = self.run.compile(paths)
        if packages is None:
            return
        if is_all:
            self.makers = {}
        has_twins = self._has_other_makers(packages)
        if is_all and code == 0:
            self.run.remember(packages, shown)
        elif has_twins and not is_all:
            self._compile(list(self.inputs))  # two specs may make one package now: all say so

    def _has_other_makers(self, packages: list[CompiledPackage]) -> bool:
        """Whether a package is also that of a spec that was not compiled now."""
        found = False
        for package in packages:
            path = Path(package.source.path)
            self.inputs[path] = frozenset(Path(each.path).resolve() for each in package.inputs)
            (self.growing.add if package.may_grow else self.growing.discard)(path)
            maker = self.makers.setdefault(package.manifest.connector.casefold(), path)
            found = found or maker != path
        return found


def _standing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there: in it the folder may come back."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), folder)


def _wait_until_saved(path: Path) -> None:
    """Gives an editor time to put a file back that it has moved away or emptied."""
    deadline = time.monotonic() + _SAVING_SECONDS
    while time.monotonic() < deadline:
        try:
            if path.stat().st_size:
                return
        except OSError:
            pass
        time.sleep(_STEP_MILLISECONDS / 1000)

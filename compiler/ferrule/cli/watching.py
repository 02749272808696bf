"""Compiles what is saved until it is interrupted, however an editor writes its files."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator
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
# What tells a file from another one in its place, and from itself after it was written to.
_Mark = tuple[int, int, int] | None

# Changes this close together are one: an editor writes a copy, renames it, and touches both.
_TOGETHER_MILLISECONDS = 30
_STEP_MILLISECONDS = 10
# How long nothing has happened when it is looked whether the folders are still the same ones.
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
    while True:
        folders = watched.folders()
        homes = watched.homes(folders)
        places = _places(folders)
        is_first_look = True
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
            if paths:
                watched.compile_changed(paths)
                gc.collect()
            elif is_first_look:
                watched.catch_up()
                is_first_look = False
            is_moved = not homes.isdisjoint(path.resolve() for path in paths)
            if is_moved or _places(watched.folders()) != places:
                break  # other folders are to be watched now


class _Watched:
    """The specs that are watched, and which files each was made from."""

    def __init__(self, run: CompileRun) -> None:
        self.run = run
        self.inputs: dict[Path, dict[Path, _Mark]] = {}
        self.makers: dict[str, Path] = {}
        self.growing: set[Path] = set()
        # Of the last run with errors, which wrote nothing: what mends it may be any file.
        self.failed: set[Path] = set()

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
            may_be_part = self.growing or self.failed
            if is_spec_name(where.name) or (may_be_part and is_part_name(where.name)):
                return True
            place = where.resolve()
            if place in homes or any(place in paths for paths in self.inputs.values()):
                return True
            return bool(self.failed) and self._may_be_hook(place)

        return is_of_interest

    def _may_be_hook(self, place: Path) -> bool:
        return place.suffix == ".py" and not place.is_relative_to(self.run.output.resolve())

    def compile_all(self) -> None:
        """Compiles every spec that there is."""
        try:
            paths = find_specs(self.run.specs)
        except click.UsageError as error:
            Console(self.run.color).notice(error.message)
            self.inputs = {}
            return
        self.inputs = {path: _marked([path.resolve()]) for path in paths}
        self.makers = {}
        self.growing = set()
        self.failed = set()
        self._compile(paths)

    def catch_up(self) -> None:
        """Compiles what has changed since it was read, while nobody watched it."""
        marks = [each for inputs in self.inputs.values() for each in inputs.items()]
        self.compile_changed({path for path, mark in marks if _mark(path) != mark})

    def compile_changed(self, changed: Iterable[Path]) -> None:
        """Compiles the specs that a change of these files touches, all of them after a rename."""
        touched = {path.resolve() for path in changed}
        known = {each for inputs in self.inputs.values() for each in inputs}
        for path in touched & known:
            _wait_until_saved(path)
        try:
            paths = find_specs(self.run.specs)
        except click.UsageError:
            paths = []
        if set(paths) != set(self.inputs):
            self.compile_all()
            return
        is_new = not touched <= known
        due = {path for path in paths if not touched.isdisjoint(self.inputs[path])}
        if is_new:
            due |= self.growing
        if is_new or due & self.failed:
            due |= self.failed
        self._compile([path for path in paths if path in due])

    def _compile(self, paths: list[Path]) -> None:
        if not paths:
            return
        is_all = len(paths) == len(self.inputs)
        for path in paths:
            self.inputs[path] = _marked(self.inputs[path])
        packages, code, shown = self.run.compile(paths)
        if packages is None:
            self.failed.update(paths)
            return
        self.failed.difference_update(paths)
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
            known = self.inputs[path]
            read = _marked(Path(each.path).resolve() for each in package.inputs)
            # The marks from before it was read, where there are any: it may have changed since.
            self.inputs[path] = {each: known.get(each, mark) for each, mark in read.items()}
            (self.growing.add if package.may_grow else self.growing.discard)(path)
            maker = self.makers.setdefault(package.manifest.connector.casefold(), path)
            found = found or maker != path
        return found


def _marked(paths: Iterable[Path]) -> dict[Path, _Mark]:
    return {path: _mark(path) for path in paths}


def _mark(path: Path) -> _Mark:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_ctime_ns


def _places(folders: Iterable[Path]) -> dict[Path, tuple[int, int] | None]:
    """Which folders stand at these paths: one that is renamed away is not the one that is there."""
    places: dict[Path, tuple[int, int] | None] = {}
    for folder in folders:
        try:
            found = folder.stat()
        except OSError:
            places[folder] = None
        else:
            places[folder] = found.st_dev, found.st_ino
    return places


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

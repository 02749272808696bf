"""Writes the files of a package into its folder: all of them or none, and nothing outside it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from ferrule.diagnostics import Report
from ferrule.forms.files import FileSet
from ferrule.forms.manifest import MANIFEST_NAME, Manifest, ManifestError
from ferrule.forms.source import SourceFile
from ferrule.passes.publish.difference import Difference, compare
from ferrule.passes.publish.lock import BusyError, locked
from ferrule.passes.publish.names import fault_of_name, fault_of_path, twins
from ferrule.passes.publish.standing import (
    Standing,
    edited,
    in_the_way,
    is_same_text,
    read_manifest,
    read_standing,
)
from ferrule.passes.publish.swap import (
    RestoreError,
    make_folders,
    moved_away,
    recover,
    remove_empty,
    replace,
)

__all__ = ["Difference", "Written", "difference", "publish", "restore"]

PATIENCE_SECONDS = 60.0
_NAMED_FILES = 10


class Written(Struct, frozen=True):
    """What a run did: the folder, and the files that it wrote anew and removed, relative to it."""

    folder: Path
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether all was up to date, and nothing was touched."""
        return not (self.changed or self.removed)


def difference(
    files: FileSet, manifest: Manifest, out: Path, *, line_limit: int = 200
) -> Difference:
    """How the package would change if it were published now; `line_limit` caps the unified diff."""
    return compare(_contents(files, manifest), out / manifest.connector, line_limit=line_limit)


def restore(out: Path, report: Report) -> None:
    """Puts back what a killed run has moved away inside `out`, before anything else is done there.

    Each package that is back is a finding.
    """
    try:
        if not moved_away(out):
            return
        with locked(out.resolve(), patience_seconds=PATIENCE_SECONDS):
            for folder in moved_away(out):
                recover(folder)
                message = "the package was put back: a run that was writing it has been killed"
                report.add("output-restored", SourceFile(str(folder), ""), None, message)
    except (BusyError, OSError):
        return  # whoever writes there does the same, or says why it cannot


def publish(
    files: FileSet, manifest: Manifest, out: Path, report: Report, *, force: bool = False
) -> Written | None:
    """Writes a package into the folder named after its connector inside `out`.

    `out` is made if missing. The new folder is made beside the old one and exchanged with it, so
    that whatever fails, the old package stays whole. Files that are not ours are carried over.
    Files of ours that were edited are a finding, and overwritten with `force`. Returns None when a
    finding kept it from writing.
    """
    target = out / manifest.connector
    place = SourceFile(str(target), "")
    if _has_unsafe_names(files, manifest.connector, place, report):
        return None
    made: list[Path] = []
    written: Written | None = None
    try:
        # The user may have named a link; below the folder it leads to there is none.
        made = make_folders(out.resolve())
        with locked(out.resolve(), patience_seconds=PATIENCE_SECONDS):
            publisher = _Publisher(out.resolve() / manifest.connector, place, report, force)
            written = publisher.publish(_contents(files, manifest), manifest)
    except BusyError:
        report.add(
            "output-busy",
            SourceFile(str(out), ""),
            None,
            f"another compile has been writing here for more than {PATIENCE_SECONDS:.0f} seconds",
            help="wait until it has ended, or end it",
        )
    except OSError as error:
        report.add("output-failed", place, None, _failure_text(error), help=_failure_help(error))
    finally:
        if written is None:
            remove_empty(made)
    return written and Written(target, written.changed, written.removed)


def _contents(files: FileSet, manifest: Manifest) -> dict[str, bytes]:
    texts = {**files.files, MANIFEST_NAME: manifest.to_text()}
    return {path: text.encode("utf-8") for path, text in texts.items()}


def _has_unsafe_names(files: FileSet, connector: str, place: SourceFile, report: Report) -> bool:
    faults = [
        f"`{connector}` cannot be a folder's name: {f}" for f in [fault_of_name(connector)] if f
    ]
    unsafe = {path: fault for path in files.files if (fault := fault_of_path(path))}
    faults += [f"{path!a} cannot be a file's name: {fault}" for path, fault in unsafe.items()]
    faults += [
        f"{one!a} and {other!a} are the same place on some file systems"
        for one, other in twins({*files.files, MANIFEST_NAME} - unsafe.keys())
    ]
    for fault in faults:
        report.add("output-name", place, None, fault)
    return bool(faults)


class _Publisher:
    """One run on one package's folder, while the output folder is locked."""

    def __init__(self, target: Path, place: SourceFile, report: Report, force: bool) -> None:
        self.target = target
        self.place = place
        self.report = report
        self.force = force
        self.refusals: list[str] = []

    def publish(self, wanted: dict[str, bytes], manifest: Manifest) -> Written | None:
        for leftover in recover(self.target):
            self._leave(leftover)
        former = self._former(manifest.connector)
        if self.refusals:
            return None
        standing = self._standing(wanted, former)
        overwritten = self._lost(standing, wanted, former)
        if self.refusals:
            return None
        written = _changes(self.target, standing, wanted)
        if not written.is_unchanged:
            self._write(standing, wanted, written)
        if overwritten:
            self.report.add(
                "output-overwritten",
                self.place,
                None,
                f"overwritten because of --force: {_listed(overwritten)}",
            )
        return written

    def _refuse(self, rule: str, message: str, advice: str) -> None:
        self.refusals.append(rule)
        self.report.add(rule, self.place, None, message, help=advice)

    def _leave(self, leftover: Path) -> None:
        self.report.add(
            "output-leftover",
            self.place,
            None,
            f"an older state of this package stands in {leftover.name}",
            help="delete it if you miss nothing",
        )

    def _former(self, connector: str) -> Manifest | None:
        """The manifest that stands there; None for none, and after a refusal."""
        if self.target.is_symlink():
            self._refuse(
                "output-symlink",
                "the package's folder is a symbolic link",
                "remove the link, or name the folder it leads to with -o",
            )
            return None
        if not os.path.lexists(self.target):
            return None
        if not self.target.is_dir():
            self._refuse("output-not-ours", "a file stands here", "move it, or use another -o")
            return None
        if (self.target / MANIFEST_NAME).is_symlink():
            return None  # told with the other links
        try:
            former = read_manifest(self.target)
        except ManifestError as error:
            if not self.force:
                self._refuse(
                    "output-not-ours",
                    f"{MANIFEST_NAME} cannot be used: {error}",
                    "restore it; with --force only files that stand in the way are overwritten",
                )
            return None
        if former is None and any(self.target.iterdir()):
            self._refuse(
                "output-not-ours",
                f"the folder is not empty and has no {MANIFEST_NAME}, so Ferrule did not make it",
                "move it, or use another -o",
            )
        elif former is not None and former.connector != connector:
            self._refuse(
                "output-not-ours",
                f"the folder holds the package of the connector `{former.connector}`",
                "move it, or use another -o",
            )
        return former

    def _standing(self, wanted: dict[str, bytes], former: Manifest | None) -> Standing:
        if not os.path.lexists(self.target):
            return Standing()
        standing = read_standing(self.target, wanted, former.files if former else ())
        if standing.links:
            self._refuse(
                "output-symlink",
                f"symbolic links stand in the place of generated files: {_listed(standing.links)}",
                "remove them",
            )
        if standing.blocked:
            self._refuse(
                "output-in-the-way",
                f"generated files cannot stand beside this: {_listed(standing.blocked)}",
                "move it away",
            )
        return standing

    def _lost(
        self, standing: Standing, wanted: dict[str, bytes], former: Manifest | None
    ) -> list[str]:
        """The files whose content would be lost, each of them a refusal unless forced."""
        changed = edited(standing, wanted, former)
        foreign = in_the_way(standing, wanted, former)
        if changed and not self.force:
            self._refuse(
                "output-edited",
                f"generated files were edited by hand: {_listed(changed)}",
                "--force overwrites them",
            )
        if foreign and not self.force:
            self._refuse(
                "output-in-the-way",
                f"files that Ferrule did not write stand in the way: {_listed(foreign)}",
                "move them away; --force overwrites them",
            )
        return [*changed, *foreign]

    def _write(self, standing: Standing, wanted: dict[str, bytes], written: Written) -> None:
        # A file that says the same keeps its time, and with it the caches that others made of it.
        same = [path for path in wanted if path not in {MANIFEST_NAME, *written.changed}]
        contents = {path: wanted[path] for path in {MANIFEST_NAME, *written.changed}}
        leftover = replace(self.target, contents, [*same, *standing.strangers])
        if leftover is not None:
            self._leave(leftover)


def _changes(target: Path, standing: Standing, wanted: dict[str, bytes]) -> Written:
    changed = [
        path
        for path, content in wanted.items()
        if not is_same_text(standing.contents.get(path, b"\0"), content)
    ]
    removed = [path for path in standing.contents if path not in wanted]
    return Written(target, tuple(sorted(changed)), tuple(sorted(removed)))


def _listed(paths: Iterable[str]) -> str:
    names = sorted(paths)
    more = len(names) - _NAMED_FILES
    return ", ".join(names[:_NAMED_FILES]) + (f" and {more} more" if more > 0 else "")


def _failure_text(error: OSError) -> str:
    reason = error.strerror or str(error)
    where = f" ({error.filename})" if error.filename else ""
    return f"the package could not be written: {reason}{where}"


def _failure_help(error: OSError) -> str | None:
    return None if isinstance(error, RestoreError) else "what stood there before stands there still"

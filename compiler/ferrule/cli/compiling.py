"""A run of `ferrule compile`, once it is known what was asked for.

click is imported where there is something to say: a compile in a build has nothing to.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ferrule import freshness
from ferrule.cli.console import Console
from ferrule.cli.depfile import write_depfile
from ferrule.cli.findings import read_spec, show_findings
from ferrule.cli.progress import RunProgress
from ferrule.cli.specs import STDIN, find_specs
from ferrule.collector import collector_at_rest
from ferrule.configuration import configuration_file

if TYPE_CHECKING:
    from ferrule.diagnostics import Report
    from ferrule.forms.source import SourceFile
    from ferrule.passes.publish import Difference, Written
    from ferrule.pipeline import CompiledPackage


def compile_run(specs: list[str], options: dict[str, str]) -> CompileRun:
    """The run that a plain command line asks for."""
    return CompileRun(
        specs=tuple(specs),
        output=Path(options["output"]),
        only_compare=bool(options["check"]),
        force=bool(options["force"]),
        output_format=options["format"],
        color=options["color"],
    )


class CompileRun(Struct, frozen=True):
    """What was asked for on the command line."""

    specs: tuple[str, ...]
    output: Path
    templates: Path | None = None
    only_compare: bool = False
    force: bool = False
    jobs: int = 1
    depfile: Path | None = None
    output_format: str = "text"
    color: str = "auto"

    def once(self) -> int:
        """Compiles all specs that there are now; gives the exit code."""
        packages, code, shown = self.compile(find_specs(self.specs))
        if packages is not None and code == 0 and STDIN not in self.specs:
            self.remember(packages, shown)
        return code

    @collector_at_rest()
    def compile(self, paths: list[Path]) -> tuple[list[CompiledPackage] | None, int, str]:
        """Compiles specs, and says what there is to say.

        Gives the packages, None if a spec has errors; the exit code; what stdout was given.
        """
        from ferrule.diagnostics import Report, Severity

        console, report = Console(self.color), Report()
        if not self.only_compare:
            from ferrule.pipeline import restore_packages

            restore_packages(self.output, report)
        packages = self._compiled(paths, report)
        if packages is None:
            outcome = "nothing was written"
        elif self.only_compare:
            outcome = _compare(packages, self.output, self.output_format, report, console)
        else:
            outcome = _write(packages, self.output, self.force, report, console)
        told = [finding for finding in report if finding.severity is not Severity.info]
        shown = show_findings(told, self.output_format, console)
        console.notice_if(report.has_errors, outcome)
        if packages is not None and self.depfile is not None and not report.has_errors:
            self._write_depfile(self.depfile, packages)
        return packages, 1 if report.has_errors else 0, shown

    def _compiled(self, paths: list[Path], report: Report) -> list[CompiledPackage] | None:
        from ferrule.pipeline import compile_specs
        from ferrule.workers import cores

        specs = [spec for path in paths if (spec := read_spec(path, report)) is not None]
        sizes = {_name_of(spec): _size_of(spec) for spec in specs}
        with RunProgress(sizes, self.color) as progress:
            packages = compile_specs(
                specs,
                report,
                out=self.output,
                templates=self.templates,
                jobs=self.jobs or cores(),
                on_stage=lambda spec, stage: progress.tell(_name_of(spec), stage),
            )
        return packages if len(specs) == len(paths) else None

    def _write_depfile(self, depfile: Path, packages: list[CompiledPackage]) -> None:
        from ferrule.forms.manifest import MANIFEST_NAME

        inputs = {
            str(self.output / package.manifest.connector / MANIFEST_NAME): [
                source.path for source in package.inputs
            ]
            for package in packages
        }
        try:
            write_depfile(depfile, inputs)
        except OSError as error:
            import click

            raise click.UsageError(f"{depfile} cannot be written: {error.strerror}") from error

    def remember(self, packages: list[CompiledPackage], shown: str) -> None:
        """Leaves word of packages that stand as they should, for the next run."""
        # What own templates and a configuration hold is not among what a record knows of.
        if self.templates is not None or configuration_file() is not None:
            return
        if any(package.may_grow for package in packages):
            return
        from ferrule.forms.manifest import MANIFEST_NAME, text_sha256

        is_coloured = Console(self.color).is_coloured
        freshness.remember(
            freshness.wish(
                self.specs, str(self.output), self.output_format, is_coloured=is_coloured
            ),
            self.specs,
            {each.path: each.text for package in packages for each in package.inputs},
            {
                str(self.output / package.manifest.connector): {
                    **package.manifest.files,
                    MANIFEST_NAME: text_sha256(package.manifest.to_text().encode()),
                }
                for package in packages
            },
            shown,
        )


def _name_of(spec: Path | SourceFile) -> str:
    return str(spec) if isinstance(spec, Path) else spec.path


def _size_of(spec: Path | SourceFile) -> int:
    if not isinstance(spec, Path):
        return len(spec.text)
    try:
        return spec.stat().st_size
    except OSError:
        return 0


def _write(
    packages: list[CompiledPackage], output: Path, force: bool, report: Report, console: Console
) -> str:
    from ferrule.pipeline import write_packages

    written = write_packages(packages, output, report, force=force)
    for one in written:
        console.progress(_written_text(one))
    return f"{len(written)} of {len(packages)} packages written"


def _written_text(written: Written) -> str:
    if written.is_unchanged:
        return f"{written.folder} is up to date"
    removed = f", {len(written.removed)} removed" if written.removed else ""
    return f"{written.folder}: {len(written.changed)} files written{removed}"


def _compare(
    packages: list[CompiledPackage],
    output: Path,
    output_format: str,
    report: Report,
    console: Console,
) -> str:
    from ferrule.pipeline import compare_packages

    out_of_date = compare_packages(packages, output, report)
    for one in out_of_date:
        if output_format == "text":
            console.difference(one.lines)
            console.result(f"{_hidden_text(one)}\n")
    return f"{len(out_of_date)} of {len(packages)} packages out of date"


def _hidden_text(difference: Difference) -> str:
    count = len(difference.hidden_files)
    return f"… and {count} more file{'' if count == 1 else 's'}\n" if count else ""

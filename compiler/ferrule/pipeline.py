"""The passes in their order: from a spec to findings, to a package in memory, to a written one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ferrule import __version__
from ferrule.collector import collector_at_rest
from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile

# The passes and what they need are imported when they are run: a run that stops early is quick.
if TYPE_CHECKING:
    from ferrule.forms.files import FileSet
    from ferrule.forms.hooks import HookFiles
    from ferrule.forms.manifest import Manifest
    from ferrule.forms.package import PackageIR
    from ferrule.forms.spec import ConnectorSpec
    from ferrule.forms.tree import SpecTree
    from ferrule.passes.publish import Difference, Written
    from ferrule.reuse import Polished

Spec = Path | SourceFile
STAGES = ("checking", "writing code", "polishing", "done")


def _unheard(spec: Spec, stage: str) -> None:
    del spec, stage


class CheckedSpec(Struct, frozen=True):
    """A spec without errors, in all the forms that it took."""

    source: SourceFile
    tree: SpecTree
    spec: ConnectorSpec
    package: PackageIR
    hooks: HookFiles


class CompiledPackage(Struct, frozen=True):
    """The polished files of a package, its manifest, and what they were made from.

    `inputs` are all files that were read on the way, the spec itself among them: a package is out
    of date when one of them has changed.
    """

    source: SourceFile
    inputs: tuple[SourceFile, ...]
    tree: SpecTree
    files: FileSet
    manifest: Manifest

    @property
    def may_grow(self) -> bool:
        """Whether files that are made later could belong to its spec too."""
        from ferrule.passes.join import has_globs

        return len(self.inputs) > 1 and has_globs(self.tree)


@collector_at_rest()
def check_spec(spec: Spec, report: Report) -> CheckedSpec | None:
    """Finds all that is wrong with a spec. None if something is.

    Every pass adds all its findings; one with errors is the last.
    """
    own = Report()
    source = spec if isinstance(spec, SourceFile) else SourceFile.read(spec, own)
    tree = None if source is None else _parsed(source, own)
    whole = None if tree is None else _joined(tree, own)
    if tree is None or whole is None:
        report.extend(own)
        return None
    checked = _proven(whole, own)
    from ferrule.diagnostics.suppressions import without_suppressed

    is_complete = checked is not None
    for each in whole.trees:
        told = without_suppressed(own.of(each.source), each, is_complete=is_complete)
        report.extend(told)
    known = [each.source for each in whole.trees]
    report.extend(each for each in own if not any(each.source is one for one in known))
    return checked


def _parsed(source: SourceFile, report: Report) -> SpecTree | None:
    from ferrule.passes.parse import parse

    tree = None if report.has_errors else parse(source, report)
    return None if report.has_errors else tree


def _joined(tree: SpecTree, report: Report, below: tuple[str, ...] = ()) -> SpecTree | None:
    """The spec with the files that it includes and extends; itself where it names none."""
    if "include" not in tree.data and "extends" not in tree.data:
        return tree
    from ferrule.passes.join import join, parts_of

    trail = (*below, tree.source.path)
    found = []
    for part in parts_of(tree, report):
        if str(part.file) in trail:
            circle = " → ".join([*trail[trail.index(str(part.file)) :], str(part.file)])
            message = f"a spec cannot be made from itself: {circle}"
            report.add("include-cycle", tree, tree.value_span(part.path), message)
            continue
        inner = SourceFile.read(part.file, report)
        read = None if inner is None else _parsed(inner, report)
        if read is not None and part.kind == "extends":
            read = _joined(read, report, trail)
        if read is not None:
            found.append((part, read))
    return None if report.has_errors else join(tree, found, report)


def _proven(tree: SpecTree, report: Report) -> CheckedSpec | None:
    from ferrule.passes.check import check

    spec = check(tree, report)
    if spec is None or report.has_errors:
        return None
    from ferrule.passes.hooks import hooks
    from ferrule.passes.resolve import resolve

    found = hooks(spec, tree, report)
    package = None if report.errors else resolve(spec, tree, report, found)
    if package is None or report.errors:
        return None
    return CheckedSpec(tree.source, tree, spec, package, found)


def compile_spec(
    spec: Spec,
    report: Report,
    *,
    out: Path | None = None,
    templates: Path | None = None,
    on_stage: Callable[[str], object] = str,
) -> CompiledPackage | None:
    """Makes a package out of a spec, in memory. None if the spec has errors.

    `out` is where packages are written: modules that stand there as they would be made are taken
    from there. `templates` is a folder of templates that stand before Ferrule's. `on_stage` hears
    each of STAGES but the last when it begins.
    """
    with collector_at_rest():
        on_stage("checking")
        checked = check_spec(spec, report)
        if checked is None:
            return None
        source, tree, package = checked.source, checked.tree, checked.package
        authored = checked.hooks
        # What a big spec takes in memory is given back as soon as it has served.
        del checked
        from ferrule.forms.manifest import Manifest
        from ferrule.reuse import Polished

        inside = package.package
        on_stage("writing code")
        rendered = _rendered(package, templates, report)
        if rendered is None:
            return None
        contract, connector, digest = package.contract, package.connector, package.spec_sha256
        known = None if out is None else Polished(out / connector)
        del package
        on_stage("polishing")
        files = _polished(rendered, known, templates, report)
        if files is None:
            return None
        if known is not None:
            known.keep(files)
        files = files.with_copies(
            {f"{inside}/hooks/{name}.py": each.text for name, each in authored.modules.items()}
        )
        manifest = Manifest.of(
            files,
            contract=contract,
            ferrule=__version__,
            connector=connector,
            spec_sha256=digest,
        )
        inputs = (*(each.source for each in tree.trees), *authored.files.values())
        return CompiledPackage(source, inputs, tree, files, manifest)


def _rendered(package: PackageIR, templates: Path | None, report: Report) -> FileSet | None:
    from ferrule.passes.render import render

    if templates is None:
        return render(package)
    from ferrule.own_templates import rendered

    return rendered(package, templates, report)


def _polished(
    files: FileSet, known: Polished | None, templates: Path | None, report: Report
) -> FileSet | None:
    from ferrule.passes.polish import polish

    make = polish if known is None else partial(polish, known=known.find)
    if templates is None:
        return make(files)
    from ferrule.own_templates import polished

    return polished(files, templates, report, make)


def compile_specs(
    specs: Iterable[Spec],
    report: Report,
    *,
    out: Path | None = None,
    templates: Path | None = None,
    jobs: int = 1,
    on_stage: Callable[[Spec, str], object] = _unheard,
) -> list[CompiledPackage] | None:
    """Makes packages out of specs, in memory. None if any has errors, or two are one connector.

    `jobs` is how many processes share the work. `on_stage` hears how far each spec is, a stage of
    STAGES; in other processes only the last. `out` and `templates` as for one
    spec.
    """
    if templates is not None:
        from ferrule.own_templates import check_templates

        check_templates(templates, report)
        if report.has_errors:
            return None
    each = list(specs)
    if jobs > 1 and len(each) > 1:
        results = _compiled_apart(each, out, templates, jobs, on_stage)
    else:
        results = [_compiled_here(spec, out, templates, on_stage) for spec in each]
    for _, found in results:
        report.extend(found)
    packages = [package for package, _ in results if package is not None]
    has_twins = _has_twins(packages, report)
    return None if has_twins or len(packages) < len(each) else packages


Outcome = tuple["CompiledPackage | None", Report]


def _compiled_here(
    spec: Spec,
    out: Path | None,
    templates: Path | None,
    on_stage: Callable[[Spec, str], object],
) -> Outcome:
    found = Report()
    package = compile_spec(
        spec,
        found,
        out=out,
        templates=templates,
        on_stage=lambda stage: on_stage(spec, stage),
    )
    on_stage(spec, STAGES[-1])
    return package, found


def _compiled_apart(
    specs: list[Spec],
    out: Path | None,
    templates: Path | None,
    jobs: int,
    on_stage: Callable[[Spec, str], object],
) -> list[Outcome]:
    """The same in several processes, the largest specs first."""
    from ferrule.workers import in_processes

    _load_passes()
    order = sorted(range(len(specs)), key=lambda number: -_size(specs[number]))
    made = in_processes(
        partial(_compiled_here, out=out, templates=templates, on_stage=_unheard),
        [specs[number] for number in order],
        jobs,
        on_result=lambda spec: on_stage(spec, STAGES[-1]),
    )
    return [result for _, result in sorted(zip(order, made, strict=True), key=lambda pair: pair[0])]


def _load_passes() -> None:
    """Imports all that a compile needs, so that processes forked from this one have it."""
    from importlib import import_module

    for name in ("parse", "check", "resolve", "render", "polish"):
        import_module(f"ferrule.passes.{name}")


def _size(spec: Spec) -> int:
    if isinstance(spec, SourceFile):
        return len(spec.text)
    try:
        return spec.stat().st_size
    except OSError:
        return 0


def _has_twins(packages: Iterable[CompiledPackage], report: Report) -> bool:
    """Whether two packages would be written into one folder."""
    firsts: dict[str, CompiledPackage] = {}
    found = False
    for package in packages:
        name = package.manifest.connector
        first = firsts.setdefault(name.casefold(), package)
        if first is not package:
            found = True
            report.add(
                "duplicate-connector",
                package.tree,
                package.tree.value_span(("connector",)),
                f"the connector `{name}` is made by another spec too",
                help="name one of them differently, or compile them into different folders",
                notes=(
                    (first.source, first.tree.value_span(("connector",)), "the other one is here"),
                ),
            )
    return found


def restore_packages(out: Path, report: Report) -> None:
    """Puts back the packages inside `out` that a run was writing when it was killed."""
    if out.is_dir():
        from ferrule.passes.publish import restore

        restore(out, report)


def write_packages(
    packages: Iterable[CompiledPackage], out: Path, report: Report, *, force: bool = False
) -> list[Written]:
    """Writes each package into its folder inside `out`, whole or not at all.

    Files that were edited by hand are kept, as a finding, unless `force`. Gives what was written
    or stood there already; a package that could not be written is a finding.
    """
    from ferrule.passes.publish import publish

    results = [
        publish(package.files, package.manifest, out, report, force=force) for package in packages
    ]
    return [result for result in results if result is not None]


def compare_packages(
    packages: Iterable[CompiledPackage], out: Path, report: Report, *, line_limit: int = 200
) -> list[Difference]:
    """What `write_packages` would change; each package that is out of date is a finding.

    `line_limit` caps the unified diff of each.
    """
    from ferrule.passes.publish import difference

    found = []
    for package in packages:
        one = difference(package.files, package.manifest, out, line_limit=line_limit)
        if not one.is_empty:
            found.append(one)
            report.add(
                "out-of-date",
                SourceFile(str(one.folder), ""),
                None,
                f"the package is not what {package.source.path} makes: {one.counts}",
                help=f"run `ferrule compile {package.source.path} -o {out}`",
            )
    return found

"""Lets a user's templates stand before Ferrule's, file by file, and tells what is wrong with them.

What templates see is a contract with a number; `exports.template_contract` writes it down. A
template says in its first line for which number it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ferrule.diagnostics import Report
from ferrule.diagnostics.nearness import near
from ferrule.forms.source import SourceFile, Span
from ferrule.template_files import TEMPLATE_CONTRACT, template_of, templates_folder

if TYPE_CHECKING:
    from ferrule.forms.files import FileSet
    from ferrule.forms.package import PackageIR

_SUFFIX = ".jinja"
_MARK = re.compile(r"\{#-?\s*ferrule templates (\d+)\s*-?#\}")
_LIKE = f"{{# ferrule templates {TEMPLATE_CONTRACT} #}}"


def check_templates(folder: Path, report: Report) -> None:
    """Tells what is wrong with the files of a folder of templates before any is used."""
    if not folder.is_dir():
        nowhere = SourceFile(str(folder), "")
        report.add("template-unknown", nowhere, None, "there is no such folder of templates")
        return
    known = sorted(_names(templates_folder()))
    for name in sorted(_names(folder)):
        source = SourceFile.read(folder / name, report)
        if source is None:
            continue
        if name not in known and not name.startswith("macros/"):
            meant = near(name, known)
            report.add(
                "template-unknown",
                source,
                None,
                f"`{name}` stands for none of Ferrule's templates",
                help=f"did you mean `{meant}`?" if meant else f"there are {', '.join(known)}",
            )
            continue
        _check_contract(source, report)


def _names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob(f"*{_SUFFIX}")]


def _check_contract(source: SourceFile, report: Report) -> None:
    found = _MARK.match(source.text)
    line = Span(0, len(source.line(1)))
    if found is None:
        message = "the template does not say which contract it was written for"
        report.add("template-contract", source, line, message, help=f"begin with `{_LIKE}`")
    elif int(found[1]) != TEMPLATE_CONTRACT:
        message = (
            f"the template was written for contract {found[1]}, and this ferrule has "
            f"{TEMPLATE_CONTRACT}"
        )
        advice = "`python -m ferrule.exports.template_contract` says what templates see now"
        report.add("template-contract", source, line, message, help=advice)


def rendered(package: PackageIR, folder: Path, report: Report) -> FileSet | None:
    """The files of a package as these templates write them; None where one cannot be filled."""
    from ferrule.passes.render import render

    try:
        return render(package, folder)
    except Exception as error:
        if not _tell(error, folder, report):
            raise
        return None


def polished(
    files: FileSet, folder: Path, report: Report, polish: Callable[[FileSet], FileSet]
) -> FileSet | None:
    """The files in their final form; None where a template has written what is no Python."""
    from ferrule.passes.polish import RenderedTextError

    try:
        return polish(files)
    except RenderedTextError as error:
        path = next((path for path in files.files if str(error).startswith(path)), "")
        name = f"{template_of(path)}{_SUFFIX}"
        if not (folder / name).is_file() and not (folder / "macros").is_dir():
            raise
        home = folder / name if (folder / name).is_file() else folder / "macros"
        source = SourceFile.read(home, Report()) or SourceFile(str(home), "")
        message = f"what the template writes cannot stand in a package: {error}"
        report.add("template-fault", source, None, message)
        return None


def _tell(error: Exception, folder: Path, report: Report) -> bool:
    """Tells a fault as a finding about a line of these templates; False if it is elsewhere."""
    import jinja2

    if isinstance(error, jinja2.TemplateSyntaxError):
        place = (error.filename or "", error.lineno)
    else:
        place = ("", 0)
        step = error.__traceback__
        while step is not None:
            place_here = step.tb_frame.f_code.co_filename
            if _is_inside(place_here, folder):
                place = (place_here, step.tb_lineno)
            step = step.tb_next
    if not _is_inside(place[0], folder):
        return False
    inside = Path(place[0]).resolve().relative_to(folder.resolve())
    source = SourceFile.read(folder / inside, Report())
    if source is None:
        return False
    number = min(max(1, place[1]), len(source.line_starts))
    start = source.line_starts[number - 1]
    line = source.line(number)
    span = Span(start + len(line) - len(line.lstrip()), start + len(line))
    report.add("template-fault", source, span, _message(error), help=_advice(error))
    return True


def _is_inside(file: str, folder: Path) -> bool:
    return bool(file) and Path(file).resolve().is_relative_to(folder.resolve())


def _message(error: Exception) -> str:
    from jinja2 import TemplateNotFound, UndefinedError

    if isinstance(error, TemplateNotFound):
        return f"there is no template `{error.name}`"
    if isinstance(error, UndefinedError):
        text = re.sub(r"'ferrule\.forms\.\w+\.(\w+) object'", r"`\1`", error.message or "")
        return text.replace("'", "`")
    return str(error) or type(error).__name__


def _advice(error: Exception) -> str | None:
    from jinja2 import UndefinedError

    if isinstance(error, UndefinedError):
        return "`python -m ferrule.exports.template_contract` lists what there is"
    return None

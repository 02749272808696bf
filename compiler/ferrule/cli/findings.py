"""Shows the findings of a run in the form that was asked for, and reads specs from stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ferrule.cli.console import Console
from ferrule.cli.specs import STDIN
from ferrule.cli.terminal import is_coloured

if TYPE_CHECKING:
    from ferrule.diagnostics import Diagnostic, Report
    from ferrule.forms.source import SourceFile


def show_findings(findings: Iterable[Diagnostic], output_format: str, console: Console) -> str:
    """Writes the findings to stdout; in the forms for programs also when there are none.

    Gives what it has written.
    """
    from ferrule.diagnostics.render.machine import render_github, render_json, render_sarif
    from ferrule.diagnostics.render.text import render_concise, render_text

    found = list(findings)
    if output_format == "text":
        text = render_text(found, console.is_coloured)
        console.result(text)
        if found:
            console.progress(f"`ferrule explain {found[0].rule}` says more about that rule")
        return text and text.removesuffix("\n") + "\n"
    render = {
        "concise": render_concise,
        "json": render_json,
        "github": render_github,
        "sarif": render_sarif,
    }[output_format]
    text = render(found)
    console.result(text)
    return text and text.removesuffix("\n") + "\n"


def tell_findings(findings: Iterable[Diagnostic], console: Console) -> None:
    """Writes the findings to stderr, for verbs that have something else to say on stdout."""
    from ferrule.diagnostics.render.text import render_text

    text = render_text(findings, is_coloured(console.colour, sys.stderr))
    console.notice_if(bool(text), text.removesuffix("\n"))


def read_spec(path: Path, report: Report, stdin_name: str = "<stdin>") -> Path | SourceFile | None:
    """The spec of a path; of `-` what stands on stdin, under the name that findings give it.

    None if stdin holds no text.
    """
    if str(path) != STDIN:
        return path
    from ferrule.forms.source import SourceFile

    return SourceFile.decode(stdin_name, sys.stdin.buffer.read(), report)

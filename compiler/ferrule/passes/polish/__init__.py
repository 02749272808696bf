"""Brings files into their final form: Python as black writes it, LF, a newline at the end.

Most of it is laid out as black would do it; black itself is asked where that is not certain.
"""

from __future__ import annotations

from collections.abc import Callable

from ferrule.forms.files import FileSet
from ferrule.passes.polish.asking import formatted
from ferrule.passes.polish.layout import laid_out
from ferrule.passes.polish.proof import fault_of


class RenderedTextError(Exception):
    """A rendered file cannot stand as it is: a fault of the compiler, never of a spec."""


Known = Callable[[str, str], str | None]


def _nothing(path: str, text: str) -> None:
    del path, text


def polish(files: FileSet, known: Known = _nothing) -> FileSet:
    """The same files in their final form. Python files are what black writes by its own defaults.

    `known` gives what polishing would make of the text of a path, where that is known already.
    Raises RenderedTextError for Python that does not compile and for text that is not Unicode.
    """
    return FileSet(
        {
            path: _known_python(path, text, known) if path.endswith(".py") else _plain(path, text)
            for path, text in files.files.items()
        }
    )


def _known_python(path: str, text: str, known: Known) -> str:
    found = known(path, text)
    return _python(path, text) if found is None else found


def _plain(path: str, text: str) -> str:
    _require_unicode(path, text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if not text or text.endswith("\n") else text + "\n"


def _python(path: str, text: str) -> str:
    _require_unicode(path, text)
    if "\r" in text:
        # Python would read it as the end of a line, and so as the end of a comment.
        raise RenderedTextError(f"{path} holds a raw carriage return")
    certain = laid_out(text)
    polished = _by_black(path, text) if certain is None else certain.text
    fault = None if certain is not None and certain.is_proven else fault_of(path, polished)
    if fault is not None:
        raise RenderedTextError(f"{path} does not compile: {fault}") from fault
    return polished


def _by_black(path: str, text: str) -> str:
    try:
        return formatted(text)
    except ValueError as error:
        raise RenderedTextError(f"{path} cannot be formatted: {error}") from error


def _require_unicode(path: str, text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RenderedTextError(f"{path} holds a lone surrogate ({error})") from error

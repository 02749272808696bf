"""Fragments of Markdown and TOML: no text of a spec can end the place it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ferrule.forms.code import Code
from ferrule.python_text import readable

_BLANKS = re.compile(r"\s+")
# What can begin or end anything in the middle of a line, tables and HTML included.
_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~!$&]")
# What can begin something at the start of a line only.
_OPENING = re.compile(r"([-+=:]|[0-9]+[.)])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_SAFE_LINK = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&*+,;=%-]+")


def _one_line(text: str) -> str:
    return readable(_BLANKS.sub(" ", text).strip())


def markdown(text: str) -> Code:
    """One line of Markdown that reads as the text."""
    line = _MARKS.sub(lambda met: _ENTITIES.get(met[0], f"\\{met[0]}"), _one_line(text))
    opening = _OPENING.match(line)
    if opening is not None:
        line = f"{line[: opening.end() - 1]}\\{line[opening.end() - 1 :]}"
    return Code(line)


def markdown_lines(text: str) -> Code:
    """Paragraphs of Markdown that read as the text, an empty line between them."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return Code("\n\n".join(markdown(part) for part in paragraphs))


def markdown_code(text: str) -> Code:
    """Code inside a line, outside tables."""
    line = _one_line(text)
    fence = "`" * (_longest_run(line) + 1)
    pad = " " if line[:1] == "`" or line[-1:] == "`" else ""
    return Code(f"{fence}{pad}{line}{pad}{fence}")


def markdown_cell(text: str) -> Code:
    """Code inside a line of a table, where a bar would end the cell."""
    return Code(markdown_code(text).replace("|", "\\|"))


def _longest_run(text: str) -> int:
    if "`" not in text:
        return 0
    return max((len(run) for run in re.findall("`+", text)), default=0)


def markdown_link(title: str, address: str) -> Code:
    """A link; the bare text where the address is none that a reader should follow."""
    if _SAFE_LINK.fullmatch(address) is None:
        return markdown(title)
    return Code(f"[{markdown(title)}](<{address}>)")


def markdown_block(code: Code) -> Code:
    """A fenced block of Python."""
    fence = "`" * max(3, _longest_run(code) + 1)
    return Code(f"{fence}python\n{code}\n{fence}")


def toml(value: str | Iterable[str]) -> Code:
    """A TOML string on one line, or a list of them."""
    if isinstance(value, str):
        return Code('"' + "".join(map(_toml_character, value)) + '"')
    return Code("[" + ", ".join(map(toml, value)) + "]")


def _toml_character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if " " <= character <= "~":
        return character
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"  # TOML has no escape for half a character
    if readable(character) == character and character != "\n":
        return character
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"

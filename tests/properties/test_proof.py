"""What is proven to be Python without a compiler is Python, whatever was done to the text."""

from __future__ import annotations

from functools import cache
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from ferrule.diagnostics import Report
from ferrule.passes.polish import layout
from ferrule.passes.polish.fragments import UncertainError
from ferrule.passes.polish.layout import laid_out
from ferrule.passes.polish.proof import fault_of
from ferrule.passes.render import render
from ferrule.pipeline import check_spec
from tests.services.real import REPOSITORY

WORDS = (
    *("x", "self", "return", "await", "class", "def", "None", "True", "import", "else:", "lambda"),
    *("(", ")", "[", "]", "{", "}", ",", ":", "=", " = ", "*", "**", ".", "->", "|", "@", "#"),
    *('"', "'", '"""', "\\", "\\d", "\\x", '"a"', "0", "01", "1e5", "    ", "  ", "é", "²", "ß"),
    *("pass", "...", "x=", ", *", ", /", "async ", "from __future__ import annotations"),
)


@cache
def modules() -> list[list[str]]:
    """The modules of the smaller packages, before they are laid out."""
    found = []
    for name in ("httpbin", "slack", "kinto"):
        checked = check_spec(REPOSITORY / "specs" / f"{name}.yaml", Report())
        assert checked is not None
        found += [
            text.split("\n")
            for path, text in render(checked.package).files.items()
            if path.endswith(".py") and text
        ]
    return found


@st.composite
def harmed(draw: st.DrawFn) -> str:
    """A module of which some lines are gone, moved, doubled, moved in or out, or have a word more,
    or one less."""
    lines = list(draw(st.sampled_from(modules())))
    for _ in range(draw(st.integers(0, 3))):
        number = draw(st.integers(0, len(lines) - 1))
        line = lines[number]
        match draw(st.sampled_from(["cut", "move", "double", "in", "out", "word", "less", "swap"])):
            case "cut":
                lines[number : number + 1] = [""] if len(lines) == 1 else []
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(number))
            case "double":
                lines.insert(number, line)
            case "in":
                lines[number] = f"    {line}"
            case "out":
                lines[number] = line.removeprefix("    ")
            case "word":
                at = draw(st.integers(0, len(line)))
                lines[number] = line[:at] + draw(st.sampled_from(WORDS)) + line[at:]
            case "less":
                at = draw(st.integers(0, len(line)))
                lines[number] = line[:at] + line[at + draw(st.integers(1, 6)) :]
            case _:
                words = line.split(" ")
                lines[number] = " ".join(draw(st.permutations(words[:8]))) + " ".join(words[8:])
    return "\n".join(lines)


@given(harmed())
def test_what_is_proven_compiles(text: str) -> None:
    with patch.object(layout, "formatted_alone", side_effect=UncertainError):
        found = laid_out(text)
    if found is not None and found.is_proven:
        assert fault_of("a.py", found.text) is None


def test_most_modules_are_proven() -> None:
    found = [laid_out("\n".join(lines)) for lines in modules()]
    proven = sum(each is not None and each.is_proven for each in found)
    assert proven > len(found) * 0.8

"""Reads the blocks of code out of the pages."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.services.real import REPOSITORY

PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(?P<kind>[a-z]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code, with the page and line where it begins."""

    page: Path
    line: int
    kind: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(*kinds: str, pages: list[Path] = PAGES) -> list[Block]:
    """The blocks of these kinds, in their order."""
    found = []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for match in _BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(Block(page, line, match["kind"], match["text"]))
    return [block for block in found if block.kind in kinds]


def commands(block: Block) -> list[str]:
    """The commands of a console: its lines that begin with a dollar."""
    return [line[2:] for line in block.text.splitlines() if line.startswith("$ ")]

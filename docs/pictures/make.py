"""Records what ferrule prints on a terminal as pictures: `make docs` runs it."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from docs.pictures.stories import STORIES

HERE = Path(__file__).parent
WIDTH = 116
# Fonts are the reader's own: a picture fetches nothing.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\n|<!--.*?-->\n?", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
NORMAL = ("#181a1f", "#f06262", "#7cc274", "#e5b454", "#689ef0", "#c686e6", "#5cbec8", "#d6dae2")
BRIGHT = ("#6e7480", "#ff7a7a", "#96d78c", "#f5cd6e", "#82b4ff", "#d7a0f5", "#78d4dc", "#ffffff")


def _colour(text: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(text[1:])
    return red, green, blue


THEME = TerminalTheme(
    _colour(NORMAL[0]), _colour(NORMAL[7]), [*map(_colour, NORMAL)], [*map(_colour, BRIGHT)]
)


def recorded(name: str) -> str:
    """The picture of a story as SVG: its commands, and what they print."""
    console = Console(
        file=io.StringIO(), record=True, width=WIDTH, force_terminal=True, color_system="truecolor"
    )
    for number, (command, printed) in enumerate(_runs(name)):
        if number:
            console.print()
        console.print(Text.assemble(("$ ", "bold green"), (command, "bold")), highlight=False)
        console.print(Text.from_ansi(printed.rstrip("\n")), highlight=False, soft_wrap=True)
    return console.export_svg(
        title="ferrule", theme=THEME, code_format=FORMAT, unique_id=f"ferrule-{name}"
    )


def _runs(name: str) -> Iterator[tuple[str, str]]:
    files, commands = STORIES[name]
    kept = {key: os.environ[key] for key in ("PATH", "PYTHONPATH") if key in os.environ}
    with TemporaryDirectory() as folder:
        for file, text in files.items():
            Path(folder, file).write_text(text, encoding="utf-8")
        for words in commands:
            done = subprocess.run(
                [sys.executable, "-m", "ferrule", *words, "--color", "always"],
                cwd=folder,
                env={**kept, "COLUMNS": str(WIDTH), "HOME": folder},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            yield f"ferrule {shlex.join(words)}", done.stdout


def main() -> None:
    """Writes every picture."""
    for name in STORIES:
        (HERE / f"{name}.svg").write_text(recorded(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

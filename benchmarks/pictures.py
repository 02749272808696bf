"""Draws what was measured as SVG: `python -m benchmarks.pictures` makes benchmarks/pictures/*.svg.

Each picture says when and on what its figures were measured.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.figures import kept

FOLDER = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 48, 78
INK, FAINT, PAPER = "#24292f", "#d0d7de", "#ffffff"
COLOURS = ("#0969da", "#bc4c00", "#6e7781", "#1a7f37")


@dataclass(frozen=True)
class Line:
    """Points of one thing that was measured, by number of actions."""

    name: str
    points: Sequence[tuple[float, float]]


def text(x: float, y: float, words: str, *, size: int = 12, anchor: str = "start") -> str:
    """Words at a place."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def framed(title: str, told: dict[str, Any], parts: Sequence[str]) -> str:
    """A whole picture."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
            f'     font-family="system-ui, sans-serif" fill="{INK}" role="img">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
            text(16, 26, title, size=15),
            *parts,
            text(16, HEIGHT - 12, f"Measured on {told['when']}: {told['machine']}", size=10),
            "</svg>",
            "",
        ]
    )


def lines_picture(title: str, told: dict[str, Any], lines: Sequence[Line], unit: str) -> str:
    """Lines over the number of actions; both axes by powers of ten."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    low_x, high_x = math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs)))
    low_y, high_y = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))

    def across(x: float) -> float:
        return LEFT + (math.log10(x) - low_x) / (high_x - low_x) * (WIDTH - LEFT - RIGHT)

    def down(y: float) -> float:
        share = (math.log10(y) - low_y) / (high_y - low_y)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = []
    for power in range(low_y, high_y + 1):
        y = down(10.0**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{FAINT}"/>')
        parts.append(text(LEFT - 8, y + 4, f"{10.0**power:g} {unit}", anchor="end"))
    for power in range(low_x, high_x + 1):
        x = across(10.0**power)
        parts.append(text(x, HEIGHT - BOTTOM + 20, f"{10**power:,}", anchor="middle"))
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    parts.append(text(middle, HEIGHT - BOTTOM + 40, "actions", anchor="middle"))
    for colour, line in zip(COLOURS, lines, strict=False):
        places = [(across(x), down(y)) for x, y in line.points]
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        parts.append(f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        x, y = places[-1]
        parts.append(f'<g fill="{colour}">{text(x + 8, y + 4, line.name)}</g>')
    return framed(title, told, parts)


def bars_picture(
    title: str, told: dict[str, Any], groups: Sequence[tuple[str, Sequence[tuple[str, float]]]]
) -> str:
    """Groups of bars, each with its name and its value."""
    count = sum(len(bars) for _, bars in groups) + len(groups)
    step = (HEIGHT - TOP - 40) / count
    largest = max(value for _, bars in groups for _, value in bars)
    parts, y = [], float(TOP)
    for name, bars in groups:
        parts.append(text(16, y + step * 0.75, name, size=12))
        y += step
        for colour, (what, value) in zip(COLOURS, bars, strict=False):
            long = max(value / largest * (WIDTH - 330), 1.0)
            parts.append(text(190, y + step * 0.7, what, size=11, anchor="end"))
            parts.append(
                f'<rect x="200" y="{y + step * 0.15:.1f}" width="{long:.1f}" '
                f'height="{step * 0.7:.1f}" fill="{colour}"/>'
            )
            parts.append(text(206 + long, y + step * 0.7, f"{value:g}", size=11))
            y += step
    return framed(title, told, parts)


def growth(told: dict[str, Any]) -> str:
    """Compile time by number of actions."""
    names = [name for name in told["rows"][0] if name != "actions"]
    lines = [
        Line(name, [(row["actions"], row[name]) for row in told["rows"] if row.get(name)])
        for name in names
    ]
    return lines_picture("Compile: CPU seconds by number of actions", told, lines, "s")


def importing(told: dict[str, Any]) -> str:
    """Import by the size of a package."""
    names = [name for name in told["rows"][0] if name != "actions"]
    lines = [Line(name, [(row["actions"], row[name]) for row in told["rows"]]) for name in names]
    return lines_picture("Import: CPU milliseconds by number of actions", told, lines, "ms")


def calling(told: dict[str, Any]) -> str:
    """What a call costs."""
    groups = [
        (row["what"], [(k, v) for k, v in row.items() if k != "what"]) for row in told["rows"]
    ]
    return bars_picture("One call: CPU microseconds of the client's process", told, groups)


PICTURES: dict[str, Callable[[dict[str, Any]], str]] = {
    "growth": growth,
    "importing": importing,
    "calling": calling,
}


def main() -> None:
    """Draw every picture whose figures there are."""
    FOLDER.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        told = kept(name)
        if told is None:
            print(f"{name}: nothing was measured yet")
            continue
        (FOLDER / f"{name}.svg").write_text(draw(told), encoding="utf-8")
        print(f"benchmarks/pictures/{name}.svg")


if __name__ == "__main__":
    main()

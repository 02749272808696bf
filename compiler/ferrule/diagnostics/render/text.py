"""Shows findings to people: the place, the line with a caret, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ferrule.diagnostics.findings import Diagnostic
from ferrule.diagnostics.render.visible import visible, visible_char, width
from ferrule.diagnostics.rules import Severity
from ferrule.forms.source import SourceFile, Span

# More than that from one file is not read by anybody; how many are left out is told.
MOST_SHOWN_IN_A_FILE = 100
_WIDEST_LINE = 100
# How much of a long line is kept in front of what the caret points at.
_LEAD = 40
_MOST_UNDERLINED_LINES = 3

SEVERITY_WORDS = {Severity.error: "error", Severity.warning: "warning", Severity.info: "note"}
_COLORS = {
    Severity.error: "\x1b[1;31m",
    Severity.warning: "\x1b[1;33m",
    Severity.info: "\x1b[1;36m",
}
_BOLD, _FAINT, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def render_text(findings: Iterable[Diagnostic], color: bool = False) -> str:
    """Every finding with its line, and a summary. `color` adds the codes of terminals."""
    found = list(findings)
    if not found:
        return ""
    paint = _Paint(color)
    parts = [_full(finding, paint) for finding in _shown(found)]
    counts = Counter(finding.path or "" for finding in found)
    for path, count in counts.items():
        if count > MOST_SHOWN_IN_A_FILE:
            more = _counted(count - MOST_SHOWN_IN_A_FILE, "more finding")
            parts.append(f"{visible(path)}: {more} not shown here\n")
    return "\n".join([*parts, summary(found) + "\n"])


def render_concise(findings: Iterable[Diagnostic]) -> str:
    """One line a finding: `path:line:column: severity[rule]: message (help)`."""
    lines = []
    for finding in findings:
        help_text = f" ({visible(finding.help)})" if finding.help else ""
        place = _place_text(finding.source, finding.span)
        lines.append(f"{place}{': ' if place else ''}{_headline(finding)}{help_text}\n")
    return "".join(lines)


def summary(findings: Iterable[Diagnostic]) -> str:
    """How many of each severity, in how many files: `3 errors, 1 warning in 1 file`."""
    found = list(findings)
    counts = Counter(finding.severity for finding in found)
    parts = [
        _counted(counts[severity], word)
        for severity, word in SEVERITY_WORDS.items()
        if counts[severity]
    ]
    files = {finding.path for finding in found} - {None}
    where = f" in {_counted(len(files), 'file')}" if files else ""
    return (", ".join(parts) or "no findings") + where


class _Paint(Struct, frozen=True):
    is_on: bool

    def __call__(self, text: str, code: str) -> str:
        return f"{code}{text}{_RESET}" if self.is_on and text else text


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _shown(findings: list[Diagnostic]) -> Iterator[Diagnostic]:
    counts: Counter[str | None] = Counter()
    for finding in findings:
        counts[finding.path] += 1
        if counts[finding.path] <= MOST_SHOWN_IN_A_FILE:
            yield finding


def _place_text(source: SourceFile | None, span: Span | None) -> str:
    if source is None:
        return ""
    if span is None:
        return visible(source.path)
    line, column = source.position(span.start)
    return f"{visible(source.path)}:{line}:{column}"


def _headline(finding: Diagnostic) -> str:
    return f"{SEVERITY_WORDS[finding.severity]}[{finding.rule}]: {visible(finding.message)}"


def _full(finding: Diagnostic, paint: _Paint) -> str:
    color = _COLORS[finding.severity]
    place = _place_text(finding.source, finding.span)
    kind = f"{SEVERITY_WORDS[finding.severity]}[{finding.rule}]"
    head = f"{paint(place, _BOLD)}{'  ' if place else ''}{paint(kind, color)}"
    lines = [f"{head}: {visible(finding.message)}"]
    beside, below = finding.label, finding.help
    if not beside:
        beside, below = finding.help, None
    gutter = 5
    if finding.source is not None and finding.span is not None:
        gutter = max(gutter, len(str(finding.source.position(finding.span.end)[0])))
        snippet = _Snippet(finding.source, finding.span, gutter, paint, color)
        lines.extend(snippet.lines(visible(beside or "")))
    elif beside:
        below = f"{beside}; {below}" if below else beside
    if below:
        lines.append(f"{'':{gutter}} {paint('=', _FAINT)} {visible(below)}")
    for source, span, message in finding.notes:
        lines.extend(_note(source, span, message, gutter, paint))
    return "\n".join(lines) + "\n"


def _note(
    source: SourceFile | None, span: Span | None, message: str, gutter: int, paint: _Paint
) -> Iterator[str]:
    place = _place_text(source, span)
    yield f"{'':{gutter}} {paint('=', _FAINT)} {place}{': ' if place else ''}{visible(message)}"
    if source is not None and span is not None:
        color = _COLORS[Severity.info]
        yield from _Snippet(source, span, gutter, paint, color, has_line_above=False).lines("")


class _Snippet(Struct, frozen=True):
    """The lines of a span, underlined, under the line that stands above them."""

    source: SourceFile
    span: Span
    gutter: int
    paint: _Paint
    color: str
    has_line_above: bool = True

    def lines(self, beside: str) -> Iterator[str]:
        first, column = self.source.position(self.span.start)
        last, end_column = self.source.position(self.span.end)
        if last > first and end_column == 1:
            # The span ends with the break of the line before.
            last, end_column = last - 1, len(self.source.line(last - 1)) + 1
        if self.has_line_above and first > 1 and self.source.line(first - 1).strip():
            yield self._shown(first - 1, _cut(self.source.line(first - 1), 0, 0)[0])
        for number in range(first, min(last, first + _MOST_UNDERLINED_LINES - 1) + 1):
            line = self.source.line(number)
            start = column - 1 if number == first else len(line) - len(line.lstrip())
            end = end_column - 1 if number == last else len(line)
            yield from self._underlined(number, line, (start, end), beside)
            beside = ""
        if last >= first + _MOST_UNDERLINED_LINES:
            yield f"{'...':>{self.gutter}} {self.paint('|', _FAINT)}"

    def _underlined(
        self, number: int, line: str, part: tuple[int, int], beside: str
    ) -> Iterator[str]:
        shown, before, carets = _cut(line, *part)
        yield self._shown(number, shown)
        is_too_wide = before + carets + 1 + width(beside) > _WIDEST_LINE
        marks = " " * before + self.paint("^" * carets, self.color)
        blank = f"{'':{self.gutter}}"
        if beside and not is_too_wide:
            marks = f"{marks} {beside}"
        yield f"{blank} {self.paint('|', _FAINT)} {marks}"
        if beside and is_too_wide:
            yield f"{blank} {self.paint('=', _FAINT)} {beside}"

    def _shown(self, number: int, text: str) -> str:
        bar = self.paint("|", _FAINT)
        return f"{self.paint(f'{number:>{self.gutter}}', _FAINT)} {bar} {text}".rstrip()


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """A line as it is shown, the columns in front of `start`, and how many to underline.

    A long line is cut to what is around `start`; dots stand for what is left out.
    """
    # Nothing farther away is shown, and a line may be as long as the file.
    left_out = max(0, min(start, len(line)) - 2 * _WIDEST_LINE)
    rest_of_line = line[left_out:]
    start, end = min(start - left_out, len(rest_of_line)), end - left_out
    cells = [visible_char(char) for char in rest_of_line[: start + _WIDEST_LINE]]
    first = _first_shown(cells, start)
    dots = "…" if left_out or first else ""
    before = width(dots) + width("".join(cells[first:start]))
    taken, last = before, start
    while last < len(cells) and taken + width(cells[last]) <= _WIDEST_LINE:
        taken += width(cells[last])
        last += 1
    underlined = width("".join(cells[start : min(end, last)]))
    rest = "…" if last < len(rest_of_line) else ""
    return dots + "".join(cells[first:last]) + rest, before, max(1, underlined)


def _first_shown(cells: list[str], start: int) -> int:
    """The first character that is shown, so that `start` and something behind it has room."""
    is_short = width("".join(cells)) <= _WIDEST_LINE
    if is_short or width("".join(cells[:start])) <= _WIDEST_LINE - _LEAD:
        return 0
    first, room = start, _LEAD
    while first and width(cells[first - 1]) <= room:
        first -= 1
        room -= width(cells[first])
    return first

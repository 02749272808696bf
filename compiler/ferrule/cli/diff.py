"""`ferrule diff`: says what changed for callers, and which version follows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from ferrule.cli.completion import complete_specs
from ferrule.cli.console import Console
from ferrule.cli.findings import tell_findings
from ferrule.cli.verb import Verb

if TYPE_CHECKING:
    from ferrule.comparing import Change, Grade
    from ferrule.pipeline import CheckedSpec

_COLOURS = {"breaking": "red", "additive": "green", "internal": "cyan"}

NOTES = (
    (
        "breaking: callers must change something. additive: there is something new. internal: "
        "callers see nothing. From 1.0.0 on these are a major, a minor and a patch step; before "
        "it a minor step and patches."
    ),
)


class Compared(Struct, frozen=True):
    """Two versions of one spec, and what is between them."""

    old: CheckedSpec
    new: CheckedSpec
    changes: list[Change]

    @property
    def grade(self) -> Grade | None:
        """The gravest grade of all changes."""
        from ferrule.comparing.changes import grade_of

        return grade_of(self.changes)

    @property
    def needed(self) -> str:
        """The least version that the new spec may have."""
        from ferrule.comparing.changes import next_version, version_of, version_text

        return version_text(next_version(version_of(self.old.spec.version), self.grade))

    @property
    def is_enough(self) -> bool:
        """Whether the version of the new spec is that far."""
        from ferrule.comparing.changes import version_of

        return version_of(self.new.spec.version) >= version_of(self.needed)


@click.command(
    cls=Verb,
    examples=(
        ("ferrule diff old.yaml new.yaml", "two files"),
        ("ferrule diff main:specs/acme.yaml specs/acme.yaml", "against a revision of git"),
        ("ferrule diff main: specs/*.yaml", "several files, each against itself at main"),
        ("ferrule diff v1.2: specs/acme.yaml --format json", "for a program"),
    ),
    notes=NOTES,
    exit_codes=(
        (0, "the version in NEW is far enough"),
        (1, "it is too small a step, or a spec has errors"),
        (2, "wrong usage"),
    ),
)
@click.argument("old", shell_complete=complete_specs)
@click.argument("new", nargs=-1, required=True, metavar="NEW...", shell_complete=complete_specs)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the changes are written.",
)
def command(old: str, new: tuple[str, ...], form: str, color: str) -> int:
    """Say what changed for callers between OLD and NEW, and which version follows.

    Each is a file, or REVISION:PATH of git; `REVISION:` alone means the path of NEW there.
    """
    if len(new) > 1 and (not old.endswith(":") or Path(old).exists()):
        raise click.UsageError("for several files OLD is a revision: `ferrule diff main: specs/*`")
    console = Console(color)
    found: list[Compared] = []
    has_errors = False
    for word in new:
        compared = _compared(old, word, console)
        has_errors |= compared is None
        if isinstance(compared, Compared):
            found.append(compared)
    if form == "json":
        console.result(json.dumps({"format": 1, "specs": list(map(_json, found))}, indent=2))
    else:
        console.result("\n\n".join(_text(each, console) for each in found))
    return 1 if has_errors or not all(each.is_enough for each in found) else 0


def _compared(old: str, new: str, console: Console) -> Compared | bool | None:
    """None where a spec has errors; True for a spec that is new."""
    from ferrule.cli.revisions import NotThereError, read_revision
    from ferrule.comparing import compared
    from ferrule.diagnostics import Report
    from ferrule.pipeline import check_spec

    checked: list[CheckedSpec] = []
    for word, same in ((old, new), (new, None)):
        report = Report()
        try:
            source = read_revision(word, report, same)
        except NotThereError as error:
            if word == new or not old.endswith(":"):
                raise click.UsageError(str(error)) from None
            console.notice(f"{new} is new: {error}")
            return True
        spec = None if source is None else check_spec(source, report)
        if spec is None:
            tell_findings(report.errors, console)
            return None
        checked.append(spec)
    before, after = checked
    return Compared(before, after, compared(before, after))


def _text(each: Compared, console: Console) -> str:
    lines = [_headline(each)]
    for change in each.changes:
        grade = f"{change.grade.name:8}"
        if console.is_coloured:
            grade = click.style(grade, fg=_COLOURS[change.grade.name], bold=True)
        place = change.position
        at = "" if place is None or change.source is None else f"{change.source.path}:{place[0]}"
        lines.append(f"  {grade}  {change.where}: {change.message}" + (f"  ({at})" if at else ""))
        if change.advice:
            lines.append(f"{'':12}{change.advice}")
    return "\n".join(lines)


def _headline(each: Compared) -> str:
    was, now = each.old.spec.version, each.new.spec.version
    counts = Counter(change.grade.name for change in each.changes)
    told = ", ".join(f"{counts[name]} {name}" for name in _COLOURS if counts[name])
    versions = was if was == now else f"{was} → {now}"
    verdict = "" if each.is_enough else f"; the version must be {each.needed} at least"
    return f"{each.new.source.path} {versions}: {told or 'nothing changed'}{verdict}"


def _json(each: Compared) -> dict[str, Any]:
    return {
        "old": {"path": each.old.source.path, "version": each.old.spec.version},
        "new": {"path": each.new.source.path, "version": each.new.spec.version},
        "grade": None if each.grade is None else each.grade.name,
        "next_version": each.needed,
        "is_enough": each.is_enough,
        "changes": list(map(dict, map(_json_change, each.changes))),
    }


def _json_change(change: Change) -> Iterator[tuple[str, Any]]:
    place = change.position or (None, None)
    yield "grade", change.grade.name
    yield "where", change.where
    yield "message", change.message
    yield "advice", change.advice or None
    yield "path", None if change.source is None or change.span is None else change.source.path
    yield "line", place[0]
    yield "column", place[1]

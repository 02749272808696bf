"""A change between two versions of a spec, its grade, and the version that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from msgspec import Struct

from ferrule.forms.source import SourceFile, Span

Version = tuple[int, int, int]


class Grade(Enum):
    """What a change means for callers: nothing, something new, or that they must change."""

    internal = 1
    additive = 2
    breaking = 3


class Change(Struct, frozen=True):
    """One change. `where` is what callers call it, `advice` what they must do about it."""

    grade: Grade
    where: str
    message: str
    advice: str = ""
    source: SourceFile | None = None
    span: Span | None = None

    @property
    def position(self) -> tuple[int, int] | None:
        """The line and the column, both from 1."""
        if self.source is None or self.span is None:
            return None
        return self.source.position(self.span.start)


def version_of(text: str) -> Version:
    """The parts of a version that the check pass has let through."""
    major, minor, patch = (int(part) for part in text.split("."))
    return major, minor, patch


def version_text(version: Version) -> str:
    """`1.2.0`."""
    return ".".join(map(str, version))


def grade_of(changes: Iterable[Change]) -> Grade | None:
    """The gravest grade, None where nothing changed."""
    grades = [change.grade for change in changes]
    return max(grades, key=lambda grade: grade.value, default=None)


def next_version(old: Version, grade: Grade | None) -> Version:
    """The version after a change of this grade.

    Before 1.0.0 a breaking change is a minor step, any other a patch, as package managers expect.
    """
    major, minor, patch = old
    if grade is None:
        return old
    step = grade.value - (major == 0)
    if step >= Grade.breaking.value:
        return major + 1, 0, 0
    if step == Grade.additive.value:
        return major, minor + 1, 0
    return major, minor, patch + 1

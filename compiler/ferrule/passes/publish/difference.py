"""Says how a package in memory differs from the one in its folder, file by file, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from typing import Literal

from msgspec import Struct

from ferrule.forms.manifest import MANIFEST_NAME, Manifest, ManifestError
from ferrule.passes.publish.standing import is_same_text, read_manifest, read_standing

_CONTEXT_LINES = 3
_WINDOW_LINES = 2000

_Step = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


class Difference(Struct, frozen=True):
    """Which files a compile would write, change and remove, and a unified diff of the first.

    `lines` has no line ends; `hidden_files` are the files that it leaves out for being too long.
    """

    folder: Path
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    stale: tuple[str, ...]
    lines: tuple[str, ...]
    hidden_files: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the folder is up to date."""
        return not (self.missing or self.changed or self.stale)

    @property
    def counts(self) -> str:
        """The difference in a few words: `2 files to change, 1 to add`."""
        groups = ((self.changed, "to change"), (self.missing, "to add"), (self.stale, "to remove"))
        parts = [f"{len(paths)} {what}" for paths, what in groups if paths]
        number, _, rest = parts[0].partition(" ")
        parts[0] = f"{number} file{'' if number == '1' else 's'} {rest}"
        return ", ".join(parts)


def compare(contents: dict[str, bytes], folder: Path, *, line_limit: int = 200) -> Difference:
    """Compares the files that a compile would write with what stands in the package's folder.

    `line_limit` caps the lines of the unified diff. Files that are not ours do not matter.
    """
    manifest = _manifest(folder)
    owned = manifest.files if manifest else {}
    standing = read_standing(folder, contents, owned).contents if folder.is_dir() else {}
    missing = tuple(path for path in sorted(contents) if path not in standing)
    changed = tuple(
        path
        for path in sorted(contents)
        if path in standing and not is_same_text(standing[path], contents[path])
    )
    stale = tuple(path for path in sorted(standing) if path not in contents)
    lines, hidden = _capped(folder, standing, contents, (changed, missing, stale), line_limit)
    return Difference(folder, missing, changed, stale, lines, hidden)


def _manifest(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except (ManifestError, OSError):
        return None


def _capped(
    folder: Path,
    old: dict[str, bytes],
    new: dict[str, bytes],
    groups: tuple[tuple[str, ...], ...],
    line_limit: int,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    paths = sorted(path for group in groups for path in group)
    if len(paths) > 1:
        # The manifest differs whenever anything does, and says nothing more about it.
        paths = [path for path in paths if path != MANIFEST_NAME]
    lines: list[str] = []
    hidden: list[str] = []
    for path in paths:
        room = line_limit - len(lines)
        if room <= 0:
            hidden.append(path)
            continue
        shown = list(islice(_file_lines(folder, path, old.get(path), new.get(path)), room + 1))
        if len(shown) > room:
            shown[room:] = [f"… more lines of {path}"]
        lines += shown
    return tuple(lines), tuple(hidden)


def _file_lines(folder: Path, path: str, old: bytes | None, new: bytes | None) -> Iterator[str]:
    name = (folder / path).as_posix()
    yield f"--- {name if old is not None else '/dev/null'}"
    yield f"+++ {name if new is not None else '/dev/null'}"
    yield from _hunks(_lines(old), _lines(new))


def _lines(content: bytes | None) -> list[str]:
    text = (content or b"").decode("utf-8", "backslashreplace")
    return text.replace("\r\n", "\n").split("\n")[: -1 if text.endswith("\n") or not text else None]


def _hunks(old: list[str], new: list[str]) -> Iterator[str]:
    """Unified hunks. What is alike at both ends is cut first: the comparison is quadratic."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    cut_old, cut_new = old[head:old_end][:_WINDOW_LINES], new[head:new_end][:_WINDOW_LINES]
    changes = SequenceMatcher(None, cut_old, cut_new, autojunk=False).get_opcodes()
    steps: list[_Step] = [
        ("equal", 0, head, 0, head),
        *((tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in changes),
    ]
    is_whole = len(cut_old) == old_end - head and len(cut_new) == new_end - head
    if is_whole:
        steps.append(("equal", old_end, len(old), new_end, len(new)))
    for group in _Known(steps).get_grouped_opcodes(_CONTEXT_LINES):
        yield from _hunk(group, old, new)
    if not is_whole:
        yield "…"


class _Known(SequenceMatcher[str]):
    """Steps that are known already, to be put into groups."""

    def __init__(self, steps: list[_Step]) -> None:
        super().__init__()
        self.steps = steps

    def get_opcodes(self) -> list[_Step]:
        return self.steps


def _hunk(
    group: Iterable[tuple[str, int, int, int, int]], old: list[str], new: list[str]
) -> Iterator[str]:
    steps = list(group)
    (_, old_start, _, new_start, _), (_, _, old_end, _, new_end) = steps[0], steps[-1]
    yield f"@@ -{_range(old_start, old_end)} +{_range(new_start, new_end)} @@"
    for tag, a, b, c, d in steps:
        if tag == "equal":
            yield from (f" {line}" for line in old[a:b])
        else:
            yield from (f"-{line}" for line in old[a:b])
            yield from (f"+{line}" for line in new[c:d])


def _range(start: int, end: int) -> str:
    length = end - start
    first = start + 1 if length else start
    return str(first) if length == 1 else f"{first},{length}"


def _common(one: list[str], other: list[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))

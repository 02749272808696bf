"""Cuts what is wrong by itself out of the values of a spec, so that the rest can be checked."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from ferrule.forms.tree import Path

_WHOLE = {"ferrule": 1, "connector": "connector", "version": "0.0.0"}
_APART = ("rules",)
"""Lists whose entries say something each for itself: one is cut out, and the others stay."""


class Cutting(Struct):
    """The values of a spec, less and less of them.

    `cut` are the paths of what is gone, as the text has them. `left` has for each list of which
    entries are gone the numbers that those have in the text which stayed.
    """

    data: dict[str, Any]
    cut: list[Path] = []
    left: dict[Path, list[int]] = field(default_factory=dict)

    def cut_out(self, paths: list[Path]) -> None:
        """Cut these places of the data, or what is around them and can be cut."""
        known = dict.fromkeys(self._existing(path) for path in paths)
        self.cut.extend(map(self._in_text, known))
        entries = [path for path in known if isinstance(path[-1], int)]
        for path in known:
            if not isinstance(path[-1], int):
                self._remove_key(path)
        # From the last entry to the first, so that the numbers of the others stay.
        for path in sorted(entries, key=lambda each: int(each[-1]), reverse=True):
            self._remove_entry(path)

    def _existing(self, path: Path) -> Path:
        """The longest beginning of the path that can be cut. Other lists are cut whole: so the
        numbers of the entries that are left in them are always those of the text."""
        known: list[str | int] = []
        data: Any = self.data
        for part in path:
            is_key = isinstance(data, dict) and isinstance(part, str) and part in data
            is_entry = isinstance(data, list) and isinstance(part, int) and part < len(data)
            if not is_key and not (is_entry and known[-1] in _APART):
                break
            data = data[part]
            known.append(part)
        return tuple(known) or path[:1]

    def _in_text(self, path: Path) -> Path:
        return path_in_text(path, self.left)

    def _remove_key(self, path: Path) -> None:
        if len(path) == 1 and path[0] in _WHOLE:
            self.data[str(path[0])] = _WHOLE[str(path[0])]
            return
        around = self._at(path[:-1])
        if isinstance(around, dict):
            around.pop(str(path[-1]), None)

    def _remove_entry(self, path: Path) -> None:
        around, number = self._at(path[:-1]), int(path[-1])
        if isinstance(around, list):
            numbers = self.left.setdefault(self._in_text(path[:-1]), list(range(len(around))))
            del numbers[number], around[number]

    def _at(self, path: Path) -> Any:
        data: Any = self.data
        for part in path:
            is_there = part in data if isinstance(data, dict) else isinstance(data, list)
            if not is_there:
                return None
            data = data[part]
        return data


def path_in_text(path: Path, left: dict[Path, list[int]]) -> Path:
    """A path whose entries have the numbers that they have in the text."""
    if not left:
        return path
    found: list[str | int] = []
    for part in path:
        numbers = left.get(tuple(found)) if isinstance(part, int) else None
        found.append(part if numbers is None else numbers[int(part)])
    return tuple(found)

"""The slots that functions of an author may fill, and the words that name such a function."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from ferrule.forms.source import SourceFile

SLOTS = {
    "authorize": ("AuthorizeHook", ("request", "settings")),
    "call": ("CallHook", ("arguments",)),
    "extract": ("ExtractHook", ("answer",)),
    "transform": ("TransformHook", ("item",)),
    "paginate": ("PaginateHook", ("answer",)),
    "classify": ("ClassifyHook", ("answer",)),
}
"""Each slot: the protocol that its function has, and what it is given."""

OF_EVERY_REQUEST = ("authorize", "call", "classify")
"""The slots that also count for the requests before the last one of several."""

_WORD = re.compile(r"(?P<file>[A-Za-z0-9_./-]+\.py):(?P<function>[A-Za-z_][A-Za-z0-9_]*)")


class HookName(Struct, frozen=True):
    """`hooks.py:rows`: the file, and the function in it."""

    file: str
    function: str

    @property
    def module(self) -> str:
        """The module that the file becomes in the package."""
        return self.file.rpartition("/")[2].removesuffix(".py")


def hook_name(word: str) -> HookName | None:
    """What a word names; None where it is none."""
    found = _WORD.fullmatch(word)
    return None if found is None else HookName(found["file"], found["function"])


def effective_hooks(inherited: Mapping[str, str], own: Mapping[str, str]) -> dict[str, HookName]:
    """What holds for an action: its own words over the connector's; `none` switches one off."""
    merged = {**inherited, **own}
    made = {slot: hook_name(word) for slot, word in merged.items() if word != "none"}
    return {slot: name for slot, name in made.items() if name is not None}


class HookFiles(Struct, frozen=True):
    """The files with functions of the author, by the word that names them."""

    files: Mapping[str, SourceFile]

    @property
    def modules(self) -> dict[str, SourceFile]:
        """The files by the names of their modules."""
        return {HookName(word, "").module: source for word, source in self.files.items()}


NO_HOOKS = HookFiles({})

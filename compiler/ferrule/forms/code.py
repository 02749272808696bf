"""Text that is safe where it stands in a generated file, and what the file imports for it."""

from __future__ import annotations

from typing import Self

from msgspec import Struct


class Import(Struct, frozen=True, order=True):
    """`from module import name as alias`; `import module` where `name` is empty.

    A module that begins with a dot stands in the generated package, counted from its root.
    """

    module: str
    name: str
    alias: str = ""


class Code(str):
    """A piece of a generated file. Only `ferrule.python_text` and `ferrule.document_text` make one.

    Joining or formatting pieces gives a plain `str` again, which no template prints.
    """

    imports: frozenset[Import]
    __slots__ = ("imports",)

    def __new__(cls, text: str, imports: frozenset[Import] = frozenset()) -> Self:
        """The text as it is: the caller has made sure of it."""
        made = str.__new__(cls, text)
        made.imports = imports
        return made

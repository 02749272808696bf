"""How many empty lines black keeps or wants between two lines of generated Python."""

from __future__ import annotations

from ferrule.passes.polish.fragments import UncertainError

_HEADS = ("def ", "async def ", "class ")


class Kind:
    """What the lines around a statement need to know of it."""

    __slots__ = (
        "head",
        "is_class",
        "is_comment",
        "is_decorator",
        "is_definition",
        "is_doc",
        "is_else",
        "is_import",
        "is_stub",
        "margin",
        "opens",
    )

    def __init__(self, code: str, margin: int) -> None:
        if margin % 4:
            raise UncertainError
        self.margin = margin
        self.is_doc = code.startswith('"""')
        self.is_comment = code[0] == "#"
        self.is_decorator = code[0] == "@"
        self.head = code[0] if code.startswith(_HEADS) else ""
        self.is_definition = bool(self.head) or self.is_decorator
        self.is_class = self.head == "c"
        self.is_import = code.startswith(("from ", "import "))
        self.is_else = code.startswith("else:")
        self.is_stub = code.endswith(": ...")
        self.opens = code[-1] == ":" and not (self.is_doc or self.is_comment)


_NOTHING = Kind("#", 0)


class EmptyLines:
    """Follows the lines of a module. Raises UncertainError where black would want other ones."""

    def __init__(self) -> None:
        self._earlier = _NOTHING
        self._statements = 0
        self._is_after_class = False
        self._is_after_first_comment = False
        self._is_doubtful = False
        # Where the definitions around a line begin, and the letter of each.
        self._definitions: list[int] = []
        self._heads: list[str] = []

    @property
    def scope(self) -> str:
        """Whether the last line stands in a class (`c`), a function (`d`) or a coroutine (`a`)."""
        return self._heads[-1] if self._heads else ""

    @property
    def is_whole(self) -> bool:
        """Whether every block has a statement, and every `else` and decorator what it is for.

        False where that is not certain.
        """
        last = self._earlier
        return not (self._is_doubtful or last.opens or last.is_decorator)

    def needed(self, this: Kind, found: int) -> int:
        """Empty lines before a line, of which there were `found`."""
        earlier, margin, definitions = self._earlier, this.margin, self._definitions
        count = self._count(this, found)
        self._is_after_first_comment = this.is_comment and margin > earlier.margin
        while definitions and definitions[-1] >= margin:
            definitions.pop()
            self._heads.pop()
        if this.is_definition:
            definitions.append(margin)
            self._heads.append(this.head)
        self._is_after_class = this.is_doc and earlier.is_class
        self._earlier = this
        self._statements += 1
        return count

    def _count(self, this: Kind, found: int) -> int:
        earlier, margin = self._earlier, this.margin
        if earlier.opens:
            if margin != earlier.margin + 4 or found:
                raise UncertainError
            self._is_doubtful |= this.is_comment
            return 0
        if margin > earlier.margin:
            raise UncertainError
        if not self._statements or earlier.is_decorator:
            if found and self._statements:
                raise UncertainError
            is_decorated = this.is_definition and margin == earlier.margin
            self._is_doubtful |= earlier.is_decorator and not is_decorated
            return 0
        if this.is_else:
            self._is_doubtful = True
            return _exactly(0, found)
        if self._statements == 1 and earlier.is_doc:
            if this.is_definition or not found:
                raise UncertainError
            return 1
        return self._between(this, found)

    def _between(self, this: Kind, found: int) -> int:
        """The same between statements of which neither has to follow the other."""
        earlier, margin, definitions = self._earlier, this.margin, self._definitions
        is_stub = earlier.is_stub or self._is_after_first_comment
        if this.is_definition and is_stub and not found and margin == earlier.margin:
            return 0
        is_dedent_of_definition = bool(definitions) and definitions[-1] >= margin
        if this.is_definition or is_dedent_of_definition or self._is_after_class:
            return _at_least(1 if margin else 2, found)
        if earlier.is_import and not this.is_import:
            if this.is_comment:
                raise UncertainError
            if margin == earlier.margin:
                found = max(found, 1)
        return min(found, 1 if margin else 2)


def _at_least(wanted: int, found: int) -> int:
    if found < wanted:
        raise UncertainError
    return wanted


def _exactly(wanted: int, found: int) -> int:
    if found != wanted:
        raise UncertainError
    return wanted

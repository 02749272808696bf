"""How many empty lines black keeps or wants between two lines of generated Python."""

from __future__ import annotations

from ferrule.passes.polish.fragments import UncertainError

_DEFINITIONS = ("@", "def ", "async def ", "class ")


class EmptyLines:
    """Follows the lines of a module. Raises UncertainError where black would want other ones."""

    def __init__(self) -> None:
        self._earlier = ""
        self._margin = 0
        self._statements = 0
        self._is_after_class = False
        self._is_after_first_comment = False
        self._definitions: list[int] = []

    def needed(self, code: str, margin: int, found: int) -> int:
        """Empty lines before a line, of which there were `found`."""
        count = self._count(code, margin, found)
        self._is_after_first_comment = code.startswith("#") and margin > self._margin
        while self._definitions and self._definitions[-1] >= margin:
            self._definitions.pop()
        if code.startswith(_DEFINITIONS):
            self._definitions.append(margin)
        self._is_after_class = self._earlier.startswith("class ") and code.startswith('"""')
        self._earlier, self._margin = code, margin
        self._statements += 1
        return count

    def _count(self, code: str, margin: int, found: int) -> int:
        opens = self._earlier.endswith(":") and not self._earlier.startswith(('"""', "#"))
        if margin % 4 or margin > self._margin + 4 * opens or (opens and margin <= self._margin):
            raise UncertainError
        if not self._statements or opens or self._earlier.startswith("@"):
            if found and self._statements:
                raise UncertainError
            return 0
        if code.startswith("else:"):
            return _exactly(0, found)
        is_definition = code.startswith(_DEFINITIONS)
        if self._statements == 1 and self._earlier.startswith('"""'):
            if is_definition or not found:
                raise UncertainError
            return 1
        is_dedent_of_definition = any(each >= margin for each in self._definitions)
        is_stub = self._earlier.endswith(": ...") or self._is_after_first_comment
        if is_definition and is_stub and not found and margin == self._margin:
            return 0
        if is_definition or is_dedent_of_definition or self._is_after_class:
            return _at_least(1 if margin else 2, found)
        return self._between_statements(code, margin, found)

    def _between_statements(self, code: str, margin: int, found: int) -> int:
        is_import = code.startswith(("from ", "import "))
        if self._earlier.startswith(("from ", "import ")) and not is_import:
            if code.startswith("#"):
                raise UncertainError
            if margin == self._margin:
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

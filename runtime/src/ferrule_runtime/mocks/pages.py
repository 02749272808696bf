"""Several pages as a service with this paging would give them, and which of them is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ferrule_runtime.mocks.answers import MockAnswer, NotMockable
from ferrule_runtime.places import LastPlace, LinkPlace
from ferrule_runtime.walk import first_number

if TYPE_CHECKING:
    from ferrule_runtime.operation import Paging
    from ferrule_runtime.wire import Call

TOKEN: Final = "ferrule-mock-page-"


class MockPages:
    """Pages of raw items, linked as the paging wants it."""

    __slots__ = ("_pages", "_paging")

    def __init__(self, paging: Paging, pages: list[list[Any]]) -> None:
        self._paging = paging
        self._pages = pages

    def asked(self, call: Call) -> int:
        """The index of the page that a call asks for; one beyond the last is an empty page."""
        paging = self._paging
        if paging.page is not None or paging.offset is not None:
            return self._by_number(call)
        if isinstance(paging.cursor, LastPlace) or self._lasts():
            return self._by_last(call)
        text = sent_text(call)
        for index in range(len(self._pages) - 1, 0, -1):
            if f"{TOKEN}{index}-" in text:
                return index
        return 0

    def items(self, index: int) -> list[Any]:
        return self._pages[index] if index < len(self._pages) else []

    def link(self, answer: MockAnswer, index: int, call: Call) -> None:
        """Write into a page's answer what leads to the next one. Raises NotMockable."""
        paging = self._paging
        has_next = index + 1 < len(self._pages)
        if paging.more is not None:
            answer.satisfy(paging.more, has_next)
        if not has_next:
            return
        token = f"{TOKEN}{index + 1}-"
        url = f"{call.origin.text}/{token}"
        if paging.link is not None:
            answer.put(LinkPlace(paging.link), url)
        elif paging.next_url is not None:
            answer.put(paging.next_url, url)
        elif paging.cursor is not None and not isinstance(paging.cursor, LastPlace):
            answer.put(paging.cursor, token)
        for target in paging.into:
            if isinstance(target[0], tuple) and not isinstance(target[1], LastPlace):
                answer.put(target[1], token)

    def _lasts(self) -> list[tuple[Any, LastPlace]]:
        """The targets that take a field of the last item."""
        paging = self._paging
        found: list[tuple[Any, LastPlace]] = []
        for target in paging.into:
            place = target[1] if isinstance(target[0], tuple) else paging.cursor
            if isinstance(place, LastPlace):
                found.append((target[0] if isinstance(target[0], tuple) else target, place))
        return found

    def _by_number(self, call: Call) -> int:
        paging = self._paging
        target = paging.page or paging.offset
        assert target is not None
        asked, first = _number(sent_value(call, target)), first_number(paging)
        left = 0 if asked is None else asked - first
        if paging.page is not None:
            return max(0, left)
        for index, page in enumerate(self._pages):
            if left <= 0:
                return index
            left -= len(page)
        return len(self._pages)

    def _by_last(self, call: Call) -> int:
        for target, place in self._lasts():
            asked = sent_value(call, target)
            if asked is None:
                continue
            for index, page in enumerate(self._pages):
                if page and str(_field(page[-1], place.steps)) == str(asked):
                    return index + 1
        return 0


def sent_text(call: Call) -> str:
    """The target, headers and body of a call as one text, to look for a token in."""
    from urllib.parse import unquote

    headers = " ".join(value.decode("latin-1") for _, value in call.headers)
    content = call.content if isinstance(call.content, bytes) else b""
    return f"{unquote(call.target)} {headers} {unquote(content.decode('utf-8', 'replace'))}"


def sent_value(call: Call, target: tuple[str, str]) -> Any:
    """What a call sends for a parameter of the query, the body, the headers or the path."""
    from urllib.parse import parse_qs

    where, name = target
    if where == "query":
        found = parse_qs(call.target.partition("?")[2], keep_blank_values=True).get(name)
        return found[-1] if found else None
    if where == "body":
        return _in_body(call.content, name)
    if where == "header":
        wanted = name.lower().encode()
        return next((v.decode() for key, v in call.headers if key.lower() == wanted), None)
    raise NotMockable(f"pages that are asked for in {where} cannot be made up: use answers()")


def _in_body(content: Any, name: str) -> Any:
    from urllib.parse import parse_qs

    from pydantic_core import from_json

    from ferrule_runtime.encode.json import split_path

    if not isinstance(content, bytes):
        return None
    try:
        tree = from_json(content)
    except ValueError:
        found = parse_qs(content.decode("utf-8", "replace")).get(name)
        return found[-1] if found else None
    for step in split_path(name):
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


def _number(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.lstrip("-").isdecimal() else None


def _field(item: Any, steps: tuple[Any, ...]) -> Any:
    for step in steps:
        item = item.get(step) if isinstance(item, dict) else None
    return item

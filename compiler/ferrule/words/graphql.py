"""Reads a GraphQL document as far as a client needs it: its operations and their variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from ferrule.words.ast import Document, DocumentOperation, Variable
from ferrule.words.errors import WordError, shown

_TOKEN = re.compile(
    r'(?P<skip>[\s,\ufeff]+|#[^\r\n]*)|(?P<text>"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\r\n]|\\.)*")'
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<variable>\$[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<number>-?[0-9][0-9.eE+-]*)|(?P<sign>\.\.\.|[!$&():=@\[\]{}|])",
    re.DOTALL,
)
_KINDS = ("query", "mutation", "subscription")
_CLOSING = {"(": ")", "{": "}", "[": "]"}
_MOST_TOKENS = 20_000


class _Token(Struct, frozen=True):
    kind: str
    text: str
    start: int
    end: int


def parse_document(text: str) -> Document:
    """`query Issues($first: Int!) { … }`: operations with their variables, fragments passed over.

    Brackets are proven to match; what stands inside a selection is the service's to judge.
    """
    return _document(text)


@lru_cache(maxsize=256)
def _document(text: str) -> Document:
    tokens = list(_tokens(text))
    _prove_brackets(tokens, len(text))
    operations: list[DocumentOperation] = []
    fragments: list[Variable] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.text == "fragment" or token.text in _KINDS or token.text == "{":
            end = _end_of_definition(tokens, at, len(text))
            if token.text == "fragment":
                fragments += _used(tokens[at:end])
            else:
                operations.append(_operation(tokens[at:end]))
            at = end
            continue
        raise WordError(
            f"{shown(token.text)} does not begin an operation",
            token.start,
            token.end,
            "query, mutation or fragment",
            candidates=(*_KINDS, "fragment"),
            met=token.text,
        )
    if not operations:
        raise WordError("a GraphQL document has an operation", 0, len(text), "query { … }")
    return Document(
        text=text, operations=tuple(operations), fragments=tuple(fragments), start=0, end=len(text)
    )


def _tokens(text: str) -> Iterator[_Token]:
    at = count = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise WordError(f"{shown(text[at])} cannot stand in GraphQL", at, at + 1)
        at = found.end()
        if found.lastgroup != "skip":
            count += 1
            if count > _MOST_TOKENS:
                raise WordError("the document is too long", found.start(), found.end())
            yield _Token(str(found.lastgroup), found.group(), found.start(), found.end())


def _prove_brackets(tokens: list[_Token], end: int) -> None:
    opened: list[_Token] = []
    for token in tokens:
        if token.kind != "sign":
            continue
        if token.text in _CLOSING:
            opened.append(token)
        elif token.text in _CLOSING.values():
            if not opened or _CLOSING[opened[-1].text] != token.text:
                raise WordError(f"`{token.text}` closes nothing", token.start, token.end)
            opened.pop()
    if opened:
        last = opened[-1]
        raise WordError(
            f"`{last.text}` is not closed", last.start, last.end, f"`{_CLOSING[last.text]}`"
        )
    if not tokens:
        raise WordError("a GraphQL document has an operation", 0, end, "query { … }")


def _end_of_definition(tokens: list[_Token], at: int, end: int) -> int:
    """Behind the selection that ends the definition at `at`."""
    depth = round_depth = 0
    for number in range(at, len(tokens)):
        text = tokens[number].text if tokens[number].kind == "sign" else ""
        round_depth += (text in ("(", "[")) - (text in (")", "]"))
        if round_depth:
            continue
        depth += (text == "{") - (text == "}")
        if text == "}" and depth == 0:
            return number + 1
    first = tokens[at]
    raise WordError(f"{shown(first.text)} selects nothing", first.start, end, "`{` and fields")


def _operation(tokens: list[_Token]) -> DocumentOperation:
    kind, name, at = "query", None, 0
    if tokens[0].text in _KINDS:
        kind, at = tokens[0].text, 1
        if tokens[at].kind == "name":
            name, at = tokens[at].text, at + 1
    variables: list[Variable] = []
    if tokens[at].text == "(":
        end = _closing(tokens, at)
        variables = list(_variables(tokens[at + 1 : end]))
        at = end + 1
    return DocumentOperation(
        kind=kind,
        name=name,
        variables=tuple(variables),
        used=tuple(_used(tokens[at:])),
        start=tokens[0].start,
        end=tokens[-1].end,
    )


def _closing(tokens: list[_Token], at: int) -> int:
    depth = 0
    for number in range(at, len(tokens)):
        token = tokens[number]
        if token.kind == "sign":
            depth += (token.text in _CLOSING) - (token.text in _CLOSING.values())
        if depth == 0:
            return number
    raise WordError("`(` is not closed", tokens[at].start, tokens[at].end, "`)`")


def _variables(tokens: list[_Token]) -> Iterator[Variable]:
    """`$first: Int! = 10`: each with whether it must be given."""
    starts = [number for number, token in enumerate(tokens) if token.kind == "variable"]
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(tokens)
        words = [token.text for token in tokens[start:end]]
        token = tokens[start]
        if len(words) < 3 or words[1] != ":":
            raise WordError(
                f"{shown(token.text)} has no type", token.start, token.end, f"{token.text}: Type"
            )
        has_default = "=" in words
        is_needed = not has_default and "!" in words and _is_needed(words[2:])
        yield Variable(name=token.text[1:], is_needed=is_needed, start=token.start, end=token.end)


def _is_needed(type_words: list[str]) -> bool:
    """Whether the outermost type ends with `!`; directives may stand behind it."""
    words = type_words[: type_words.index("@")] if "@" in type_words else type_words
    return bool(words) and words[-1] == "!"


def _used(tokens: list[_Token]) -> Iterator[Variable]:
    for token in tokens:
        if token.kind == "variable":
            yield Variable(name=token.text[1:], start=token.start, end=token.end)

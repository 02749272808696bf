"""What an action gives: its type, where it stands in the answer, and by what it differs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from msgspec import Struct

from ferrule.forms.code import Code
from ferrule.forms.spec import Action, ConnectorSpec, ReturnCases
from ferrule.passes.resolve.declare import Declarer
from ferrule.passes.resolve.inherit import may_be_ignored, pages
from ferrule.passes.resolve.lowering import Lowering
from ferrule.passes.resolve.spelling import Spelling
from ferrule.passes.resolve.types import (
    NULL,
    TEXT,
    Enumeration,
    ListOf,
    Plain,
    Scalar,
    StreamOf,
    Type,
    one_of,
)
from ferrule.python_text import dict_of, literal, tuple_of
from ferrule.words import ast

Kind = Literal["run", "pages", "download", "stream", "job", "open"]
"""`open` gives what streams as a download or a stream, and everything else as a value."""
_STREAMS = ("lines", "events", "csv")


class Returned(Struct, frozen=True, kw_only=True):
    """One kind of answer. `type` is what a call gives; where it streams, the type of an item."""

    type: Type
    at: ast.MatchedPlace | None = None
    media: str = "json"
    stream: str | None = None
    packing: str | None = None
    constant: tuple[Scalar] | None = None
    default: tuple[Scalar] | None = None
    is_redirect: bool = False


class Result(Struct, frozen=True, kw_only=True, dict=True):
    """What a method gives: one kind of answer, or several told apart by `key`s.

    What pages and `is_swept` is the walks of a fan-out, or of windows of time.
    """

    kind: Kind
    cases: tuple[tuple[str | int | None, Returned], ...]
    by: str | None = None
    is_ignorable: bool = False
    is_swept: bool = False

    @cached_property
    def type(self) -> Type:
        """The type of the result: of an item where it pages or streams."""
        joined = one_of(*(case.type for _, case in self.cases))
        if self.kind == "pages":
            return joined.item if isinstance(joined, ListOf) else joined
        if self.kind in ("run", "job") and self.is_ignorable and not isinstance(joined, ListOf):
            return one_of(joined, NULL)
        return joined

    @property
    def types(self) -> Iterator[Type]:
        """The types that are read."""
        for _, case in self.cases:
            yield case.type


def result_of(declarer: Declarer, spec: ConnectorSpec, action: Action) -> Result:
    """Reads `returns` of an action."""
    is_ignorable = may_be_ignored(spec, action)
    returns = action.returns
    if isinstance(returns, ReturnCases):
        cases = tuple(
            (_key(key, returns), _returned(declarer, word, is_whole=action.job is not None))
            for key, word in returns.cases.items()
        )
        several: Kind = "open" if any(case.stream for _, case in cases) else "run"
        several = several if action.job is None else "job"
        return Result(kind=several, cases=cases, by=returns.by, is_ignorable=is_ignorable)
    if action.job is not None:
        found = _returned(declarer, returns, is_whole=True)
        return Result(kind="job", cases=((None, found),), is_ignorable=is_ignorable)
    found = _returned(declarer, returns, is_whole=False)
    kind: Kind = "run"
    if found.stream is not None:
        kind = "download" if found.stream == "bytes" else "stream"
    is_swept = found.stream is None and (action.each is not None or action.since is not None)
    if is_swept or (found.stream is None and pages(spec, action)):
        kind = "pages"
    return Result(kind=kind, cases=((None, found),), is_ignorable=is_ignorable, is_swept=is_swept)


def _key(key: str, returns: ReturnCases) -> str | int:
    return int(key) if returns.by is None and key.isdecimal() else key


def _returned(declarer: Declarer, word: ast.Returns | None, *, is_whole: bool) -> Returned:
    """One kind of answer; the result of a job is read as a whole, whatever it is."""
    if word is None or (word.type is None and word.constant is None):
        return Returned(type=NULL)
    if word.constant is not None:
        value = word.constant.value
        constant = NULL if value is None else Enumeration((value,), is_closed=True)
        return Returned(type=constant, constant=(value,))
    assert word.type is not None
    type_ = declarer.of_word(word.type)
    default = None if word.default is None else (word.default.value,)
    match type_:
        case Plain(word="redirect"):
            return Returned(type=TEXT, is_redirect=True)
        case Plain(word="text") if word.at is None:
            return Returned(type=TEXT, media="text", default=default)
        case Plain(word="bytes") if word.at is None:
            return Returned(type=type_, media="bytes", stream=None if is_whole else "bytes")
        case StreamOf(kind="xml", item=item):
            return Returned(type=item, at=word.at, media="xml", default=default)
        case StreamOf(kind=packing, item=StreamOf(kind=kind, item=item)) if packing in ast.PACKINGS:
            return Returned(type=item, media=kind, stream=kind, packing=packing)
        case StreamOf(kind=packing, item=item) if packing in ast.PACKINGS:
            return Returned(type=item, media="bytes", stream="bytes", packing=packing)
        case StreamOf(kind=kind, item=item) if kind in _STREAMS:
            return Returned(type=item, media=kind, stream=kind)
        case _:
            return Returned(type=type_, at=word.at, default=default)


def result_arguments(result: Result, spelling: Spelling, lowering: Lowering) -> dict[str, Code]:
    """What the constructor of an operation is told about its result."""
    if len(result.cases) == 1 and result.cases[0][0] is None:
        arguments = _arguments(result.cases[0][1], spelling, lowering)
    else:
        cases = {
            key: lowering.make("Case", **_arguments(case, spelling, lowering))
            for key, case in result.cases
        }
        arguments = {"cases": dict_of(cases)}  # type: ignore[arg-type]
        if result.by is not None:
            arguments["by"] = literal(result.by)
    if result.is_ignorable:
        arguments["ignores"] = literal(True)
    return arguments


def _arguments(case: Returned, spelling: Spelling, lowering: Lowering) -> dict[str, Code]:
    arguments: dict[str, Code] = {}
    if case.constant is None and case.type != NULL:
        read = spelling.read(case.type)
        arguments["returns"] = spelling.library("bytes") if case.media == "bytes" else read
    if case.at is not None:
        arguments["at"] = lowering.matched(case.at)
    if case.constant is not None:
        arguments["constant"] = tuple_of([literal(case.constant[0])])
    if case.default is not None:
        arguments["default"] = tuple_of([literal(case.default[0])])
    if case.packing is not None:
        arguments["packing"] = literal(case.packing)
    if case.stream is not None:
        arguments["stream"] = literal(case.stream)
    elif case.media != "json":
        arguments["media"] = literal(case.media)
    if case.is_redirect:
        arguments["redirect"] = literal(True)
    return arguments

"""Field types of the spec forms: words are read into trees, short forms into long ones.

Modules with forms do not put off their annotations (`from __future__ import annotations`): they are
what `ferrule.forms.reading` goes by, beside the names and limits that msgspec has for fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from ferrule.words import (
    WordError,
    ast,
    parse_answer_place,
    parse_backoff,
    parse_condition,
    parse_document,
    parse_duration,
    parse_matched_place,
    parse_param,
    parse_path_template,
    parse_pattern,
    parse_rate,
    parse_read_place,
    parse_request_place,
    parse_returns,
    parse_split,
    parse_template,
    parse_type,
    parse_wait,
)

if TYPE_CHECKING:
    from typing import Self

SYNTHETIC = "\uffff"
"""First character of a key that only stands for what a short form leaves out."""

FaultKind = Literal["missing", "unknown", "word", "choice", "range", "kind"]


class Fault(Struct, frozen=True):
    """What is wrong at `path`, which begins at the value that was read.

    `expected` says what is due of a wrong `kind` or `range`. A word that cannot be read comes with
    its `error` and the `rule` that its finding is of.
    """

    kind: FaultKind
    path: tuple[str | int, ...] = ()
    expected: str = ""
    rule: str = ""
    error: WordError | None = None

    def under(self, key: str | int) -> Fault:
        """The same, seen from the map or list that has the value at `key`."""
        return replace(self, path=(key, *self.path)) if is_written(key) else self


def is_written(key: str | int) -> bool:
    """Whether a key stands in the file."""
    return not (isinstance(key, str) and key.startswith(SYNTHETIC))


class FaultyError(Exception):
    """A value is not what its form wants; `faults` are all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]):
        super().__init__()
        self.faults = list(faults)

    def under(self, key: str | int) -> list[Fault]:
        """The faults, seen from the map or list that has the value at `key`."""
        return [fault.under(key) for fault in self.faults]


class Form(Struct, frozen=True, kw_only=True):
    """Base of every form of a spec: frozen, no unknown keys but `x-…`.

    `said` are the fields that the spec gives, whatever it gives them.
    """

    said: frozenset[str] = frozenset()

    @classmethod
    def spread(cls, value: object) -> dict[str, Any]:
        """The keys of a value that stands for the form. Raises FaultyError where it has none."""
        if not isinstance(value, dict):
            refuse_kind("a map")
        return value

    def saying(self, **values: Any) -> Self:
        """The same with other values, as if the spec had given them."""
        return replace(self, **values, said=self.said | values.keys())


def kind_of(value: object) -> str:
    """The kind of a YAML value, as an author would call it."""
    if value is None:
        return "an empty value"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a map"


def refuse_kind(expected: str) -> NoReturn:
    """Raise the finding `wrong-type`: something else was met where `expected` is due."""
    raise FaultyError([Fault("kind", expected=expected)])


class Read(Struct, frozen=True):
    """In an annotation: what reads the value of a field, whatever it is."""

    read: Callable[[Any], Any]


class Apart(Struct, frozen=True):
    """In an annotation: a form that is imported when the first spec has it.

    `annotation` stands for it in the fields of other forms.
    """

    module: str
    name: str

    @property
    def annotation(self) -> Any:
        """What says that such a form is due."""
        return Annotated[Any, self]

    @property
    def form(self) -> type[Form]:
        """The form, imported now."""
        form: type[Form] = getattr(import_module(self.module), self.name)
        return form


class Widen(Struct, frozen=True):
    """In an annotation: what writes a value out before it is read as the type of its field.

    `expected` says what is due where a value is none of `kinds`; where there are none, any is good.
    """

    widen: Callable[[Any], object]
    kinds: tuple[type, ...] = ()
    expected: str = ""


def reader(parse: Callable[[str], Any], rule: str, expected: str) -> Read:
    """A word that `parse` reads.

    A word that cannot be read is a finding of `rule`; `expected` says what should stand there.
    """

    def read(value: object) -> Any:
        if not isinstance(value, str):
            refuse_kind(expected)
        try:
            return parse(value)
        except WordError as error:
            raise FaultyError([Fault("word", rule=rule, error=error)]) from None

    return Read(read)


TypeWord = Annotated[ast.TypeExpr, reader(parse_type, "bad-type", "a type")]
ParamWord = Annotated[ast.Param, reader(parse_param, "bad-type", "a type or a constant (`= text`)")]
ReturnsWord = Annotated[ast.Returns, reader(parse_returns, "bad-type", "what the action returns")]
RequestPlaceWord = Annotated[
    ast.RequestPlace,
    reader(parse_request_place, "bad-place", "a place in the request, such as `query.cursor`"),
]
AnswerPlaceWord = Annotated[
    ast.AnswerPlace,
    reader(parse_answer_place, "bad-place", "a place in the answer, such as `$.id`"),
]
MatchedPlaceWord = Annotated[
    ast.MatchedPlace,
    reader(parse_matched_place, "bad-place", "a place in the answer, such as `$.id`"),
]
ReadPlaceWord = Annotated[
    ast.ReadPlace, reader(parse_read_place, "bad-place", "a place in the answer, such as `$.id`")
]
TemplateWord = Annotated[
    ast.Template, reader(parse_template, "bad-template", "text, perhaps with `${name}`")
]
PathWord = Annotated[
    ast.PathTemplate, reader(parse_path_template, "bad-path", "a path such as `/items/{id}`")
]
ConditionWord = Annotated[
    ast.Condition, reader(parse_condition, "bad-condition", "a condition such as `$.ok`")
]
DurationWord = Annotated[
    ast.Duration, reader(parse_duration, "bad-duration", "a duration such as `30s`")
]
BackoffWord = Annotated[
    ast.Backoff, reader(parse_backoff, "bad-duration", "a backoff such as `500ms..30s`")
]
RateWord = Annotated[ast.Rate, reader(parse_rate, "bad-rate", "a rate such as `400/minute`")]
SplitWord = Annotated[
    ast.Split, reader(parse_split, "bad-place", "a list and a number: `body.records by 10`")
]
WaitWord = Annotated[
    ast.Wait, reader(parse_wait, "bad-wait", "a wait such as `60s` or `header.Retry-After`")
]
DocumentWord = Annotated[
    ast.Document, reader(parse_document, "bad-graphql", "a GraphQL document: query { … }")
]
PatternWord = Annotated[str, reader(parse_pattern, "bad-pattern", "a regular expression")]


def _scalar(value: object) -> object:
    if not isinstance(value, str | int | float | bool):
        refuse_kind("text, a number, true or false")
    return value


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse_kind("a number")
    return value


def _code(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int):
        refuse_kind("a code: text or a whole number")
    return value


# One reader each instead of a union, so that a wrong value is one finding and not one a member.
ScalarValue = Annotated[str | int | float | bool, Read(_scalar)]
Number = Annotated[int | float, Read(_number)]
CodeValue = Annotated[str | int, Read(_code)]


def as_list(value: object) -> object:
    """One thing or a list of things: always a list."""
    return value if isinstance(value, list) else [value]


ONE_OR_MORE = Widen(as_list)


def under(key: str, *kinds: type) -> Widen:
    """The short form of a map with one main key: a value of `kinds` stands for `{key: value}`."""

    def widen(value: object) -> object:
        return {key: value} if isinstance(value, kinds) else value

    words = [*dict.fromkeys(_KINDS[kind] for kind in kinds)]
    return Widen(widen, (*kinds, dict), f"{', '.join(words)} or a map")


_KINDS = {str: "text", int: "a number", float: "a number", list: "a list"}

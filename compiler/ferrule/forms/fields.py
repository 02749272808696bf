"""Pydantic field types of the spec forms: words are read into trees, short forms into long ones.

A wrong word raises a pydantic custom error whose context carries the offsets inside the word, so
that the check pass can point into the file. Location parts that start with ``SYNTHETIC`` do not
stand in the file.

Modules with forms do not put off their annotations (`from __future__ import annotations`): pydantic
would compile each of them by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any, NoReturn

from pydantic import BaseModel, ConfigDict, Discriminator, GetCoreSchemaHandler, Tag
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

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

SYNTHETIC = "\0"
"""First character of a location part that no key of the file stands for."""


class Form(BaseModel):
    """Base of every form of a spec: strict, frozen, no unknown keys but `x-…`."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        populate_by_name=False,
        # One validator is built, when the first spec is read: that of the whole.
        defer_build=True,
    )


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


def refuse_kind(value: object, expected: str) -> NoReturn:
    """Raise the finding `wrong-type`: `value` was met where `expected` is due."""
    raise PydanticCustomError(
        "wrong_kind",
        "expected {expected}, met {met}",
        {"expected": expected, "met": kind_of(value)},
    )


class Read:
    """A validator that reads the value of a field, whatever it is.

    Says its schema at once: pydantic's own PlainValidator first makes one of the annotated type,
    which nothing needs, and looks at the signature of the function.
    """

    __slots__ = ("read",)

    def __init__(self, read: Callable[[Any], object]):
        self.read = read

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """As pydantic asks for it."""
        return core_schema.no_info_plain_validator_function(self.read)


class Apart:
    """A form that is imported, and its validator built, when the first spec has it.

    `annotation` stands for it in the fields of other forms.
    """

    __slots__ = ("module", "name")

    def __init__(self, module: str, name: str):
        self.module, self.name = module, name

    @property
    def annotation(self) -> Any:
        """What says to pydantic that such a form is due."""
        return Annotated[Any, self]

    @property
    def form(self) -> type[Form]:
        """The form, imported now."""
        form: type[Form] = getattr(import_module(self.module), self.name)
        return form

    def _read(self, value: object) -> Form:
        return self.form.model_validate(value)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """As pydantic asks for it. The findings of a form apart are told as if it were none."""
        return core_schema.no_info_plain_validator_function(self._read)


class Widen:
    """A validator that writes a value out before it is read as the type of its field."""

    __slots__ = ("widen",)

    def __init__(self, widen: Callable[[Any], object]):
        self.widen = widen

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """As pydantic asks for it."""
        return core_schema.no_info_before_validator_function(self.widen, handler(source))


def reader(parse: Callable[[str], Any], rule: str, expected: str) -> Read:
    """A validator that reads a word with `parse`.

    A word that cannot be read is a finding of `rule`; `expected` says what should stand there.
    """

    def read(value: object) -> Any:
        if not isinstance(value, str):
            refuse_kind(value, expected)
        try:
            return parse(value)
        except WordError as error:
            raise PydanticCustomError(
                "word",
                "{message}",
                {
                    "rule": rule,
                    "message": error.message,
                    "start": error.start,
                    "end": error.end,
                    "help": error.help,
                    "wanted": error.expected,
                    "met": error.met,
                    "candidates": list(error.candidates),
                },
            ) from None

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
        refuse_kind(value, "text, a number, true or false")
    return value


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse_kind(value, "a number")
    return value


def _code(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int):
        refuse_kind(value, "a code: text or a whole number")
    return value


# One validator each instead of a union, so that a wrong value is one finding and not one a member.
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

    return Widen(widen)


def _yaml_kind(value: object) -> str:
    if isinstance(value, str):
        return SYNTHETIC + "text"
    if isinstance(value, list):
        return SYNTHETIC + "list"
    return SYNTHETIC + ("map" if isinstance(value, dict) else "plain")


# A union told apart by the kind of the YAML value, so that a finding is about one branch only.
BY_KIND = Discriminator(_yaml_kind)
IF_TEXT = Tag(SYNTHETIC + "text")
IF_PLAIN = Tag(SYNTHETIC + "plain")
IF_LIST = Tag(SYNTHETIC + "list")
IF_MAP = Tag(SYNTHETIC + "map")

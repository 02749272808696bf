"""Declared fields and parameters: what stands under `query`, `body`, `models`, `settings`, …

A plain key is a name of the service, verbatim, and Ferrule's own keys begin with a dot.
"""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ferrule.forms.fields import (
    BY_KIND,
    IF_LIST,
    IF_MAP,
    ONE_OR_MORE,
    SYNTHETIC,
    DocumentWord,
    Form,
    Number,
    ParamWord,
    PatternWord,
    ScalarValue,
    TypeWord,
    refuse_kind,
)
from ferrule.words import WordError, parse_param

ArrayStyle = Literal[
    "repeat",
    "csv",
    "brackets",
    "indexed",
    "pipes",
    "spaces",
    "tabs",
    "deep",
    "spread",
    "json",
]
"""How lists and objects are written in queries and forms."""
PathStyle = Literal["pairs", "label", "label_csv", "matrix", "matrix_repeat"]
ParameterStyle = ArrayStyle | PathStyle
"""How one parameter is written: paths and headers have styles of their own."""
PLAIN_KEYS = SYNTHETIC + "fields"


def _cut_default(options: dict[str, Any]) -> dict[str, Any]:
    """`{.type: T = x}` is the same as `{.type: T, .default: x}`."""
    word = options.get(".type")
    if not isinstance(word, str) or " = " not in word or ".default" in options:
        return options
    try:
        read = parse_param(word)
    except WordError:
        return options  # the field `.type` says what is wrong with it
    if read.type is None or read.default is None:
        return options
    return {
        **options,
        ".type": word[: read.default.start].rstrip(" ="),
        ".default": read.default.value,
    }


def _name_and_mark(key: str) -> tuple[str, bool]:
    return (key[:-1], True) if key.endswith("?") else (key, False)


def split_plain(value: object) -> object:
    """The plain keys of a map under one key of their own, beside those with a dot."""
    if not isinstance(value, dict):
        return value
    plain = {key: each for key, each in value.items() if not key.startswith(".")}
    return {key: each for key, each in value.items() if key not in plain} | {PLAIN_KEYS: plain}


class PartOptions(Form):
    """`.part`: how a field travels in a multipart body."""

    type: str | None = None
    filename: str | None = None


class Shape(Form):
    """A type in one word (`word`), a map of fields (`fields`), or the long form with dot keys.

    `fields` keeps the order and the keys as written, `name?` included; see `members`.
    """

    word: Annotated[ParamWord | None, Field(alias=SYNTHETIC + "word")] = None
    type: Annotated[TypeWord | None, Field(alias=".type")] = None
    fields: Annotated[dict[str, "Shape"] | None, Field(alias=PLAIN_KEYS)] = None
    doc: Annotated[str | None, Field(alias=".doc")] = None
    default: Annotated[Any, Field(alias=".default")] = None
    example: Annotated[Any, Field(alias=".example")] = None
    pattern: Annotated[PatternWord | None, Field(alias=".pattern")] = None
    format: Annotated[str | None, Field(alias=".format")] = None
    enum: Annotated[
        Annotated[
            Annotated[list[ScalarValue], IF_LIST] | Annotated[dict[str, ScalarValue], IF_MAP],
            BY_KIND,
        ]
        | None,
        Field(alias=".enum"),
    ] = None
    minimum: Annotated[Number | None, Field(alias=".min")] = None
    maximum: Annotated[Number | None, Field(alias=".max")] = None
    min_length: Annotated[int | None, Field(alias=".min_length", ge=0)] = None
    max_length: Annotated[int | None, Field(alias=".max_length", ge=0)] = None
    python_name: Annotated[str | None, Field(alias=".py")] = None
    style: Annotated[ParameterStyle | None, Field(alias=".style")] = None
    by: Annotated[str | None, Field(alias=".by")] = None
    otherwise: Annotated[TypeWord | None, Field(alias=".else")] = None
    is_also: Annotated[list[TypeWord] | None, ONE_OR_MORE, Field(alias=".is")] = None
    rest: Annotated[TypeWord | None, Field(alias=".rest")] = None
    is_closed: Annotated[bool, Field(alias=".closed")] = False
    wrap: Annotated[str | None, Field(alias=".wrap", min_length=1)] = None
    part: Annotated[PartOptions | None, Field(alias=".part")] = None
    read_only: Annotated[bool, Field(alias=".read_only")] = False
    write_only: Annotated[bool, Field(alias=".write_only")] = False
    deprecated: Annotated[str | None, Field(alias=".deprecated")] = None
    constant: Annotated[ScalarValue | None, Field(alias=".const")] = None
    items: Annotated[list[TypeWord] | None, Field(alias=".items")] = None
    blank_is_null: Annotated[bool, Field(alias=".blank_is_null")] = False
    one_of_fields: Annotated[list[str] | None, Field(alias=".one_of_fields")] = None
    extends_timeout: Annotated[bool, Field(alias=".extends_timeout")] = False
    strip: Annotated[list[str] | None, ONE_OR_MORE, Field(alias=".strip")] = None
    document: Annotated[DocumentWord | None, Field(alias=".query")] = None
    operation: Annotated[str | None, Field(alias=".operation", min_length=1)] = None

    @model_validator(mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        """A word has a key of its own; the plain keys of a map move under another."""
        if isinstance(value, str):
            return {SYNTHETIC + "word": value}
        if isinstance(value, bool | int | float) or value is None or isinstance(value, list):
            refuse_kind(value, "a type, or a map of fields")
        if not isinstance(value, dict):
            return value
        dotted = {key: each for key, each in value.items() if key.startswith(".")}
        if not dotted:
            return {PLAIN_KEYS: value}
        options = _cut_default(dotted)
        if len(dotted) == len(value):
            return options
        plain = {key: each for key, each in value.items() if key not in dotted}
        return {**options, PLAIN_KEYS: plain}

    @cached_property
    def members(self) -> list[tuple[str, str, bool, "Shape"]]:
        """(key as written, wire name, may be left out, shape) of each field, in order."""
        return [(key, *_name_and_mark(key), shape) for key, shape in (self.fields or {}).items()]

    @property
    def is_bare(self) -> bool:
        """True where nothing is said of the type: a value of any type, and in a path text."""
        said = (self.word, self.type, self.fields, self.by, self.enum, self.constant, self.items)
        return all(each is None for each in (*said, self.is_also, self.rest))

    @property
    def is_object(self) -> bool:
        """True where fields are declared in place (not a tagged union)."""
        return self.fields is not None and self.by is None

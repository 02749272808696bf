"""Declared fields and parameters: what stands under `query`, `body`, `models`, `settings`, …

A plain key is a name of the service, verbatim, and Ferrule's own keys begin with a dot.
"""

from functools import cached_property
from typing import Annotated, Any, Literal

from msgspec import Meta, field

from ferrule.forms.fields import (
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
ParameterStyle = Literal[ArrayStyle, PathStyle]
"""How one parameter is written: paths and headers have styles of their own."""
PLAIN_KEYS = SYNTHETIC + "fields"
WORD_KEY = SYNTHETIC + "word"


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


def split_plain(value: object) -> dict[str, Any]:
    """The plain keys of a map under one key of their own, beside those with a dot."""
    if not isinstance(value, dict):
        refuse_kind("a map")
    plain = {key: each for key, each in value.items() if not key.startswith(".")}
    return {key: each for key, each in value.items() if key not in plain} | {PLAIN_KEYS: plain}


class PartOptions(Form, frozen=True, kw_only=True):
    """`.part`: how a field travels in a multipart body."""

    type: str | None = None
    filename: str | None = None


class Shape(Form, frozen=True, kw_only=True, dict=True):
    """A type in one word (`word`), a map of fields (`fields`), or the long form with dot keys.

    `fields` keeps the order and the keys as written, `name?` included; see `members`.
    """

    word: ParamWord | None = field(name=WORD_KEY, default=None)
    type: TypeWord | None = field(name=".type", default=None)
    fields: dict[str, "Shape"] | None = field(name=PLAIN_KEYS, default=None)
    doc: str | None = field(name=".doc", default=None)
    default: Any = field(name=".default", default=None)
    example: Any = field(name=".example", default=None)
    pattern: PatternWord | None = field(name=".pattern", default=None)
    format: str | None = field(name=".format", default=None)
    enum: list[ScalarValue] | dict[str, ScalarValue] | None = field(name=".enum", default=None)
    minimum: Number | None = field(name=".min", default=None)
    maximum: Number | None = field(name=".max", default=None)
    min_length: Annotated[int, Meta(ge=0)] | None = field(name=".min_length", default=None)
    max_length: Annotated[int, Meta(ge=0)] | None = field(name=".max_length", default=None)
    python_name: str | None = field(name=".py", default=None)
    style: ParameterStyle | None = field(name=".style", default=None)
    by: str | None = field(name=".by", default=None)
    otherwise: TypeWord | None = field(name=".else", default=None)
    is_also: Annotated[list[TypeWord] | None, ONE_OR_MORE] = field(name=".is", default=None)
    rest: TypeWord | None = field(name=".rest", default=None)
    is_closed: bool = field(name=".closed", default=False)
    wrap: Annotated[str, Meta(min_length=1)] | None = field(name=".wrap", default=None)
    part: PartOptions | None = field(name=".part", default=None)
    read_only: bool = field(name=".read_only", default=False)
    write_only: bool = field(name=".write_only", default=False)
    deprecated: str | None = field(name=".deprecated", default=None)
    constant: ScalarValue | None = field(name=".const", default=None)
    items: list[TypeWord] | None = field(name=".items", default=None)
    blank_is_null: bool = field(name=".blank_is_null", default=False)
    one_of_fields: list[str] | None = field(name=".one_of_fields", default=None)
    extends_timeout: bool = field(name=".extends_timeout", default=False)
    strip: Annotated[list[str] | None, ONE_OR_MORE] = field(name=".strip", default=None)
    document: DocumentWord | None = field(name=".query", default=None)
    operation: Annotated[str, Meta(min_length=1)] | None = field(name=".operation", default=None)

    @classmethod
    def spread(cls, value: object) -> dict[str, Any]:
        """A word has a key of its own; the plain keys of a map move under another."""
        if isinstance(value, str):
            return {WORD_KEY: value}
        if not isinstance(value, dict):
            refuse_kind("a type, or a map of fields")
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
    def is_constant(self) -> bool:
        """True for a constant, and for an object declared in place that holds nothing else."""
        if self.word is not None:
            return self.word.constant is not None
        if "constant" in self.said or not self.fields:
            return "constant" in self.said
        kinds = (self.type, self.by, self.is_also, self.rest)
        return all(kind is None for kind in kinds) and all(
            each.is_constant and not key.endswith("?") for key, each in self.fields.items()
        )

    @property
    def is_bare(self) -> bool:
        """True where nothing is said of the type: a value of any type, and in a path text."""
        said = (self.word, self.type, self.fields, self.by, self.enum, self.constant, self.items)
        return all(each is None for each in (*said, self.is_also, self.rest))

    @property
    def is_object(self) -> bool:
        """True where fields are declared in place (not a tagged union)."""
        return self.fields is not None and self.by is None

"""What the words of a spec mean: types, places, templates, conditions, … as small frozen trees.

Every node carries ``start`` and ``end``: code-point offsets into the text of the word it was read
from, so that a finding about a part of a word can point at that part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of a word; `start` and `end` are code-point offsets into it, `end` exclusive."""

    start: int
    end: int


# --- JSONPath and places --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep(Node):
    """`.name` or `["name"]` (`key` is text), `[0]` (`key` is an integer), `[*]` or `.*` (`key` is
    None).
    """

    key: str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPath(Node):
    """A JSONPath from the root of a decoded body. `steps` is None where it needs the general engine
    (filters, slices, descendants, unions); `text` is the path as written, a valid RFC 9535 query.
    """

    text: str
    steps: tuple[PathStep, ...] | None

    @property
    def is_collecting(self) -> bool:
        """True where the path can give several matches (a wildcard, a filter, …)."""
        return self.steps is None or any(step.key is None for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPlace(Node):
    """`path.x`, `query.x`, `header.X`, `cookie.x` (`name` is the wire name), `body` and `body.a.b`
    (`keys`).
    """

    where: Literal["path", "query", "header", "cookie", "body"]
    name: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPlace(Node):
    """A place in an answer: `$…` (root "body", `path` set), `header.X`, `cookie.x`, `link.next`,
    `redirect.x` (`name`), `last.x` (`keys`: the last item of a page), `status`, `text`, `jwt.exp`
    (`name`).
    """

    root: Literal["body", "header", "cookie", "link", "status", "text", "last", "redirect", "jwt"]
    name: str = ""
    path: BodyPath | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedPlace(Node):
    """`PLACE ~ "regex"`: the first group (or the whole match) of a search in the text found at the
    place.
    """

    place: AnswerPlace
    pattern: str | None = None


# --- types ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class WordType(Node):
    """A built-in word: `string integer number boolean datetime date time duration uuid url email
    decimal bytes any object file null secret text none json_secret`. `format` is what stands in
    parentheses after it where that is a format: `datetime(epoch)`, `integer(text)`, `bytes(hex)`,
    `number(nan)`, `datetime("%d/%m/%Y")` (the bare text).
    """

    word: str
    format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternType(Node):
    """`string(~"regex")`."""

    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeType(Node):
    """`string(1..80)` (lengths) or `integer(1..25)`, `number(0..1)` (values); a missing bound is
    None.
    """

    word: Literal["string", "integer", "number"]
    low: int | float | None
    high: int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumType(Node):
    """`enum(a | b)` (values are text), `enum!(a | b)` (closed), `integer(1 | 2)` (values are
    integers, closed False).
    """

    values: tuple[str | int, ...]
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelType(Node):
    """A model by name: upper case first."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListType(Node):
    """`list(T)`."""

    item: TypeExpr


@dataclass(frozen=True, slots=True, kw_only=True)
class MapType(Node):
    """`map(T)` and `pairs(T)` (`keeps_repeats`)."""

    value: TypeExpr
    keeps_repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamType(Node):
    """`lines(T)`, `events(T)`, `csv(T)`, `xml(T)`; `gzip(…)` and `zip(…)` of lines, csv, bytes."""

    kind: Literal["lines", "events", "csv", "xml", "gzip", "zip"]
    item: TypeExpr


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionType(Node):
    """`A | B | null`; `null` is a WordType among the members."""

    members: tuple[TypeExpr, ...]


TypeExpr = (
    WordType
    | PatternType
    | RangeType
    | EnumType
    | ModelType
    | ListType
    | MapType
    | StreamType
    | UnionType
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Default(Node):
    """`= value` behind a type: the text as written and the value it reads as (YAML 1.2 core rules,
    quotes cut).
    """

    text: str
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Param(Node):
    """A declared parameter or field in one word: a type with an optional default, or a constant
    (`= text`), where `constant` is a template and `type` is None.
    """

    type: TypeExpr | None
    default: Default | None = None
    constant: Template | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns(Node):
    """`T at PLACE`, `= true`, `none`, `redirect`: `type` None with `constant` set where a literal
    is returned. `T = value at PLACE` has a `default` for where nothing stands there; `redirect` is
    a WordType.
    """

    type: TypeExpr | None
    default: Default | None = None
    at: MatchedPlace | None = None
    constant: Constant | None = None

    @property
    def is_list(self) -> bool:
        """True where a list is written, in JSON or in XML."""
        type_ = self.type
        if isinstance(type_, StreamType) and type_.kind == "xml":
            type_ = type_.item
        return isinstance(type_, ListType)


# --- templates ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Node):
    """`| name arg arg`. The first argument of `hmac` is the name of its key, which is looked up:
    `key`.
    """

    name: str
    arguments: tuple[str, ...] = ()
    key: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Node):
    """`${name}`: dotted `names` (("token", "access_token")); `fallback` stands behind `??`; `now`
    has an `offset_seconds`. `start`/`end` cover the whole `${…}`.
    """

    names: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    fallback: Reference | None = None
    offset_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Node):
    """Text and references in turn; `$$` has become `$`. A template that is exactly one Reference
    keeps the type.
    """

    parts: tuple[str | Reference, ...]

    @property
    def is_constant(self) -> bool:
        """True where nothing is looked up."""
        return all(isinstance(part, str) for part in self.parts)

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every reference, fallbacks and keys of filters included."""
        found: list[Reference] = []
        for part in self.parts:
            each = part if isinstance(part, Reference) else None
            while each is not None:
                found.append(each)
                found += [used.key for used in each.filters if used.key is not None]
                each = each.fallback
        return tuple(found)


# --- GraphQL --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable(Node):
    """`$name`, declared (then `is_needed` says whether it must be given) or used."""

    name: str
    is_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentOperation(Node):
    """`query Name($a: Int!) { … }`: `variables` are declared, `used` are those of its selection."""

    kind: str
    name: str | None
    variables: tuple[Variable, ...] = ()
    used: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Node):
    """A GraphQL document; `fragments` are the variables that its fragments use."""

    text: str
    operations: tuple[DocumentOperation, ...]
    fragments: tuple[Variable, ...] = ()

    def chosen(self, name: str | None) -> DocumentOperation | None:
        """The operation of a name; without one the only operation."""
        if name is None:
            return self.operations[0] if len(self.operations) == 1 else None
        return next((each for each in self.operations if each.name == name), None)


# --- conditions -----------------------------------------------------------------------------------

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant(Node):
    """A literal of a condition or of `returns: = …`."""

    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand(Node):
    """A place, perhaps read `as` a word (`integer`, `number`, `text`, …), or inside `exists()
    count() length()`.
    """

    place: AnswerPlace
    as_word: str | None = None
    function: Literal["exists", "count", "length"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Node):
    """`left op right`; `in` has several `choices` (then `right` is None); a bare operand has
    `operator` "truthy".
    """

    operator: Literal[
        "==", "!=", "<", "<=", ">", ">=", "in", "contains", "starts", "ends", "matches", "truthy"
    ]
    left: Operand | Constant
    right: Operand | Constant | None = None
    choices: tuple[Constant, ...] = ()
    is_negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    """`not C`."""

    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Both(Node):
    """`A and B and C`."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Either(Node):
    """`A or B or C`."""

    conditions: tuple[Condition, ...]


Condition = Comparison | Not | Both | Either


# --- quantities -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration(Node):
    """`500ms 2s 5m 1h 7d`, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff(Node):
    """`500ms..30s` (exponential between the two), `2s` (low equals high), `none` (both 0)."""

    low_seconds: float
    high_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Node):
    """`400/minute`, `4/second burst 10`, `1/second per body.channel`, `1000 points/minute`,
    `100/30s`.
    """

    count: int
    span_seconds: float
    is_points: bool = False
    burst: int | None = None
    per: RequestPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Node):
    """`body.records by 10`: a list of the request, and how much of it goes into one call."""

    place: RequestPlace
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitStep(Node):
    """`60s` (`seconds` set) or a place, perhaps a group in its text, read `as` a unit."""

    seconds: float | None = None
    place: MatchedPlace | None = None
    unit: Literal["seconds", "milliseconds", "epoch", "epoch_ms", "date", "per_second"] = "seconds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Node):
    """Alternatives joined by `else`; the first that can be read counts."""

    steps: tuple[WaitStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlace(Node):
    """`$.a ?? …`-free place with a reading: `$.x as milliseconds`, `header.a as epoch`, `$.errors
    as list(T)`.
    """

    place: MatchedPlace
    as_word: str | None = None
    as_type: TypeExpr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathTemplate(Node):
    """The path of a request: literal text and `{name}`, `{name:integer}`, `{name?:slashes}`,
    `${setting}` parts.
    """

    parts: tuple[str | PathParam | Reference, ...]
    is_absolute: bool = False
    """True where it is a whole URL (`https://…` or starts with a reference to one)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathParam(Node):
    """`{name}` with an optional type word (`integer`, `slashes`, `uuid`, …) and `?` where it may be
    empty.
    """

    name: str
    type: TypeExpr | None = None
    keeps_slashes: bool = False
    is_optional: bool = False

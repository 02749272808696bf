"""What the words of a spec mean: types, places, templates, conditions, … as small frozen trees.

Every node carries ``start`` and ``end``: code-point offsets into the text of the word it was read
from, so that a finding about a part of a word can point at that part.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Node(Struct, frozen=True, kw_only=True):
    """A part of a word; `start` and `end` are code-point offsets into it, `end` exclusive."""

    start: int
    end: int


# --- JSONPath and places --------------------------------------------------------------------------


class PathStep(Node, frozen=True, kw_only=True):
    """`.name` or `["name"]` (`key` is text), `[0]` (`key` is an integer), `[*]` or `.*` (`key` is
    None).
    """

    key: str | int | None


class BodyPath(Node, frozen=True, kw_only=True):
    """A JSONPath from the root of a decoded body. `steps` is None where it needs the general engine
    (filters, slices, descendants, unions); `text` is the path as written, a valid RFC 9535 query.
    """

    text: str
    steps: tuple[PathStep, ...] | None

    @property
    def is_collecting(self) -> bool:
        """True where the path can give several matches (a wildcard, a filter, …)."""
        return self.steps is None or any(step.key is None for step in self.steps)


class RequestPlace(Node, frozen=True, kw_only=True):
    """`path.x`, `query.x`, `header.X`, `cookie.x` (`name` is the wire name), `body` and `body.a.b`
    (`keys`).
    """

    where: Literal["path", "query", "header", "cookie", "body"]
    name: str = ""
    keys: tuple[str, ...] = ()


class AnswerPlace(Node, frozen=True, kw_only=True):
    """A place in an answer: `$…` (root "body", `path` set), `header.X`, `cookie.x`, `link.next`,
    `redirect.x` (`name`), `last.x` (`keys`: the last item of a page), `status`, `text`, `jwt.exp`
    (`name`).
    """

    root: Literal["body", "header", "cookie", "link", "status", "text", "last", "redirect", "jwt"]
    name: str = ""
    path: BodyPath | None = None
    keys: tuple[str, ...] = ()


class MatchedPlace(Node, frozen=True, kw_only=True):
    """`PLACE ~ "regex"`: the first group (or the whole match) of a search in the text found at the
    place.
    """

    place: AnswerPlace
    pattern: str | None = None


# --- types ----------------------------------------------------------------------------------------


class WordType(Node, frozen=True, kw_only=True):
    """A built-in word: `string integer number boolean datetime date time duration uuid url email
    decimal bytes any object file null secret text none json_secret`. `format` is what stands in
    parentheses after it where that is a format: `datetime(epoch)`, `integer(text)`, `bytes(hex)`,
    `number(nan)`, `datetime("%d/%m/%Y")` (the bare text).
    """

    word: str
    format: str | None = None


class PatternType(Node, frozen=True, kw_only=True):
    """`string(~"regex")`."""

    pattern: str


class RangeType(Node, frozen=True, kw_only=True):
    """`string(1..80)` (lengths) or `integer(1..25)`, `number(0..1)` (values); a missing bound is
    None.
    """

    word: Literal["string", "integer", "number"]
    low: int | float | None
    high: int | float | None


class EnumType(Node, frozen=True, kw_only=True):
    """`enum(a | b)` (values are text), `enum!(a | b)` (closed), `integer(1 | 2)` (values are
    integers, closed False).
    """

    values: tuple[str | int, ...]
    is_closed: bool = False


class ModelType(Node, frozen=True, kw_only=True):
    """A model by name: upper case first."""

    name: str


class ListType(Node, frozen=True, kw_only=True):
    """`list(T)`."""

    item: TypeExpr


class MapType(Node, frozen=True, kw_only=True):
    """`map(T)` and `pairs(T)` (`keeps_repeats`)."""

    value: TypeExpr
    keeps_repeats: bool = False


PACKINGS = ("gzip", "zip")
"""The kinds of a stream that unpack before something else is read."""


class StreamType(Node, frozen=True, kw_only=True):
    """`lines(T)`, `events(T)`, `csv(T)`, `xml(T)`; `gzip(…)` and `zip(…)` of lines, csv, bytes."""

    kind: Literal["lines", "events", "csv", "xml", "gzip", "zip"]
    item: TypeExpr


class UnionType(Node, frozen=True, kw_only=True):
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


def members_of(type_: TypeExpr | None) -> tuple[TypeExpr, ...]:
    """The members of a union, or the type itself; none where there is no type."""
    if type_ is None:
        return ()
    return type_.members if isinstance(type_, UnionType) else (type_,)


class Default(Node, frozen=True, kw_only=True):
    """`= value` behind a type: the text as written and the value it reads as (YAML 1.2 core rules,
    quotes cut).
    """

    text: str
    value: str | int | float | bool | None


class Param(Node, frozen=True, kw_only=True):
    """A declared parameter or field in one word: a type with an optional default, or a constant
    (`= text`), where `constant` is a template and `type` is None.
    """

    type: TypeExpr | None
    default: Default | None = None
    constant: Template | None = None


class Returns(Node, frozen=True, kw_only=True):
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


class Filter(Node, frozen=True, kw_only=True):
    """`| name arg arg`. The first argument of `hmac` is the name of its key, which is looked up:
    `key`.
    """

    name: str
    arguments: tuple[str, ...] = ()
    key: Reference | None = None


class Reference(Node, frozen=True, kw_only=True):
    """`${name}`: dotted `names` (("token", "access_token")); `fallback` stands behind `??`; `now`
    has an `offset_seconds`. `start`/`end` cover the whole `${…}`.
    """

    names: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    fallback: Reference | None = None
    offset_seconds: float = 0.0


class Template(Node, frozen=True, kw_only=True):
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


class Variable(Node, frozen=True, kw_only=True):
    """`$name`, declared (then `is_needed` says whether it must be given) or used."""

    name: str
    is_needed: bool = False


class DocumentOperation(Node, frozen=True, kw_only=True):
    """`query Name($a: Int!) { … }`: `variables` are declared, `used` are those of its selection."""

    kind: str
    name: str | None
    variables: tuple[Variable, ...] = ()
    used: tuple[Variable, ...] = ()


class Document(Node, frozen=True, kw_only=True):
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


class Constant(Node, frozen=True, kw_only=True):
    """A literal of a condition or of `returns: = …`."""

    value: Scalar


class Operand(Node, frozen=True, kw_only=True):
    """A place, perhaps read `as` a word (`integer`, `number`, `text`, …), or inside `exists()
    count() length()`.
    """

    place: AnswerPlace
    as_word: str | None = None
    function: Literal["exists", "count", "length"] | None = None


class Comparison(Node, frozen=True, kw_only=True):
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


class Not(Node, frozen=True, kw_only=True):
    """`not C`."""

    condition: Condition


class Both(Node, frozen=True, kw_only=True):
    """`A and B and C`."""

    conditions: tuple[Condition, ...]


class Either(Node, frozen=True, kw_only=True):
    """`A or B or C`."""

    conditions: tuple[Condition, ...]


Condition = Comparison | Not | Both | Either


# --- quantities -----------------------------------------------------------------------------------


class Duration(Node, frozen=True, kw_only=True):
    """`500ms 2s 5m 1h 7d`, in seconds."""

    seconds: float


class Backoff(Node, frozen=True, kw_only=True):
    """`500ms..30s` (exponential between the two), `2s` (low equals high), `none` (both 0)."""

    low_seconds: float
    high_seconds: float


class Rate(Node, frozen=True, kw_only=True):
    """`400/minute`, `4/second burst 10`, `1/second per body.channel`, `1000 points/minute`,
    `100/30s`.
    """

    count: int
    span_seconds: float
    is_points: bool = False
    burst: int | None = None
    per: RequestPlace | None = None


class Split(Node, frozen=True, kw_only=True):
    """`body.records by 10`: a list of the request, and how much of it goes into one call.

    `merge` names the field by which the items of all calls are put together (`… merge id`).
    """

    place: RequestPlace
    most: int
    merge: str | None = None


class WaitStep(Node, frozen=True, kw_only=True):
    """`60s` (`seconds` set) or a place, perhaps a group in its text, read `as` a unit."""

    seconds: float | None = None
    place: MatchedPlace | None = None
    unit: Literal["seconds", "milliseconds", "epoch", "epoch_ms", "date", "per_second"] = "seconds"


class Wait(Node, frozen=True, kw_only=True):
    """Alternatives joined by `else`; the first that can be read counts."""

    steps: tuple[WaitStep, ...]


class ReadPlace(Node, frozen=True, kw_only=True):
    """`$.a ?? …`-free place with a reading: `$.x as milliseconds`, `header.a as epoch`, `$.errors
    as list(T)`.
    """

    place: MatchedPlace
    as_word: str | None = None
    as_type: TypeExpr | None = None


class PathTemplate(Node, frozen=True, kw_only=True):
    """The path of a request: literal text and `{name}`, `{name:integer}`, `{name?:slashes}`,
    `${setting}` parts.
    """

    parts: tuple[str | PathParam | Reference, ...]
    is_absolute: bool = False
    """True where it is a whole URL (`https://…` or starts with a reference to one)."""


class PathParam(Node, frozen=True, kw_only=True):
    """`{name}` with an optional type word (`integer`, `slashes`, `uuid`, …) and `?` where it may be
    empty.
    """

    name: str
    type: TypeExpr | None = None
    keeps_slashes: bool = False
    is_optional: bool = False

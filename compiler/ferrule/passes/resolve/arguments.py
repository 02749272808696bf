"""The keyword arguments of an action: what callers give, under which name, and where it goes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from ferrule import naming
from ferrule.forms.shape import Shape
from ferrule.forms.spec import Action
from ferrule.forms.tree import Path
from ferrule.passes.resolve.declare import Declarer, fixed_of
from ferrule.passes.resolve.findings import Teller
from ferrule.passes.resolve.formats import forms_of
from ferrule.passes.resolve.types import (
    NULL,
    TEXT,
    Enumeration,
    Member,
    Plain,
    Type,
    one_of,
)
from ferrule.words import ast

# Who keeps a name when several want it.
WHERE = ("input", "path", "query", "header", "cookie", "body")


class Argument(Struct, frozen=True):
    """One keyword argument. `where` is a root of request places, `input`, or empty for our own."""

    where: str
    member: Member
    name: str = ""

    @property
    def is_optional(self) -> bool:
        """Whether a caller may leave it out."""
        return self.member.is_optional or self.member.has_default


class Section(Struct, frozen=True, dict=True):
    """One part of a request: its declared parameters, or one map or model as a whole."""

    members: tuple[Member, ...] = ()
    whole: Member | None = None
    rest: Member | None = None
    one_of_fields: tuple[str, ...] = ()

    @cached_property
    def given(self) -> tuple[Member, ...]:
        """The parameters that callers give, in order."""
        single = tuple(each for each in (self.whole, self.rest) if each is not None)
        return (*(m for m in self.members if not (m.is_fixed or m.is_switched_off)), *single)


NOTHING = Section()


class Inputs(Struct, frozen=True, kw_only=True):
    """Everything that an action declares for its callers, before it has Python names.

    `coded_body` is the type of the whole body where its wire forms cannot be told field by field.
    """

    input: Section = NOTHING
    path: Section = NOTHING
    query: Section = NOTHING
    header: Section = NOTHING
    cookie: Section = NOTHING
    body: Section = NOTHING
    wrap: str | None = None
    bodies: tuple[tuple[str, Type], ...] = ()
    coded_body: Type | None = None
    body_is_optional: bool = False
    document: tuple[str, str | None] | None = None

    def types(self) -> Iterable[Type]:
        """The types of everything that callers give."""
        for where in WHERE:
            section: Section = getattr(self, where)
            yield from (member.type for member in section.given)
        yield from (type_ for _, type_ in self.bodies)
        if self.coded_body is not None:
            yield self.coded_body

    def section(self, where: str) -> Section:
        """The part of a request by the name of its root."""
        found: Section = getattr(self, where)
        return found


def inputs_of(declarer: Declarer, action: Action, path: Path, owner: str) -> Inputs:
    """Reads what an action declares; types in place are named after `owner` (`TicketsCreate`)."""
    body_key = "body" if action.body is not None else "body?"
    body = action.body if action.body is not None else action.optional_body
    is_optional = action.body is None
    inputs = Inputs(
        input=_declared(declarer, action.input, (*path, "input"), owner),
        path=_path_section(declarer, action, path, owner),
        query=_either(declarer, action.query, action.optional_query, (*path, "query"), owner),
        header=_either(
            declarer, action.headers, action.optional_headers, (*path, "headers"), owner
        ),
        cookie=_section(declarer, action.cookies, (*path, "cookies"), owner, what="cookies"),
        body=_section(
            declarer, body, (*path, body_key), owner, what="body", is_optional=is_optional
        ),
        wrap=None if body is None else body.wrap,
        bodies=_bodies(declarer, action, (*path, "bodies"), owner),
        body_is_optional=body is not None and is_optional,
        document=None if body is None else document_of(body),
    )
    return replace(inputs, coded_body=_coded_body(declarer, inputs, (*path, body_key), owner))


def _coded_body(declarer: Declarer, inputs: Inputs, path: Path, owner: str) -> Type | None:
    types = [member.type for member in inputs.body.given] + [type_ for _, type_ in inputs.bodies]
    if all(forms_of(declarer.declarations, type_).is_whole for type_ in types):
        return None
    if inputs.body.whole is not None:
        return inputs.body.whole.type
    if inputs.bodies:
        return one_of(*(type_ for _, type_ in inputs.bodies))
    members = tuple(replace(each, is_optional=True) for each in inputs.body.members)
    found = declarer.declare_object(f"{owner}Body", path, members)
    if inputs.wrap is None:
        return found
    wrapped = Member(wire=inputs.wrap, path=path, type=found)
    return declarer.declare_object(f"{owner}Request", (*path, ".wrap"), (wrapped,))


def _declared(declarer: Declarer, shapes: dict[str, Shape], path: Path, owner: str) -> Section:
    members = []
    for key, shape in shapes.items():
        wire = key.removesuffix("?")
        optional = key.endswith("?")
        members.append(declarer.member(wire, shape, (*path, key), owner, is_optional=optional))
    return Section(tuple(members))


def _path_section(declarer: Declarer, action: Action, path: Path, owner: str) -> Section:
    """The parameters of the path in the order in which they stand there."""
    template = next(
        (found for verb in ("get", "post", "put", "patch", "delete", "head", "options")
         if (found := getattr(action, verb)) is not None),
        None,
    )  # fmt: skip
    declared = {key.removesuffix("?"): (key, shape) for key, shape in action.path.items()}
    members: list[Member] = []
    for part in template.parts if template is not None else ():
        if not isinstance(part, ast.PathParam):
            continue
        type_ = TEXT if part.type is None else declarer.of_word(part.type)
        key, shape = declared.get(part.name, (part.name, None))
        place = (*path, "path", key)
        if shape is None:
            member = Member(wire=part.name, path=path, type=type_)
        else:
            member = declarer.member(part.name, shape, place, owner)
            if part.type is not None or shape.is_bare:
                member = replace(member, type=type_)
        members.append(replace(member, is_optional=part.is_optional))
    return Section(tuple(members))


def _either(
    declarer: Declarer, needed: Shape | None, optional: Shape | None, path: Path, owner: str
) -> Section:
    what = str(path[-1])
    if needed is not None:
        return _section(declarer, needed, path, owner, what=what)
    path = (*path[:-1], f"{what}?")
    return _section(declarer, optional, path, owner, what=what, is_optional=True)


def _section(
    declarer: Declarer,
    shape: Shape | None,
    path: Path,
    owner: str,
    *,
    what: str,
    is_optional: bool = False,
) -> Section:
    if shape is None:
        return NOTHING
    if not is_inline(shape) or (is_optional and _has_required(shape)):
        name = owner + naming.class_name(what)
        type_ = whole_file(declarer.type_of(shape, path, name))
        if type_ == NULL:
            return NOTHING
        whole = Member(
            wire=what, path=path, type=type_, is_optional=is_optional, doc=shape.doc,
            python_name=shape.python_name, deprecated=shape.deprecated, style=shape.style,
        )  # fmt: skip
        return Section(whole=whole)
    rest = None
    if shape.rest is not None:
        prefix = "extra" if what == "body" else f"extra_{what}"
        rest = Member(
            wire=prefix,
            path=(*path, ".rest"),
            type=declarer.map_of(shape.rest),
            is_optional=True,
            doc="Further fields, by their names on the wire.",
        )
    members = declarer.members_of(shape, path, owner)
    if what == "body":
        sent = declarer.declarations.sent
        members = tuple(
            _with_parts(*each, sent) for each in zip(members, shape.members, strict=True)
        )
    members = tuple(each for each in members if not each.is_read_only)
    return Section(members, rest=rest, one_of_fields=tuple(shape.one_of_fields or ()))


def _with_parts(member: Member, declared: tuple[str, str, bool, Shape], sent: set[Path]) -> Member:
    """A field of a body with the constants inside it; one of nothing else is a constant itself."""
    _, _, is_optional, shape = declared
    if is_optional or not is_inline(shape):
        return member
    parts = _constants_in(shape, member.path, sent)
    return replace(member, is_fixed=member.is_fixed or shape.is_constant, parts=parts)


def _constants_in(shape: Shape, path: Path, sent: set[Path]) -> tuple[Member, ...]:
    found: list[Member] = []
    for key, wire, is_optional, each in shape.members:
        fixed, place = fixed_of(each), (*path, key)
        value = None if fixed is None else fixed[0]
        parts: tuple[Member, ...] = ()
        if fixed is None and is_inline(each) and not is_optional:
            parts = _constants_in(each, place, sent)
        if fixed is not None or parts:
            sent |= {place} if fixed is not None or each.is_constant else set()
            is_fixed = fixed is not None
            found.append(
                Member(
                    wire=wire, path=place, type=TEXT, is_fixed=is_fixed, fixed=value, parts=parts
                )
            )
    return tuple(found)


def document_of(body: Shape) -> tuple[str, str | None] | None:
    """A GraphQL document, and the name of the operation that is asked for, if it has one."""
    if body.document is None:
        return None
    chosen = body.document.chosen(body.operation)
    return body.document.text, None if chosen is None else chosen.name


def is_inline(shape: Shape) -> bool:
    """Whether the fields of a shape become arguments of their own."""
    return (
        (shape.fields is not None or shape.rest is not None or shape.document is not None)
        and shape.by is None
        and shape.is_also is None
        and shape.type is None
        and shape.word is None
    )


def _has_required(shape: Shape) -> bool:
    return any(not is_optional for _, _, is_optional, each in shape.members if not each.read_only)


def _bodies(
    declarer: Declarer, action: Action, path: Path, owner: str
) -> tuple[tuple[str, Type], ...]:
    return tuple(
        (
            media,
            whole_file(declarer.type_of(shape, (*path, media), owner + naming.class_name(media))),
        )
        for media, shape in (action.bodies or {}).items()
    )


class ArgumentNames(Struct):
    """Gives arguments their names; who comes later in WHERE steps aside with a suffix.

    Two of one place cannot: the author names one of them.
    """

    teller: Teller
    scope: naming.Scope[tuple[str, Path]] = field(default_factory=naming.Scope)

    def reserve(self, name: str, path: Path) -> None:
        """Takes a name for an argument of our own, such as `page_size`."""
        self.scope.claim(name, ("", path))

    def name(self, where: str, member: Member) -> Argument:
        """The argument of a parameter."""
        fix = "give the parameter a name with `.py`"
        wanted = member.python_name or naming.argument(member.wire)
        wanted = self.teller.named(wanted, member.wire, member.path, fix=fix)
        owner = (where, member.path)
        earlier = self.scope.claim(wanted, owner)
        can_move = member.python_name is None and where not in ("", "input")
        if earlier is not None and earlier[0] != where and can_move:
            wanted = f"{naming.snake(member.wire)}_{where}"
            earlier = self.scope.claim(wanted, owner)
        if earlier is not None:
            fix = "give one of the two parameters another name with `.py`"
            self.teller.collision(wanted, "parameter", member.path, earlier[1], fix=fix)
        return Argument(where, member, wanted)


def whole_file(type_: Type) -> Type:
    """Bytes that are a whole body may be given as a file."""
    return Plain("file") if type_ == Plain("bytes") else type_


def closed_choice(values: Iterable[str]) -> Enumeration:
    """One of the words and no other."""
    return Enumeration(tuple(values), is_closed=True)

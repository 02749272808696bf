"""Writes a call of each action as a reader would: required arguments with plausible values."""

from __future__ import annotations

from typing import Any

from ferrule import naming
from ferrule.forms.code import Code
from ferrule.passes.resolve.signatures import Signature
from ferrule.passes.resolve.types import (
    NULL,
    AliasDecl,
    Declarations,
    Enumeration,
    ListOf,
    MapOf,
    Member,
    Named,
    ObjectDecl,
    OneOf,
    Plain,
    StreamOf,
    TaggedDecl,
    TupleOf,
    Type,
    has_member,
)
from ferrule.python_text import (
    assigned,
    attribute,
    call,
    dict_of,
    list_of,
    literal,
    looped,
    name,
    tuple_of,
)

_DEEPEST = 5
_WORDS = {
    "integer": literal(1),
    "number": literal(1.5),
    "boolean": literal(True),
    "null": literal(None),
    "datetime": Code("datetime.now(timezone.utc)"),
    "date": Code("date.today()"),
    "time": Code("time(12, 30)"),
    "duration": Code("timedelta(minutes=5)"),
    "uuid": Code("uuid4()"),
    "decimal": Code('Decimal("12.50")'),
    "bytes": Code('b"..."'),
    "file": Code('Path("file.bin")'),
    "object": Code("{}"),
}


def example_call(
    declarations: Declarations,
    signature: Signature,
    method: tuple[str, ...],
    given: dict[str, Any] | None = None,
) -> Code:
    """`ticket = client.tickets.get(ticket_id=1)`, or a loop where there are items.

    `given` are the values of an example, by the names of the parameters.
    """
    needed = [each for each in signature.ordered if not each.is_optional]
    only = signature.plan.inputs.query.one_of_fields or signature.plan.inputs.body.one_of_fields
    needed += [each for each in signature.arguments if each.member.wire in only[:1]]
    values = {
        each.name: _value(declarations, each.member, frozenset()) for each in dict.fromkeys(needed)
    }
    for each in needed:
        if each.where == "path" and values[each.name] == dict_of({}):
            values[each.name] = _not_empty(declarations, each.member.type)
    if given is not None:
        named = {each.member.wire: each.name for each in signature.arguments}
        values = {named[wire]: literal(each) for wire, each in given.items() if wire in named}
    made = call(attribute(name("client"), *method), **values)
    kind = signature.plan.result.kind
    if kind in ("pages", "stream"):
        return looped("item", made, "print(item)")
    if kind == "download":
        saved = literal(f"{naming.snake(method[-1])}.bin")
        return call(attribute(made, "save"), saved)
    if kind == "job":
        made = call(attribute(made, "result"))
    if signature.plan.result.type == NULL:
        return made
    return assigned(name("result"), made)


def _not_empty(declarations: Declarations, type_: Type) -> Code:
    """An object for a path, which would name another resource without a field."""
    key = type_.key if isinstance(type_, Named) else ""
    found = declarations.by_key.get(key)
    members = declarations.all_members(key) if isinstance(found, ObjectDecl) else ()
    for each in members:
        if has_member(each, in_response=False):
            return dict_of({each.wire: _value(declarations, each, frozenset((key,)))})
    return dict_of({})


def _value(declarations: Declarations, member: Member, inside: frozenset[str]) -> Code:
    if isinstance(member.example, bool | int | float | str):
        return literal(member.example)
    return _of(declarations, member.type, member.wire, inside)


def _of(declarations: Declarations, type_: Type, wire: str, inside: frozenset[str]) -> Code:
    match type_:
        case Plain(word=word):
            return _WORDS.get(word, literal(_text(word, wire)))
        case Enumeration(values=values):
            return literal(values[0] if values else None)
        case ListOf(item=item):
            return list_of([_of(declarations, item, wire, inside)])
        case MapOf(value=value):
            return dict_of({"name": _of(declarations, value, wire, inside)})
        case TupleOf(items=items):
            return tuple_of(_of(declarations, each, wire, inside) for each in items)
        case OneOf(members=members):
            return _of(declarations, members[0], wire, inside)
        case StreamOf(item=item):
            return _of(declarations, item, wire, inside)
        case Named(key=key):
            return _declared(declarations, key, inside)


def _declared(declarations: Declarations, key: str, inside: frozenset[str]) -> Code:
    found = declarations.by_key.get(key)
    if key in inside or found is None or len(inside) >= _DEEPEST:
        return dict_of({})
    inner = inside | {key}
    match found:
        case AliasDecl(type=type_):
            return _of(declarations, type_, key, inner)
        case TaggedDecl(cases=cases):
            return _of(declarations, cases[0][1], key, inner) if cases else dict_of({})
        case ObjectDecl():
            needed = (
                each
                for each in declarations.all_members(key)
                if has_member(each, in_response=False)
                and not (each.is_optional or each.has_default)
            )
            return dict_of({each.wire: _value(declarations, each, inner) for each in needed})


def _text(word: str, wire: str) -> str:
    if word == "email":
        return "somebody@example.com"
    if word == "url":
        return "https://example.com"
    return "..." if word in ("any", "text") else naming.snake(wire) or "text"

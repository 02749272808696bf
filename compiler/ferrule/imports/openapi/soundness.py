"""Mends what a checker would refuse: values without an end, names for nothing, tags that fail."""

from __future__ import annotations

from ferrule.diagnostics.wording import said
from ferrule.imports.openapi.guesses.places import plain
from ferrule.imports.openapi.schemas import BASE, Component
from ferrule.imports.openapi.types import (
    ANY,
    NULL,
    TEXT,
    Const,
    Enum,
    Facts,
    Field,
    Made,
    MapOf,
    Object,
    OneOf,
    Ref,
    Tagged,
    Type,
    members_of,
    one_of,
    parts_of,
    without_null,
)
from ferrule.imports.openapi.usage import Usage


def make_sound(usage: Usage) -> None:
    """Mend every schema that is used."""
    components = usage.schemas.components
    used = [components[key] for key in usage.order]
    for component in used:
        _break_alias_circle(usage, component)
    for component in used:
        if isinstance(component.made.type, Tagged):
            _mend_tagged(usage, component)
    for found in _tagged_in_place(usage):
        _mend_cases(usage, found)
    _end_endless(usage, used)
    if not usage.schemas.keeps_names:
        for component in used:
            _drop_empty_heir(usage, component)


# --- names that are only other names


def _break_alias_circle(usage: Usage, component: Component) -> None:
    """A union that holds itself outright says no more without that member."""
    if _reaches_itself(usage, component.made.type, component.key, set()):
        type_ = component.made.type
        members = members_of(type_)
        kept = [
            each
            for each in members
            if not _reaches_itself(usage, each, component.key, set()) and each != Ref(component.key)
        ]
        component.made = Made(one_of(*kept) if kept else ANY, component.made.facts)
        if not kept:
            message = f"`{said(component.name)}` is made of itself and nothing else: anything"
            component.node.tell("import-degraded", f"{message} is taken")


def _reaches_itself(usage: Usage, type_: Type, key: str, seen: set[str]) -> bool:
    """Whether a type is another name, however far away, for the schema of this key."""
    if isinstance(type_, OneOf):
        return any(_reaches_itself(usage, each, key, seen) for each in type_.members)
    if not isinstance(type_, Ref):
        return False
    if type_.key == key:
        return True
    if type_.key in seen:
        return False
    seen.add(type_.key)
    component = usage.schemas.components.get(type_.key)
    return component is not None and _reaches_itself(usage, component.made.type, key, seen)


# --- tags


def _tagged_in_place(usage: Usage) -> list[Tagged]:
    """The tagged unions that have no name of their own."""
    found: list[Tagged] = []
    seen: set[int] = set()

    def look(type_: Type) -> None:
        if isinstance(type_, Ref) or id(type_) in seen:
            return
        if isinstance(type_, Object | Tagged):
            seen.add(id(type_))
        if isinstance(type_, Tagged):
            found.append(type_)
        for part in parts_of(type_):
            look(part)

    for key in usage.order:
        component = usage.schemas.components[key]
        inner = component.made.type
        if not isinstance(inner, Tagged):
            look(inner)
    for type_ in usage.roots:
        look(type_)
    return found


def _mend_tagged(usage: Usage, component: Component) -> None:
    type_ = component.made.type
    assert isinstance(type_, Tagged)
    if not _mend_cases(usage, type_):
        members = [*type_.cases.values(), *([type_.otherwise] if type_.otherwise else [])]
        component.made = Made(one_of(*members), component.made.facts)
        own = f"{component.key}{BASE}"
        if component.made.type == Ref(own) and not usage.schemas.keeps_names:
            usage.schemas.components[own].name = component.name  # nobody else bears it now


def _mend_cases(usage: Usage, found: Tagged) -> bool:
    """Give every case its tag; a case that contradicts its tag goes. Whether cases are left."""
    _open_base(usage, found)
    _share_tag(usage, found)
    for value, case in list(found.cases.items()):
        target = usage.settler.object_of(without_null(case))
        if target is None:
            message = f"the case `{said(value)}` of `{said(found.tag)}` is no object: left out"
            found.node.tell("import-degraded", message)
            del found.cases[value]
            continue
        usage.settler.settle(target)
        field = usage.settler.all_fields(target).get(found.tag)
        if field is None:
            values = [name for name, each in found.cases.items() if each == case]
            type_: Type = Const(values[0]) if len(values) == 1 else Enum(tuple(values))
            target.fields = {
                found.tag: Field(found.tag, type_, Facts(), False, found.node),
                **target.fields,
            }
            usage.settler.forget()
            continue
        known = _values(usage, field.type)
        if not known or value in known:
            continue
        del found.cases[value]
        if case == found.otherwise:
            continue  # no value of the tag means the base alone
        meant = [
            each
            for each in sorted(known)
            if each not in found.cases and (len(known) == 1 or plain(each) == plain(value))
        ]
        if meant:
            found.cases[meant[0]] = case
        message = f"the case `{said(value)}` is none of the values of `{said(found.tag)}`"
        outcome = f"`{said(meant[0])}` is taken" if meant else "it is left out"
        found.node.tell("import-degraded", f"{message}: {outcome}")
    return bool(found.cases)


def _open_base(usage: Usage, found: Tagged) -> None:
    """Make an object of what other values of the tag mean, where nothing is said of its fields."""
    if found.otherwise is None:
        return
    plain = without_null(found.otherwise)
    if usage.settler.object_of(plain) is not None:
        return
    component = usage.schemas.components.get(plain.key) if isinstance(plain, Ref) else None
    inner = component.made.type if component is not None else None
    if component is None or not isinstance(inner, MapOf):
        found.otherwise = None
        return
    rest = None if inner.value == ANY else inner.value
    fields = {found.tag: Field(found.tag, TEXT, Facts(), False, found.node)}
    made = Object(found.hint, found.node, fields=fields, rest=rest)
    component.made = Made(made, component.made.facts)
    usage.settler.forget()


def _share_tag(usage: Usage, found: Tagged) -> None:
    """Declare a missing tag where cases that build upon a case would contradict its own value."""
    settler = usage.settler
    targets = [settler.object_of(without_null(case)) for case in found.cases.values()]
    cases = [each for each in targets if each is not None]
    for each in cases:
        settler.settle(each)
    roots = [each for each in cases if not any(settler.builds_upon(each, one) for one in cases)]
    for base in roots:
        heirs = [each for each in cases if settler.builds_upon(each, base)]
        if heirs and found.tag not in settler.all_fields(base):
            tag = Field(found.tag, TEXT, Facts(), False, found.node)
            base.fields = {found.tag: tag, **base.fields}
            settler.settle_again(heirs)


def _values(usage: Usage, type_: Type) -> set[str]:
    """The values that a field can have, by name or in place; none where it can have any."""
    bare = without_null(type_)
    if isinstance(bare, Ref):
        component = usage.schemas.components.get(bare.key)
        bare = without_null(component.made.type) if component is not None else ANY
    if isinstance(bare, Const):
        return {str(bare.value)}
    return {str(each) for each in bare.values} if isinstance(bare, Enum) else set()


# --- names for what has one already


def _drop_empty_heir(usage: Usage, component: Component) -> None:
    """What is composed of one object and adds nothing to it is that object."""
    type_ = component.made.type
    if not isinstance(type_, Object) or len(type_.bases) != 1:
        return
    usage.settler.settle(type_)
    says_more = type_.fields or type_.rest is not None or type_.one_of_fields or type_.doc
    if not says_more and len(type_.bases) == 1:
        component.made = Made(type_.bases[0], component.made.facts)


# --- values without an end


def _end_endless(usage: Usage, used: list[Component]) -> None:
    """Let a field be left out where a schema requires itself, so that no value could end."""
    while True:
        endless = _endless(usage, used)
        if not endless:
            return
        mended = False
        for component in used:
            if component.key in endless and _loosen(usage, component, endless):
                mended = True
                break
        if not mended:
            for component in used:
                if component.key in endless:
                    component.made = Made(MapOf(ANY), component.made.facts)
            return


def _endless(usage: Usage, used: list[Component]) -> set[str]:
    finite: set[str] = set()
    waiting = list(used)
    while True:
        left = []
        for component in waiting:
            if _is_finite(usage, component.made.type, finite, set()):
                finite.add(component.key)
            else:
                left.append(component)
        if len(left) == len(waiting):
            return {component.key for component in left}
        waiting = left[::-1]


def _is_finite(usage: Usage, type_: Type, finite: set[str], seen: set[int]) -> bool:
    match type_:
        case Ref(key=key):
            return key in finite or key not in usage.refs
        case OneOf(members=members):
            return any(_is_finite(usage, each, finite, seen) for each in members)
        case Object():
            if id(type_) in seen:
                return True
            seen.add(id(type_))
            fields = usage.settler.all_fields(type_).values()
            return all(
                each.is_optional or _is_finite(usage, each.type, finite, seen) for each in fields
            ) and all(_is_finite(usage, base, finite, seen) for base in type_.bases)
        case Tagged():
            ends = [*type_.cases.values(), *([type_.otherwise] if type_.otherwise else [])]
            return any(_is_finite(usage, each, finite, seen) for each in ends)
        case _:
            return True


def _loosen(usage: Usage, component: Component, endless: set[str]) -> bool:
    """Make one field optional that leads round; whether there was one."""
    type_ = component.made.type
    if not isinstance(type_, Object):
        return False
    for name, each in type_.fields.items():
        if each.is_optional or each.type == NULL:
            continue
        if _is_finite(usage, each.type, _all_but(usage, endless), set()):
            continue
        type_.fields[name] = each.copy(is_optional=True)
        usage.settler.forget()
        message = f"`{said(name)}` requires itself, so that no value could end: it may be left out"
        each.node.tell("import-degraded", message)
        return True
    return False


def _all_but(usage: Usage, endless: set[str]) -> set[str]:
    return {key for key in usage.refs if key not in endless}

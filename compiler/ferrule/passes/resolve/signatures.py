"""The signature of an action: its arguments with their final names, its overloads, its twin."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ferrule.forms.spec import Action, ConnectorSpec
from ferrule.passes.resolve.arguments import (
    Argument,
    ArgumentNames,
    closed_choice,
)
from ferrule.passes.resolve.findings import Teller
from ferrule.passes.resolve.inherit import (
    idempotency_key_of,
    last_request,
    pages,
    paging_form,
    paging_of,
)
from ferrule.passes.resolve.operations import ActionPlan
from ferrule.passes.resolve.results import Returned
from ferrule.passes.resolve.sweeps import set_by_itself
from ferrule.passes.resolve.types import NULL, Member, Plain, Type, one_of
from ferrule.words import ast

# What makes the async method of the sync one, by what it gives.
_TWINS = {
    "run": "as_async",
    "pages": "as_async_pager",
    "download": "as_async_download",
    "stream": "as_async_stream",
    "job": "as_async_job",
}
_OWN = {
    "page_size": "How many items a page has.",
    "start": "Where the walk begins, as the service counts.",
    "checkpoint": "Where an earlier walk stopped: `page.checkpoint`.",
    "since": "From when on; where the last reading began, or the start of the spec, if left out.",
    "until": "Until when; now if left out.",
    "idempotency_key": "A key of your own for this call, instead of one that is made for it.",
}


class Variant(Struct, frozen=True):
    """One signature of an action: for which value of the deciding argument, and what it gives."""

    result: Type
    cases: tuple[Returned, ...] = ()
    chosen: str | None = None
    body: Type | None = None
    needed: str | None = None


class Signature(Struct, frozen=True, dict=True):
    """The arguments of an action with their final names."""

    plan: ActionPlan
    arguments: tuple[Argument, ...]
    decider: Argument | None = None
    key_place: tuple[str, str] | None = None

    def at(self, where: str) -> list[Argument]:
        """The arguments that go to one place."""
        return self._by_place.get(where, [])

    @cached_property
    def _by_place(self) -> dict[str, list[Argument]]:
        found: dict[str, list[Argument]] = {}
        for each in self.arguments:
            found.setdefault(each.where, []).append(each)
        return found

    @cached_property
    def ordered(self) -> tuple[Argument, ...]:
        """What must be given first, our own last."""
        mine = [each for each in self.arguments if each.where not in ("", "send")]
        own = [each for each in self.arguments if each.where in ("", "send")]
        in_turn = [sorted(each, key=lambda one: one.is_optional) for each in (mine, own)]
        return (*in_turn[0], *in_turn[1])

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """One for each overload, or the only one."""
        return tuple(_variants(self))

    @property
    def is_overloaded(self) -> bool:
        """Whether the action has several signatures."""
        return len(self.variants) > 1

    def named(self, where: str, wire: str) -> Argument | None:
        """The argument of a parameter."""
        return next((each for each in self.at(where) if each.member.wire == wire), None)


def signature_of(spec: ConnectorSpec, plan: ActionPlan, teller: Teller) -> Signature:
    """Gives every argument of an action its name."""
    names = ArgumentNames(teller)
    own = list(_own_members(spec, plan))
    for member in own:
        names.reserve(member.wire, member.path)
    arguments: list[Argument] = []
    inputs = plan.inputs
    filled = set_by_itself(plan.action)
    for where in ("input", "path", "query", "header", "cookie", "body"):
        for member in inputs.section(where).given:
            if where != "input" and member.wire in filled:
                continue
            if not _is_page_size(spec, plan, where, member):
                arguments.append(names.name(where, member))
            elif member.doc is not None:
                own = [replace(m, doc=member.doc) if m.wire == "page_size" else m for m in own]
    decider = None
    if inputs.bodies:
        types = one_of(*(type_ for _, type_ in inputs.bodies))
        arguments.append(names.name("body", Member(wire="body", path=plan.path, type=types)))
        words = closed_choice(media for media, _ in inputs.bodies)
        send = Member(
            wire="send", path=plan.path, type=words, has_default=True, default=inputs.bodies[0][0]
        )
        decider = names.name("send", send)
        arguments.append(decider)
    arguments += [Argument("", member, member.wire) for member in own]
    if plan.result.by is not None:
        decider = next((each for each in arguments if each.member.wire == plan.result.by), None)
        if decider is not None:
            closed = replace(decider, member=_closed(decider.member, plan))
            arguments = [closed if each is decider else each for each in arguments]
            decider = closed
    return Signature(plan, tuple(arguments), decider, own_key_place(spec, plan))


def _closed(member: Member, plan: ActionPlan) -> Member:
    """The deciding argument takes the values that the cases have, and no others."""
    keys = [str(key) for key, _ in plan.result.cases]
    default = member.default if member.default in keys else keys[0]
    has_default = member.has_default or member.is_optional
    return replace(
        member,
        type=closed_choice(keys),
        has_default=has_default,
        default=default,
        is_optional=False,
    )


def _own_members(spec: ConnectorSpec, plan: ActionPlan) -> Iterator[Member]:
    """The arguments that every action of its kind has."""

    def made(word: str, type_: Type) -> Member:
        return Member(wire=word, path=plan.path, type=type_, is_optional=True, doc=_OWN.get(word))

    if plan.result.kind == "pages":
        paging = paging_form(spec, paging_of(spec, plan.action))
        if paging is not None and not pages(spec, plan.action):
            paging = None
        if paging is not None and paging.size is not None:
            yield made("page_size", Plain("integer"))
        has_numbers = paging is not None and bool(paging.page or paging.offset)
        if has_numbers and plan.action.each is None and plan.action.since is None:
            yield made("start", Plain("integer"))
        if plan.action.since is not None:
            yield made("since", _moment(plan.action))
            yield made("until", _moment(plan.action))
        yield made("checkpoint", Plain("string"))
    if plan.result.kind == "job":
        doc = "Of a job that was begun earlier: `job.checkpoint`. Nothing is begun anew then."
        yield replace(made("checkpoint", Plain("string")), doc=doc)
    if own_key_place(spec, plan) is not None:
        yield made("idempotency_key", Plain("string"))
    if plan.action.url is not None:
        yield replace(made("auth", closed_choice(["none"])), doc="`none` sends no credentials.")


def _moment(action: Action) -> Type:
    as_ = None if action.since is None else action.since.as_
    is_date = isinstance(as_, ast.WordType) and as_.word == "date"
    return Plain("date") if is_date else Plain("datetime")


def own_key_place(spec: ConnectorSpec, plan: ActionPlan) -> tuple[str, str] | None:
    """Where the key of a call goes, if the spec does not declare it as a parameter itself."""
    place = idempotency_key_of(spec, plan.action)
    if last_request(plan.action) is not None:
        return None  # each of several requests has a key of its own
    if place is None or place.where not in ("header", "query", "body"):
        return None
    wrap = (plan.inputs.wrap,) if place.where == "body" and plan.inputs.wrap is not None else ()
    if place.where == "body" and (place.keys[:-1] != wrap or plan.inputs.bodies):
        return None  # deeper inside, or in one of several bodies: a key is made for each call
    wire = place.keys[-1] if place.where == "body" else place.name
    section = plan.inputs.section(place.where)
    declared_names = {each.wire.lower() for each in section.members}
    is_taken = section.whole is not None or wire.lower() in declared_names
    return None if is_taken else (place.where, wire)


def _is_page_size(spec: ConnectorSpec, plan: ActionPlan, where: str, member: Member) -> bool:
    """Whether a parameter is the one that `page_size` sets."""
    if not pages(spec, plan.action):
        return False
    paging = paging_form(spec, paging_of(spec, plan.action))
    place = None if paging is None or paging.size is None else paging.size.in_
    if place is None or place.where != where:
        return False
    return member.wire == (place.keys[0] if place.keys else place.name)


def twin_of(signature: Signature) -> str | None:
    """What makes the async method of the sync one: `as_async`.

    None where it has to be written out: types of several signatures get lost on the way.
    """
    result = signature.plan.result
    if result.kind == "open" or signature.is_overloaded:
        return None
    return "as_async_sweep" if result.is_swept else _TWINS[result.kind]


def _variants(signature: Signature) -> Iterator[Variant]:
    plan = signature.plan
    result = plan.result.type
    cases = tuple(case for _, case in plan.result.cases)
    if plan.result.by is not None and signature.decider is not None:
        for key, case in plan.result.cases:
            type_ = one_of(case.type, NULL) if plan.result.is_ignorable else case.type
            yield Variant(type_, (case,), chosen=str(key))
        return
    if len(plan.inputs.bodies) > 1:
        for media, body in plan.inputs.bodies:
            yield Variant(result, cases, chosen=media, body=body)
        return
    needed = [*plan.inputs.query.one_of_fields, *plan.inputs.body.one_of_fields]
    known = {each.member.wire for each in signature.arguments if each.is_optional}
    if len(needed) > 1 and known.issuperset(needed):
        for wire in needed:
            yield Variant(result, cases, needed=wire)
        return
    yield Variant(result, cases)

"""Spells the methods of an action: signature, docstring, and the one call they make."""

from __future__ import annotations

from msgspec import Struct

from ferrule.forms.code import Code
from ferrule.forms.package import MethodIR, OverloadIR
from ferrule.forms.spec import ConnectorSpec
from ferrule.passes.resolve.arguments import (
    Argument,
    Section,
    closed_choice,
)
from ferrule.passes.resolve.defaults import spelled_default
from ferrule.passes.resolve.inherit import (
    Target,
    last_request,
    request_target,
    target_of,
)
from ferrule.passes.resolve.models import member_text
from ferrule.passes.resolve.operations import ActionPlan
from ferrule.passes.resolve.results import Result
from ferrule.passes.resolve.sequences import requests_of
from ferrule.passes.resolve.signatures import Signature, Variant
from ferrule.passes.resolve.spelling import Spelling
from ferrule.passes.resolve.sweeps import KEYWORDS, handed_on, set_by_itself
from ferrule.passes.resolve.types import Member, Type, admits_null, one_of
from ferrule.python_text import (
    NONE,
    assigned,
    attribute,
    awaited,
    call,
    declared,
    dict_of,
    docstring,
    either,
    index,
    join,
    literal,
    merged,
    name,
    returned,
    tuple_of,
    unpacked,
)
from ferrule.words import ast

_SELF, _STAR = name("self"), Code("*")
_RUNNERS = {
    "run": "_run",
    "pages": "_pages",
    "download": "_download",
    "stream": "_lines",
    "job": "_job",
    "open": "_open",
}


class MethodWriter(Struct, frozen=True):
    """Writes the methods of one class."""

    spec: ConnectorSpec
    spelling: Spelling
    is_async: bool

    def method(self, signature: Signature, method: str, operation: Code, first: Code) -> MethodIR:
        """The method; `first` are statements before the call, perhaps none."""
        plan = signature.plan
        variants = list(signature.variants)
        if len(variants) > 1:
            types = one_of(*(each.result for each in variants))
            cases = tuple(case for each in variants for case in each.cases)
            variants.append(Variant(types, cases))
        *overloads, head = (self._head(signature, method, each) for each in variants)
        made = self._call(signature, operation)
        is_awaited = self.is_async and plan.result.kind != "pages"
        lines = [returned(made, awaited=is_awaited)]
        if plan.result.kind == "open":
            # What it gives depends on the answer: the signature tells more than the runner can.
            taken = {each.name for each in signature.arguments}
            opened = name("opened_" if "opened" in taken else "opened")
            type_ = self._result(plan.result, variants[-1])
            value = awaited(made) if is_awaited else made
            lines = [assigned(opened, value, type_), returned(opened)]
        return MethodIR(
            head=head,
            doc=docstring(method_doc(signature), 8),
            lines=(first, *lines) if first else tuple(lines),
            overloads=tuple(OverloadIR(head=each) for each in overloads),
        )

    def result_text(self, signature: Signature) -> str:
        """What a call gives, for readers."""
        result = signature.plan.result
        cases = tuple(case for _, case in result.cases)
        return str(self._result(result, Variant(result.type, cases)))

    def _head(self, signature: Signature, method: str, variant: Variant) -> Code:
        kind = signature.plan.result.kind
        result = self._result(signature.plan.result, variant)
        word = "async def" if self.is_async and kind != "pages" else "def"
        arguments = signature.ordered
        start = [_SELF, _STAR] if arguments else [_SELF]
        parameters = join(
            ", ", [*start, *(self._parameter(signature, each, variant) for each in arguments)]
        )
        return join(
            "", [Code(f"{word} "), name(method), Code("("), parameters, Code(") -> "), result]
        )

    def _parameter(self, signature: Signature, argument: Argument, variant: Variant) -> Code:
        member = argument.member
        if argument is signature.decider and variant.chosen is not None:
            only = self.spelling.given(closed_choice([variant.chosen]))
            is_default = member.has_default and member.default == variant.chosen
            default = literal(variant.chosen) if is_default else None
            return declared(name(argument.name), only, default)
        if variant.needed is None and variant.body is None and not member.has_default:
            return self.spelling.once(
                argument.name,
                member.type,
                member.is_optional,
                spell=lambda: self._declared(argument, member.type, variant),
            )
        type_ = member.type
        if variant.body is not None and argument.where == "body":
            type_ = variant.body
        return self._declared(argument, type_, variant)

    def _declared(self, argument: Argument, type_: Type, variant: Variant) -> Code:
        member = argument.member
        parts = self.spelling.given_alternatives(type_)
        default = self._default(member)
        if variant.needed is not None and member.wire == variant.needed:
            default = None
        if default is None and argument.is_optional and member.wire != variant.needed:
            parts.append(self.spelling.library("Omit"))
            default = self.spelling.library("omit")
        elif default is not None and member.is_optional and argument.where != "input":
            parts.append(self.spelling.library("Omit"))
        return declared(name(argument.name), either(*parts), default)

    def _default(self, member: Member) -> Code | None:
        if not member.has_default:
            return None
        return spelled_default(self.spelling, member.type, member.default)

    def _result(self, result: Result, variant: Variant) -> Code:
        kind, prefix = result.kind, "Async" if self.is_async else ""
        if kind == "open":
            return self._opened(result, variant)
        shown = self.spelling.shown(variant.result)
        if kind == "pages":
            walker = "Sweep" if result.is_swept else "Pager"
            return index(self.spelling.library(f"{prefix}{walker}"), shown)
        if kind == "job":
            return index(self.spelling.library(f"{prefix}Job"), shown)
        if kind == "download":
            return self.spelling.library(f"{prefix}Download")
        if kind == "stream":
            return index(self.spelling.library(f"{prefix}Stream"), shown)
        return shown

    def _opened(self, result: Result, variant: Variant) -> Code:
        """What one of several kinds of answers gives: values together, then what streams."""
        prefix = "Async" if self.is_async else ""
        values = [case.type for case in variant.cases if case.stream is None]
        parts = [self.spelling.shown(one_of(*values))] if values else []
        for case in variant.cases:
            if case.stream == "bytes":
                parts.append(self.spelling.library(f"{prefix}Download"))
            elif case.stream is not None:
                stream = self.spelling.library(f"{prefix}Stream")
                parts.append(index(stream, self.spelling.shown(case.type)))
        if result.is_ignorable and not any(admits_null(each) for each in values):
            parts.append(NONE)
        by_text = {str(part): part for part in parts}
        return either(*by_text.values())

    def _call(self, signature: Signature, operation: Code) -> Code:
        plan = signature.plan
        keywords: dict[str, Code | None] = {}
        path = self._path(signature)
        if path:
            keywords["path"] = tuple_of(path)
        if plan.action.url is not None:
            keywords.update(_target(signature))
        inputs = self._inputs(signature)
        if inputs:
            keywords["input"] = dict_of({each.member.wire: name(each.name) for each in inputs})
        for where, keyword in KEYWORDS.items():
            keywords[keyword] = self._values(signature, where)
        if plan.result.by is not None and signature.decider is not None:
            keywords["by"] = name(signature.decider.name)
        for each in signature.arguments:
            if each.where in ("", "send") and each.member.wire != "idempotency_key":
                keywords[each.member.wire] = name(each.name)
        parent = self._parent(signature)
        keywords["parent"] = dict_of(parent) if parent else None
        word = "_sweep" if plan.result.is_swept else _RUNNERS[plan.result.kind]
        return call(attribute(_SELF, word), operation, **keywords)

    def _inputs(self, signature: Signature) -> list[Argument]:
        """The inputs that the runtime looks up itself."""
        given, action = signature.at("input"), signature.plan.action
        has_more = last_request(action) is not None or action.each or action.since
        if not given or (has_more and action.url is None):
            return given
        looked_up = _looked_up(signature.plan)
        return [each for each in given if each.member.wire in looked_up]

    def _path(self, signature: Signature) -> list[Code]:
        """The values of the path in their order; what a fan-out fills in is left open."""
        given = {each.member.wire: name(each.name) for each in signature.at("path")}
        filled = set_by_itself(signature.plan.action)
        wires = [member.wire for member in signature.plan.inputs.path.given]
        return [self.spelling.library("omit") if wire in filled else given[wire] for wire in wires]

    def _parent(self, signature: Signature) -> dict[str, Code]:
        """What a fan-out gives to the action whose items it goes through."""
        found: dict[str, Code] = {}
        for keyword, wires in handed_on(self.spec, signature.plan.action).items():
            named = {}
            for wire in wires:
                argument = next(each for each in signature.arguments if each.member.wire == wire)
                named[wire] = name(argument.name)
            found[keyword] = tuple_of(named.values()) if keyword == "path" else dict_of(named)
        return found

    def _values(self, signature: Signature, where: str) -> Code | None:
        section: Section = signature.plan.inputs.section(where)
        arguments = signature.at(where)
        if signature.plan.inputs.bodies and where == "body":
            return name(arguments[0].name)
        if section.whole is not None:
            return name(arguments[0].name)
        rest = [each for each in arguments if each.member is section.rest]
        fields = {each.member.wire: name(each.name) for each in arguments if each not in rest}
        if signature.key_place is not None and signature.key_place[0] == where:
            fields[signature.key_place[1]] = name("idempotency_key")
        inputs = signature.plan.inputs
        wrap = inputs.wrap if where == "body" else None
        if not arguments and not fields and wrap is None:
            return None
        if where == "body" and inputs.body_is_optional:
            made = self.spelling.library("unless_omitted")
            further = [name(each.name) for each in rest]
            wrapped = None if wrap is None else literal(wrap)
            return call(made, dict_of(fields), *further, wrap=wrapped)
        values = merged(dict_of(fields), *(unpacked(name(each.name)) for each in rest))
        return values if wrap is None else dict_of({wrap: values})


def _looked_up(plan: ActionPlan) -> set[str]:
    """The inputs that the path and the constants of a request look up."""
    path = target_of(plan.action).path
    found: list[object] = [] if path is None else list(path.parts)
    for where in ("query", "header", "cookie", "body"):
        members = list(plan.inputs.section(where).members)
        for member in members:
            members += member.parts
            if isinstance(member.fixed, ast.Template):
                found += member.fixed.parts
    references = (each for each in found if isinstance(each, ast.Reference))
    return {each.names[1] for each in references if each.names[0] == "input"}


def _target(signature: Signature) -> dict[str, Code | None]:
    """What callers give of a free URL and a free method."""
    found: dict[str, Code | None] = {}
    action = signature.plan.action
    target = target_of(action)
    templates = {"url": action.url, "method": None if target.method else action.method}
    for keyword, template in templates.items():
        references = template.references if template is not None else ()
        inputs = [each for each in references if each.names[0] == "input"]
        for reference in inputs:
            given = signature.named("input", reference.names[-1])
            if given is not None:
                found[keyword] = name(given.name)
    return found


def method_doc(signature: Signature) -> str:
    """The docstring of a method: what it does, its request, its arguments."""
    action = signature.plan.action
    request = request_text(signature.plan)
    summary = (action.summary or "").strip()
    parts = [f"{_sentence(summary)} {request}." if summary else f"{request}."]
    if action.description and action.description.strip():
        parts.append(action.description.strip())
    if action.deprecated is not None:
        parts.append(f"Deprecated: {action.deprecated}")
    if action.docs is not None:
        parts.append(f"See {action.docs}")
    described = [
        f"{each.name}: {text}"
        for each in signature.ordered
        if (text := argument_text(each)) and each.where not in ("", "send")
    ]
    if described:
        parts.append("Args:\n" + "\n".join(f"    {_indented(line)}" for line in described))
    return "\n\n".join(parts)


def argument_text(argument: Argument) -> str:
    """What the spec says about a parameter."""
    return member_text(argument.member)


def request_text(plan: ActionPlan) -> str:
    """`GET /tickets/{ticket_id}`; of several requests all, in their order."""
    several = requests_of(plan.action)
    if several:
        return ", ".join(dict.fromkeys(_target_text(request_target(each)) for each in several))
    return _target_text(target_of(plan.action))


def _target_text(target: Target) -> str:
    if target.path is None:
        return f"{target.method or 'Any method'} to any URL"
    parts = []
    for part in target.path.parts:
        if isinstance(part, str):
            parts.append(part)
        elif hasattr(part, "names"):
            parts.append("${" + ".".join(part.names) + "}")
        else:
            parts.append("{" + part.name + "}")
    return f"{target.method} {''.join(parts)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}:"


def _indented(text: str) -> str:
    return text.replace("\n", "\n        ")

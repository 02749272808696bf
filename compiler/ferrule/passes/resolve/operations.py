"""Spells the constant of an action: its request, what it gives, what it does differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ferrule import naming
from ferrule.forms.code import Code
from ferrule.forms.hooks import HookName
from ferrule.forms.spec import Action, ConnectorSpec, Paging
from ferrule.forms.tree import Path
from ferrule.passes.resolve.arguments import Inputs, Section
from ferrule.passes.resolve.formats import Form, forms_of, holds_files
from ferrule.passes.resolve.hooks import hooks_code, hooks_of, of_every_request, way_of
from ferrule.passes.resolve.inherit import (
    idempotency_key_of,
    last_request,
    limits_of,
    pages,
    paging_of,
    replay_of,
    retry_of,
    target_of,
    timeout_of,
)
from ferrule.passes.resolve.lowering import Lowering, dotted
from ferrule.passes.resolve.policies import Policies
from ferrule.passes.resolve.results import Result, result_arguments
from ferrule.passes.resolve.sequences import SequenceWriter, key_place, local_names
from ferrule.passes.resolve.spelling import Spelling
from ferrule.passes.resolve.sweeps import SweepWriter, items_code
from ferrule.passes.resolve.types import Member, Named, Type
from ferrule.python_text import NONE, Value, dict_of, lazily, literal, optional_literal
from ferrule.words import ast

# What an action says of all of its requests, where it makes several.
_OF_EVERY_REQUEST = ("limits", "cost", "auth", "scopes", "replay", "retry", "timeout", "errors")


class ActionPlan(Struct, frozen=True, kw_only=True):
    """An action with its place among the resources, before anything is spelled.

    `resource` are the keys of the resources it stands in, none for a method of the client.
    """

    key: str
    action: Action
    path: Path
    resource: tuple[str, ...]
    verb: str
    inputs: Inputs
    result: Result


Told = tuple[list[Code], dict[str, Code | None]]
"""Arguments of a constructor: by position, by name."""


class OperationWriter(Struct, frozen=True):
    """Says of one action after the other what its `Operation(…)` is told."""

    spec: ConnectorSpec
    spelling: Spelling
    lowering: Lowering
    policies: Policies
    homes: dict[str, str]

    def operation(self, plan: ActionPlan) -> Told:
        """What the constructor is told."""
        if last_request(plan.action) is not None:
            return self._sequence(plan)
        target = target_of(plan.action)
        method = NONE if target.method is None else literal(target.method)
        positional = [literal(plan.key), method]
        arguments: dict[str, Code | None] = {}
        if target.path is not None and target.path.is_absolute:
            arguments["url"] = self.lowering.path(target.path)
        elif target.path is not None:
            positional.append(self.lowering.path(target.path))
        elif target.url is not None:
            arguments["url"] = self.lowering.template(_with_one_input(target.url))
        arguments.update(result_arguments(plan.result, self.spelling, self.lowering))
        arguments.update(self._request(plan))
        arguments.update(self._behaviour(plan))
        return positional, arguments

    def _sequence(self, plan: ActionPlan) -> Told:
        """The last of several requests, which is told what comes before it."""
        action, last = plan.action, last_request(plan.action)
        assert last is not None
        lowering = self._local(action)
        behaviour = self._behaviour(plan)
        shared = {name: behaviour[name] for name in _OF_EVERY_REQUEST}
        every = of_every_request(hooks_of(self.spec, action))
        shared["hooks"] = hooks_code(naming.package(self.spec.connector), every)
        writer = SequenceWriter(self.spec, lowering, self.policies, plan.key, shared)
        positional, request = writer.request(last)
        arguments = {
            **result_arguments(plan.result, self.spelling, self.lowering),
            **behaviour,
            **request,
            "before": writer.steps((action.steps or [])[:-1]),
            "job": None if action.job is None else writer.job(action.job),
        }
        return positional, arguments

    # --- the request

    def _request(self, plan: ActionPlan) -> dict[str, Code | None]:
        inputs, action = plan.inputs, plan.action
        path = target_of(action).path
        params = [part for part in path.parts if isinstance(part, ast.PathParam)] if path else []
        slashes = tuple(part.name for part in params if part.keeps_slashes)
        optional = tuple(part.name for part in params if part.is_optional)
        forms, body_type = self._forms(plan)
        return {
            "host": optional_literal(action.host),
            "slashes": literal(slashes) if slashes else None,
            "optional": literal(optional) if optional else None,
            "query": self._fixed(inputs.query),
            "headers": self._fixed(inputs.header),
            "cookies": self._fixed(inputs.cookie),
            "body": self._fixed_body(inputs),
            "styles": _filled(_styles(inputs)),
            "formats": None if not forms else _spelled_forms(forms),
            "arrays": optional_literal(action.arrays),
            "send": optional_literal(action.send or _only_media(inputs)),
            "body_type": body_type,
            "parts": _filled(_part_types(inputs)),
            "document": None if inputs.document is None else literal(inputs.document),
            "extends_timeout": optional_literal(_extends_timeout(inputs)),
        }

    def _fixed(self, section: Section) -> Code | None:
        """What is always sent, and what is switched off."""
        fixed = {
            member.wire: NONE if member.is_switched_off else self._fixed_value(member)
            for member in section.members
            if member.is_switched_off or member.is_fixed or member.parts
        }
        return dict_of(fixed) if fixed else None

    def _fixed_value(self, member: Member) -> Code:
        if member.parts:
            return dict_of({part.wire: self._fixed_value(part) for part in member.parts})
        if isinstance(member.fixed, ast.Template):
            return self.lowering.template(member.fixed)
        return literal(member.fixed)

    def _fixed_body(self, inputs: Inputs) -> Code | None:
        fixed = self._fixed(inputs.body)
        if fixed is None or inputs.wrap is None:
            return fixed
        return dict_of({inputs.wrap: fixed})

    def _forms(self, plan: ActionPlan) -> tuple[dict[str, Form], Code | None]:
        """The wire forms of the parameters, or the type of the body where names cannot say them."""
        inputs = plan.inputs
        forms: dict[str, Form] = dict(self._file_forms(inputs))
        body_type: Code | None = None
        for where in ("path", "query", "header", "cookie"):
            section = inputs.section(where)
            for member in section.given:
                found = forms_of(self.spelling.declarations, member.type).form
                if found is None:
                    continue
                if member is section.whole and isinstance(found, dict):
                    forms.update({f"{where}.{name}": form for name, form in found.items()})
                elif member is not section.whole:
                    forms[f"{where}.{member.wire}"] = found
        for name, type_ in self._body_types(inputs):
            found_forms = forms_of(self.spelling.declarations, type_)
            if inputs.coded_body is not None:
                body_type = lazily(self.spelling.given(inputs.coded_body))
            elif found_forms.form is None:
                continue
            elif name is not None:
                forms[f"body.{dotted(_wrapped(inputs, name))}"] = found_forms.form
            elif isinstance(found_forms.form, dict):
                named = found_forms.form.items()
                forms.update({f"body.{dotted((each,))}": form for each, form in named})
        return forms, body_type

    def _file_forms(self, inputs: Inputs) -> Iterator[tuple[str, Form]]:
        """The fields that take files: a text there would be sent as a field like any other."""
        declarations = self.spelling.declarations
        for name, type_ in self._body_types(inputs):
            if name is not None:
                if holds_files(declarations, type_):
                    yield f"body.{dotted(_wrapped(inputs, name))}", "file"
            elif isinstance(type_, Named):
                for member in declarations.all_members(type_.key):
                    if holds_files(declarations, member.type):
                        yield f"body.{dotted((member.wire,))}", "file"

    def _body_types(self, inputs: Inputs) -> list[tuple[str | None, Type]]:
        """The types of the body: by field, or (None, type) for the whole."""
        if inputs.body.whole is not None:
            return [(None, inputs.body.whole.type)]
        fields: list[tuple[str | None, Type]] = [
            (member.wire, member.type)
            for member in inputs.body.given
            if member is not inputs.body.rest
        ]
        return fields + [(None, type_) for _, type_ in inputs.bodies]

    # --- what happens beside the request

    def _behaviour(self, plan: ActionPlan) -> dict[str, Code | None]:
        action = plan.action
        limits = limits_of(action)
        retry, timeout = retry_of(self.spec, action), timeout_of(self.spec, action)
        key = idempotency_key_of(self.spec, action)
        paging = paging_of(self.spec, action) if pages(self.spec, action) else None
        sweeps = SweepWriter(self.spec, self._local(action), self.homes)
        pager = hooks_of(self.spec, action).get("paginate")
        return {
            "paging": self._paging(paging) if pager is None else self._by_hook(pager),
            "limits": None if limits is None else literal(limits),
            "cost": self._cost(action.cost),
            "auth": self.policies.action_auth(action.auth),
            "scopes": literal(tuple(action.scopes)) if action.scopes else None,
            "replay": optional_literal(replay_of(action)),
            "idempotency_key": None if key is None else key_place(self.lowering, key),
            "retry": None if retry is None else self.policies.retry(retry),
            "timeout": None if timeout is None else self.policies.timeout(timeout),
            "errors": None if action.errors is None else self.policies.errors(action.errors),
            "cache": optional_literal(action.cache),
            "deprecated": optional_literal(action.deprecated),
            "hooks": hooks_code(naming.package(self.spec.connector), hooks_of(self.spec, action)),
            "each": None if action.each is None else sweeps.each(action, action.each),
            "since": None if action.since is None else sweeps.since(action.since),
            "items": None if action.items is None else items_code(self.lowering, action.items),
            "split": None if action.split is None else sweeps.split(action.split),
        }

    def _local(self, action: Action) -> Lowering:
        """Spells look-ups of the names that an action adds."""
        return replace(self.lowering, local=local_names(action))

    def _cost(self, cost: int | ast.ReadPlace | None) -> Code | None:
        if cost is None:
            return None
        return literal(cost) if isinstance(cost, int) else self.lowering.read(cost)

    def _by_hook(self, found: HookName) -> Code:
        way = way_of(naming.package(self.spec.connector), found)
        return self.lowering.make("Paging", hook=literal(way))

    def _paging(self, paging: str | Paging | None) -> Code | None:
        if paging is None or isinstance(paging, str):
            return optional_literal(paging)
        return self.policies.paging(paging)


def _with_one_input(url: ast.Template) -> ast.Template:
    """The template of a free URL; what the caller gives is `input.url` to the runtime."""
    parts = tuple(
        (
            replace(part, names=("input", "url"))
            if isinstance(part, ast.Reference) and part.names[0] == "input"
            else part
        )
        for part in url.parts
    )
    return replace(url, parts=parts)


def _filled(values: Mapping[str, Value]) -> Code | None:
    return literal(values) if values else None


def _wrapped(inputs: Inputs, name: str) -> tuple[str, ...]:
    return (name,) if inputs.wrap is None else (inputs.wrap, name)


def _styles(inputs: Inputs) -> dict[str, str]:
    found: dict[str, str] = {}
    for where in ("path", "query", "header", "cookie", "body"):
        for member in inputs.section(where).given:
            if member.style is not None:
                name = dotted((member.wire,)) if where == "body" else member.wire
                found[f"{where}.{name}"] = member.style
    return found


def _part_types(inputs: Inputs) -> dict[str, Value]:
    """The media type of each part, with the file name of a file that has none."""
    found: dict[str, Value] = {}
    for each in inputs.body.members:
        if each.part_name is not None:
            found[each.wire] = (each.part_type, each.part_name)
        elif each.part_type is not None:
            found[each.wire] = each.part_type
    return found


def _extends_timeout(inputs: Inputs) -> str | None:
    for where in ("query", "header", "body"):
        for member in inputs.section(where).members:
            if member.extends_timeout:
                return f"{where}.{member.wire}"
    return None


def _only_media(inputs: Inputs) -> str | None:
    """The first of several kinds of body is the one that is sent where the caller names none."""
    return inputs.bodies[0][0] if inputs.bodies else None


def _spelled_forms(forms: dict[str, Form]) -> Code:
    return literal(forms)

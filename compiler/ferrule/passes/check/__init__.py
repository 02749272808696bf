"""Proves a spec tree: names are known, paths possible, requests whole. Gives the ConnectorSpec."""

from __future__ import annotations

from ferrule.diagnostics import Report
from ferrule.forms.spec import Action, ConnectorSpec, Errors
from ferrule.forms.tree import Path, SpecTree
from ferrule.passes.check.answer_types import AnswerTypes
from ferrule.passes.check.answers import Answers
from ferrule.passes.check.auth import check_action_auth, check_auth
from ferrule.passes.check.conditions import check_condition
from ferrule.passes.check.context import Context, Findings
from ferrule.passes.check.contradictions import check_contradictions
from ferrule.passes.check.declarations import Declarations
from ferrule.passes.check.effects import check_effects
from ferrule.passes.check.examples import check_examples
from ferrule.passes.check.head import is_readable, mended
from ferrule.passes.check.limits import (
    check_action_limits,
    check_cost,
    check_limits,
    check_limits_apart,
)
from ferrule.passes.check.models import Models, check_models
from ferrule.passes.check.names import (
    check_action_names,
    check_head_names,
    check_model_names,
    check_own_names,
    check_parameter_names,
    method_options,
)
from ferrule.passes.check.network import check_network
from ferrule.passes.check.outcomes import check_answer_place, check_condition_places, check_errors
from ferrule.passes.check.paging import check_action_paging, check_pagings, effective_paging
from ferrule.passes.check.references import check_references
from ferrule.passes.check.requests import (
    check_action_request,
    check_base_urls,
    check_declared,
    check_fixed_names,
    check_request,
)
from ferrule.passes.check.returns import check_returns, returns_list
from ferrule.passes.check.scope import Scope
from ferrule.passes.check.sequences import check_sequence
from ferrule.passes.check.structure import read_spec
from ferrule.passes.check.sweeps import check_sweep
from ferrule.passes.check.triggers import check_triggers
from ferrule.passes.check.usage import Uses, check_usage, tell_unproven

__all__ = ["check"]


def check(tree: SpecTree, report: Report) -> ConnectorSpec | None:
    """The spec that a tree holds. What is wrong with it becomes findings; an error gives None."""
    findings = Findings(tree, report)
    if "ferrule" in tree.data and not is_readable(findings, tree.data["ferrule"]):
        return None
    spec, cut = read_spec(findings, mended(findings, tree.data))
    context = Context.of(findings, spec, cut)
    _check_meaning(context)
    return None if context.has_errors else spec


def _check_meaning(context: Context) -> None:
    """What only the whole spec can tell."""
    spec = context.spec
    scope, models = Scope(spec), Models(spec)
    declarations = Declarations(context, models)
    answers = Answers(context, AnswerTypes(models))
    uses = Uses(check_references(context, scope), declarations.used_models)
    check_head_names(context)
    check_own_names(context, scope)
    check_base_urls(context)
    check_network(context, scope)
    for key, setting in spec.settings.items():
        declarations.check(setting, ("settings", key), "settings")
    for key, shape in spec.models.items():
        declarations.check(shape, ("models", key), "model")
    check_models(context, models)
    check_model_names(context, models)
    uses.auths |= check_auth(context, answers)
    check_limits(context, scope)
    check_pagings(context)
    for place in ("headers", "cookies"):
        check_fixed_names(context, getattr(spec, place), (place,))
    _check_envelopes(context, declarations)
    _check_test(answers)
    if spec.errors is not None:
        check_errors(
            answers, spec.errors, ("errors",), answer=answers.of_any, failed=answers.of_errors
        )
    check_action_names(context)
    for name, action in spec.actions.items():
        _check_action(scope, declarations, answers, uses, name, action)
    check_effects(context)
    check_contradictions(context)
    if context.is_whole(("actions",)):
        check_limits_apart(context)
    check_triggers(answers, declarations)
    check_usage(context, scope, uses)
    tell_unproven(context)


def _check_envelopes(context: Context, declarations: Declarations) -> None:
    spec = context.spec
    if spec.envelope is not None:
        declarations.check(spec.envelope, ("envelope",), "envelope")
    if spec.errors is not None:
        _check_error_types(declarations, spec.errors, ("errors",))


def _check_error_types(declarations: Declarations, errors: Errors, path: Path) -> None:
    if errors.envelope is not None:
        declarations.check(errors.envelope, (*path, "envelope"), "envelope")
    type_ = None if errors.details is None else errors.details.as_type
    if type_ is not None:
        declarations.check_type(type_, (*path, "details"), "returns")
    for name, outcome in errors.statuses.items():
        if outcome.body is not None:
            declarations.check_type(outcome.body, (*path, "statuses", name, "body"), "returns")


def _check_test(answers: Answers) -> None:
    context, test = answers.context, answers.context.spec.test
    if test is None:
        return
    check_request(context, test, ("test",))
    for key, condition in (("ok", test.ok), ("failed", test.failed)):
        if condition is not None:
            check_condition_places(context, condition, ("test", key))
            check_condition(answers, condition, ("test", key), answers.of_test(test))
    for number, place in enumerate(test.message or ()):
        check_answer_place(context, place.place.place, ("test", "message", number))


def _check_action(
    scope: Scope,
    declarations: Declarations,
    answers: Answers,
    uses: Uses,
    name: str,
    action: Action,
) -> None:
    context, path = answers.context, ("actions", name)
    if action.steps is not None or action.job is not None:
        check_sequence(scope, answers, action, path)
    else:
        check_action_request(context, scope, declarations, action, path)
    check_sweep(scope, answers, action, path)
    check_declared(context, declarations, action, path)
    check_returns(context, declarations, answers, action, path)
    check_examples(answers, action, path)
    if action.envelope is not None:
        declarations.check(action.envelope, (*path, "envelope"), "envelope")
    is_list = returns_list(action.returns)
    paging = effective_paging(context, action, is_list=is_list)
    is_looked_into = paging is not None or action.errors is not None or action.envelope is not None
    answer = (
        answers.of_action(name, action, pages=paging is not None)
        if is_looked_into
        else answers.of_nothing
    )
    check_action_paging(
        answers, action, path, paging, is_list=is_list, answer=answer, uses=uses.pagings
    )
    if action.errors is not None:
        where = (*path, "errors")
        failed = answers.of_failures(action.errors, where) or answers.of_errors
        seen = answers.good_or_bad(answer, failed)
        check_errors(answers, action.errors, where, answer=seen, failed=failed)
        _check_error_types(declarations, action.errors, where)
    options = method_options(
        action,
        pages=paging is not None,
        has_size=paging is not None and paging[0].size is not None,
        has_start=paging is not None and bool(paging[0].page or paging[0].offset),
    )
    check_parameter_names(context, action, path, options)
    uses.limits |= check_action_limits(context, action, path)
    check_cost(answers, action, path, answer)
    uses.auths |= check_action_auth(context, action, path)

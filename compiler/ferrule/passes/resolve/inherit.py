"""What an action inherits from its connector: maps merge key by key, words and lists replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ferrule.forms.inheriting import DEFAULT, default_paging, merged, merged_paging
from ferrule.forms.spec import METHODS, Action, ConnectorSpec, Paging, Retry
from ferrule.forms.timeouts import Timeouts
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.requests import Request


_NEEDS_KEY = ("post", "patch")
_VERBS = {method: method.upper() for method in METHODS}


class Target(Struct, frozen=True):
    """Where a request goes: a verb and a path, or a free URL (`method` None: free too)."""

    method: str | None
    path: ast.PathTemplate | None
    url: ast.Template | None = None


def verb_and_path(request: Request) -> tuple[str, ast.PathTemplate]:
    """The verb and the path of a request whose maps hold values."""
    method = next(each for each in METHODS if getattr(request, each) is not None)
    return _VERBS[method], getattr(request, method)


def request_target(request: Request) -> Target:
    """The same as a target."""
    return Target(*verb_and_path(request))


def last_request(action: Action) -> Request | None:
    """Of several requests the one whose answer is the result."""
    if action.steps is not None:
        return action.steps[-1]
    return None if action.job is None else action.job.result or action.job.poll


def target_of(action: Action) -> Target:
    """The verb and the path of an action; of several requests those of the last one."""
    last = last_request(action)
    if last is not None:
        return request_target(last)
    said = action.said
    for method, verb in _VERBS.items():
        if method in said and (path := getattr(action, method)) is not None:
            return Target(verb, path)
    template = action.method
    fixed = template is not None and template.is_constant
    text = "".join(map(str, template.parts)) if template is not None and fixed else None
    return Target("GET" if template is None else text and text.upper(), None, action.url)


def paging_of(spec: ConnectorSpec, action: Action) -> str | Paging | None:
    """The name of an action's paging, or its own; whether it pages is another question."""
    inherited = default_paging(spec)
    if action.paging is None:
        return None if inherited is None else DEFAULT
    if isinstance(action.paging, str):
        return None if action.paging == "none" else action.paging
    return merged_paging(inherited, action.paging)


def paging_form(spec: ConnectorSpec, paging: str | Paging | None) -> Paging | None:
    """The form behind a name."""
    if not isinstance(paging, str):
        return paging
    named = spec.pagings.get(paging)
    return default_paging(spec) if named is None and paging == DEFAULT else named


def pages(spec: ConnectorSpec, action: Action) -> bool:
    """Whether an action walks through pages: a list, read by GET or with a paging of its own."""
    returns = action.returns
    if not isinstance(returns, ast.Returns) or not returns.is_list:
        return False
    if last_request(action) is not None:
        return False
    if "paginate" in {**spec.hooks, **action.hooks}:
        return target_of(action).method == "GET" or "paginate" in action.hooks
    named = action.paging not in (None, "none")
    reads = target_of(action).method == "GET" or action.is_graphql_query
    return paging_of(spec, action) is not None and (named or reads)


def replay_of(action: Action) -> str | None:
    """Whether a call may be sent again, where the method does not tell."""
    return "safe" if action.replay is None and action.is_graphql_query else action.replay


def timeout_of(spec: ConnectorSpec, action: Action) -> Timeouts | None:
    """The times of an action that says something about them."""
    return None if action.timeout is None else merged(spec.timeout, action.timeout)


def retry_of(spec: ConnectorSpec, action: Action) -> Retry | None:
    """The retries of an action that says something about them."""
    return None if action.retry is None else merged(spec.retry, action.retry)


def idempotency_key_of(spec: ConnectorSpec, action: Action) -> ast.RequestPlace | None:
    """Where the key of a call goes: as the action says, else the connector for POST and PATCH."""
    if action.idempotency_key is not None:
        return action.idempotency_key
    is_asked = (target_of(action).method or "").lower() in _NEEDS_KEY
    return spec.idempotency_key if is_asked and action.replay in (None, "key") else None


def has_default_limit(spec: ConnectorSpec) -> bool:
    """Whether calls count into the bucket `default`."""
    return spec.rate_limit is not None or DEFAULT in spec.rate_limits


def limits_of(action: Action) -> tuple[str, ...] | None:
    """The buckets of an action that names some; none at all is the empty tuple."""
    if action.limit is None:
        return None
    return tuple(name for name in action.limit if name != "none")


def may_be_ignored(spec: ConnectorSpec, action: Action) -> bool:
    """Whether some answers of an action mean nothing, so that there is no result."""
    for errors in (spec.errors, action.errors):
        if errors is None:
            continue
        outcomes = [rule.then for rule in errors.rules]
        for word, code in errors.codes.items():
            outcomes += [word, code.then or ""]
        for word, status in errors.statuses.items():
            outcomes += [word, status.then or ""]
        if "ignore" in outcomes:
            return True
    return False

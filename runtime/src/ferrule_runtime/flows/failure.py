"""Typed errors from answers and faults, with every secret taken out of what the service said."""

from typing import TYPE_CHECKING, Any

from ferrule_runtime.errors import ConnectorError, ErrorTable, FailedItem
from ferrule_runtime.flows.classify import Verdict, answer_of, first_text
from ferrule_runtime.flows.retry import can_send_again
from ferrule_runtime.headers import Headers
from ferrule_runtime.secrecy import HIDDEN, one_line

if TYPE_CHECKING:
    from ferrule_runtime.answer import Answer
    from ferrule_runtime.flows.policy import Policy
    from ferrule_runtime.plan import Plan
    from ferrule_runtime.wire import Call, Reply, WireFault

# What an error keeps of a body: enough to read, little enough to pickle and to log.
MOST_CONTENT = 1 << 20
_USUAL_REQUEST_IDS = ("x-request-id", "request-id", "x-correlation-id")
_PRIVATE_HEADERS = frozenset(("set-cookie", "set-cookie2"))


def status_error(
    policy: "Policy", call: "Call", reply: "Reply", verdict: Verdict
) -> ConnectorError:
    """The error of an answer that is no success."""
    answer = answer_of(reply)
    errors, secrets = call.plan.classifier.errors, policy.secrets
    code = first_text(errors.code, answer)
    message = first_text(errors.message, answer)
    table = policy.table()
    facts = _facts(call)
    facts.update(_answer_facts(policy, call.plan, reply))
    facts["code"] = code = None if code is None else one_line(secrets.scrub(code), 200)
    facts["message"] = message = None if message is None else secrets.scrub(message)
    if errors.details is not None:
        details = secrets.scrub_tree(errors.details(answer))
        facts["details"] = _read_as(table.type_of(call.action, "details"), details, answer, details)
    kind = table.type_of(call.action, reply.status)
    if kind is not None:
        facts["body"] = _read_as(kind, secrets.scrub_tree(answer.tree), answer, None)
    facts["retry_after_seconds"] = verdict.wait_seconds
    facts["is_retry_safe"] = (verdict.kind == "limited" or call.is_replayable) and can_send_again(
        call
    )
    told = f"{_call_text(policy, call)} answered {reply.status}"
    if code and code != str(reply.status):  # many services repeat the status in the body
        told += f" {code}"
    if message:
        told += f": {one_line(message)}"
    if call.plan.scopes and reply.status in (401, 403):
        told += f" (it takes the scopes {', '.join(call.plan.scopes)})"
    if call.plan.advice is not None and (reply.status == 401 or verdict.error == "Unauthorized"):
        told += call.plan.advice()
    if verdict.wait_seconds is not None:
        told += f" (to be tried again in {verdict.wait_seconds:g} s)"
    if facts["request_id"]:
        told += f" [request id {facts['request_id']}]"
    return _class_of(table, reply.status, verdict)(told, **facts)


def _read_as(kind: Any, tree: Any, answer: "Answer", otherwise: Any) -> Any:
    """A tree as the type that the spec names; None where it is none, `otherwise` without a type."""
    if kind is None or tree is None:
        return otherwise
    from pydantic import ValidationError

    from ferrule_runtime.models import adapter

    if answer.media_type.endswith("xml"):
        from ferrule_runtime.xml import shaped

        tree = shaped(kind, tree)
    try:
        return adapter(kind).validator.validate_python(tree)
    except ValidationError:
        return None


def partial_error(
    policy: "Policy", call: "Call", reply: "Reply", items: Any, result: Any
) -> ConnectorError | None:
    """The error of a list of results some of whose items have failed; None where none has."""
    partial = call.plan.classifier.errors.partial
    if partial is None:
        return None
    answer = answer_of(reply)
    listed = items(answer) if partial.items is None else partial.items(answer)
    if type(listed) is not list:
        return None
    failed = tuple(
        FailedItem(
            index,
            _scrubbed(policy, first_text(partial.code, view)),
            _scrubbed(policy, first_text(partial.message, view)),
            policy.secrets.scrub_tree(item),
        )
        for index, item in enumerate(listed)
        if partial.failed(view := answer.with_tree(item))
    )
    if not failed:
        return None
    return failure_of_items(policy, call, reply, failed, len(listed), result)


def failure_of_items(
    policy: "Policy",
    call: "Call",
    reply: "Reply",
    failed: tuple[FailedItem, ...],
    count: int,
    result: Any,
) -> ConnectorError:
    """The error of some of `count` items; `result` is what the call gives otherwise."""
    codes = ", ".join(dict.fromkeys(each.code for each in failed if each.code))
    told = f"{len(failed)} of {count} items have failed" + (f": {codes}" if codes else "")
    made = plain_error(policy, call, "PartialFailure", told, reply)
    made.is_retry_safe = False
    made.failed, made.result = failed, result  # type: ignore[attr-defined]
    return made


def _scrubbed(policy: "Policy", text: str | None) -> str | None:
    return None if text is None else one_line(policy.secrets.scrub(text), 1000)


def _class_of(table: ErrorTable, status: int, verdict: Verdict) -> type[ConnectorError]:
    of_status = table.of_status(status) if status >= 300 else table.base
    if verdict.error is None:
        return table.base if verdict.is_ok_failure else of_status
    return table.together(table.named(verdict.error), of_status)


def fault_error(policy: "Policy", call: "Call", fault: "WireFault") -> ConnectorError:
    """The error of a call that got no usable answer."""
    table = policy.table()
    name = "ConnectionFailed"
    if fault.is_content:
        name = "InvalidResponse"
    elif fault.is_configuration:
        name = "ConfigurationError"
    elif fault.is_timeout:
        name = "Timeout"
    facts = _facts(call)
    facts["is_retry_safe"] = (not fault.was_sent or call.is_replayable) and can_send_again(call)
    told = one_line(policy.secrets.scrub(str(fault)))
    if fault.was_sent and not call.is_replayable and not fault.is_content:
        told += "; the service may have acted"
    made = table.named(name)(f"{_call_text(policy, call)}: {told}", **facts)
    if fault.is_own_deadline:
        # Whoever waits for what this call was fetching may have more time.
        made.is_own_deadline = True  # type: ignore[attr-defined]
    return made


def plain_error(
    policy: "Policy", call: "Call", name: str, told: str, reply: "Reply | None" = None
) -> ConnectorError:
    """An error of another kind, in the words of whoever found it."""
    facts = _facts(call)
    facts["is_retry_safe"] = call.is_replayable and can_send_again(call)
    if reply is not None:
        facts.update(_answer_facts(policy, call.plan, reply))
    text = f"{_call_text(policy, call)}: {one_line(policy.secrets.scrub(told), 1000)}"
    return policy.table().named(name)(text, **facts)


def _call_text(policy: "Policy", call: "Call") -> str:
    return f"{policy.connector}.{call.action}: {call.method.decode('latin-1')} {call.template}"


def _facts(call: "Call") -> dict[str, Any]:
    return {
        "action": call.action,
        "method": call.method.decode("latin-1"),
        "path_template": call.template,
        "attempts": call.attempt,
    }


def _answer_facts(policy: "Policy", plan: "Plan", reply: "Reply") -> dict[str, Any]:
    secrets = policy.secrets
    headers = {
        name: HIDDEN if name in _PRIVATE_HEADERS else secrets.scrub(text)
        for name, text in Headers(reply.headers).items()
    }
    return {
        "status_code": reply.status,
        "headers": Headers.of(headers),
        "content": secrets.scrub_bytes(reply.content[:MOST_CONTENT]),
        "request_id": request_id_of(plan, answer_of(reply), policy),
    }


def request_id_of(plan: "Plan", answer: "Answer", policy: "Policy") -> str | None:
    """The service's name for this request, from the declared place or the usual headers."""
    place = plan.classifier.errors.request_id
    found = first_text((place,), answer) if place is not None else None
    if found is None:
        found = next(filter(None, map(answer.header, _USUAL_REQUEST_IDS)), None)
    return None if found is None else one_line(policy.secrets.scrub(found), 200)

"""The whole policy of a call: retry( authorise( limit( send ) ) ), judged after each attempt."""

from typing import TYPE_CHECKING

from ferrule_runtime.answer import JsonFault, is_deeper, parse_json
from ferrule_runtime.errors import ConnectorError
from ferrule_runtime.flows.auth import authorised, put_current
from ferrule_runtime.flows.classify import Verdict
from ferrule_runtime.flows.failure import fault_error, status_error
from ferrule_runtime.flows.limit import limited, out_of_time
from ferrule_runtime.flows.listen import listened
from ferrule_runtime.flows.redirect import REDIRECTS, followed
from ferrule_runtime.flows.retry import (
    backoff_seconds,
    can_send_again,
    cost_of,
    may_repeat_fault,
    told_seconds,
)
from ferrule_runtime.plan import DEEPEST_JSON
from ferrule_runtime.wire import Call, Close, Flow, Pause, Read, Reply, WireFault

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy


_FRAMING = frozenset((b"content-length", b"transfer-encoding"))


def calling(call: Call, policy: "Policy") -> Flow[Reply]:
    """Send a call until it succeeds, or until it fails for good; then a typed error is raised.

    A call is repeated when its answer or fault may pass, when repeating cannot do a thing twice,
    and while attempts, quota and time last. A new token is fetched once a call.
    """
    has_new_token = False
    failures = spent = 0
    quota, tally = policy.quota, policy.tally
    next(tally.calls)
    while True:
        call.attempt += 1
        fault: WireFault | None = None
        verdict: Verdict | None = None
        try:
            reply = yield from _attempt(call, policy)
        except WireFault as raised:
            fault = raised
        if fault is None:
            verdict = call.plan.classifier.judge(reply, policy.now())
            if verdict is None:
                if quota.left < quota.capacity:
                    quota.earn(spent or quota.costs.earned)
                return reply
            may_restart = verdict.kind == "restart" and call.may_restart
            if verdict.kind in ("ignore", "end") or may_restart:
                reply.outcome = verdict.kind
                quota.earn(spent or quota.costs.earned)
                return reply
            if reply.close is not None:
                yield Close(reply)
            if verdict.kind == "reauthenticate" and not has_new_token and _renew(call, reply):
                has_new_token = True
                tally.sent_again(is_retry=False)
                continue
        failures += 1
        tally.failed()
        spent = cost_of(quota.costs, verdict, fault)
        pause = _pause_seconds(call, policy, verdict, fault, failures)
        if pause is None or not quota.spend(spent):
            raise _error(call, policy, reply if fault is None else None, verdict, fault)
        tally.sent_again(is_retry=True)
        if policy.listening is not None:
            policy.listening.waited(call, "retry", pause)
        if pause > 0.0:
            tally.waited(pause)
            yield Pause(pause)


def _attempt(call: Call, policy: "Policy") -> Flow[Reply]:
    """One attempt: credential, limits, redirects; told to whoever listens."""
    if call.deadline is not None and call.deadline <= policy.clock():
        raise out_of_time("the deadline of the call has passed")
    call.credential_lines = []
    if not put_current(call, policy):
        yield from authorised(call, policy)
    authorize = call.plan.authorize
    if authorize is not None and (call.origin in policy.trusted or not policy.trusted):
        call.credential_lines = [*call.credential_lines, *authorize(call)]
    replies = policy.replies if call.plan.caches else None
    if replies is not None:
        call.credential_lines = [*call.credential_lines, *replies.ask(call)]
    sending = limited if policy.listening is None else listened
    reply = yield from sending(call, policy)
    if reply.status in REDIRECTS:
        reply = yield from followed(call, policy, reply)
    if reply.stream is not None and call.plan.streams is not None and not call.plan.streams(reply):
        yield Read(reply, call.plan.max_bytes)
    if call.plan.expects_json and _ends_by_closing(reply) and not _is_json(reply):
        raise WireFault(
            "the answer ended before it was complete JSON", was_sent=True, is_content=True
        )
    if call.plan.max_nesting < DEEPEST_JSON and is_deeper(reply.content, call.plan.max_nesting):
        told = f"the answer is nested more than {call.plan.max_nesting} deep (max_nesting)"
        raise WireFault(told, was_sent=True, is_content=True, may_pass=False)
    return reply if replies is None else replies.settle(call, reply)


def _ends_by_closing(reply: Reply) -> bool:
    """Whether nothing but the end of the connection told where the body ends: it may be cut off."""
    if not 200 <= reply.status < 300 or not reply.content:
        return False
    return all(name.lower() not in _FRAMING for name, _ in reply.headers)


def _is_json(reply: Reply) -> bool:
    try:
        parse_json(reply.content, (reply.header(b"content-type") or b"").decode("latin-1"))
    except JsonFault:
        return False
    return True


def _renew(call: Call, reply: Reply) -> bool:
    """Give up the credential that was refused; False where no other one can be had."""
    auth, credential = call.plan.auth, call.credential
    if auth is None or credential is None or not can_send_again(call):
        return False
    return auth.renew(credential, call, reply)


def _error(
    call: Call,
    policy: "Policy",
    reply: Reply | None,
    verdict: Verdict | None,
    fault: WireFault | None,
) -> ConnectorError:
    if fault is not None:
        return fault_error(policy, call, fault)
    assert reply is not None
    assert verdict is not None
    return status_error(policy, call, reply, verdict)


def _pause_seconds(
    call: Call,
    policy: "Policy",
    verdict: Verdict | None,
    fault: WireFault | None,
    failures: int,
) -> float | None:
    """How long to wait before another attempt; None where there must not be one."""
    retry = call.plan.retry
    if failures >= retry.attempts or not can_send_again(call):
        return None
    if fault is not None:
        if not may_repeat_fault(call, fault):
            return None
    elif verdict is not None and verdict.kind != "limited":
        may_pass = verdict.kind == "retry" or (retry.all_errors and verdict.kind == "fail")
        if not may_pass or not call.is_replayable:
            return None
    told = None if verdict is None else verdict.wait_seconds
    if told is not None and told > policy.max_wait:
        return None
    pause = backoff_seconds(retry, failures, policy.random)
    if told is not None:
        pause = told_seconds(retry, told, pause)
    left = policy.seconds_left(call)
    return None if left is not None and pause >= left else pause

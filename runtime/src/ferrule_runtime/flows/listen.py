"""Sends a call and tells whoever listens: when it was sent, what came, how long that took."""

from typing import TYPE_CHECKING

from ferrule_runtime.flows.classify import answer_of
from ferrule_runtime.flows.failure import request_id_of
from ferrule_runtime.flows.limit import limited
from ferrule_runtime.wire import Call, Credential, Flow, Reply, WireFault

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy


def listened(call: Call, policy: "Policy") -> Flow[Reply]:
    """Send the call as `limited` does, with an event before and an event behind."""
    listening = policy.listening
    assert listening is not None
    call.started_at = policy.clock()
    try:
        reply = yield from limited(call, policy)
    except WireFault as fault:
        listening.failed(call, fault, policy.clock() - call.started_at)
        raise
    request_id = request_id_of(call.plan, answer_of(reply), policy)
    listening.ended(call, reply.status, request_id, policy.clock() - call.started_at)
    return reply


def refreshing(action: str, flow: Flow[Credential], policy: "Policy") -> Flow[Credential]:
    """Fetch a token, and tell how that went."""
    started_at = policy.clock()
    error: Exception | None = None
    try:
        credential = yield from flow
        policy.tally.refreshed()
        return credential
    except Exception as met:
        error = met
        raise
    finally:
        if policy.listening is not None:
            policy.listening.refreshed(action, policy.clock() - started_at, error)

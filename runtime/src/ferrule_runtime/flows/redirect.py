"""Follows redirects of reading methods on the same origin, and no others."""

from typing import TYPE_CHECKING

from ferrule_runtime.flows.auth import put, put_current
from ferrule_runtime.flows.limit import limited
from ferrule_runtime.flows.listen import listened
from ferrule_runtime.urls import UrlFault, resolve
from ferrule_runtime.wire import Call, Close, Flow, Reply

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy

REDIRECTS = frozenset((301, 302, 303, 307, 308))
"""The statuses that name another place."""
_READING = frozenset((b"GET", b"HEAD"))


def followed(call: Call, policy: "Policy", reply: Reply) -> Flow[Reply]:
    """Where a redirect leads on the same origin; what is not followed is the answer itself."""
    if not _may_follow(call, reply):
        return reply
    path_and_query, target = call.path_and_query, call.target
    try:
        for _ in range(call.plan.max_redirects):
            location = reply.header(b"location")
            led_to = None if location is None else _on_same_origin(call, location)
            if led_to is None:
                return reply
            if reply.close is not None:
                yield Close(reply)
            call.path_and_query = call.target = led_to
            auth = call.plan.auth
            if auth is not None and auth.signs_request:
                # What proves one request does not prove another.
                put_current(call, policy)
            elif call.credential is not None:
                lines = call.credential_lines
                put(call.credential, call)
                call.credential_lines = lines
            sending = limited if policy.listening is None else listened
            reply = yield from sending(call, policy)
            if reply.status not in REDIRECTS:
                return reply
        return reply
    finally:
        # Another attempt begins where the first one began.
        call.path_and_query, call.target = path_and_query, target


def _may_follow(call: Call, reply: Reply) -> bool:
    plan = call.plan
    return (
        plan.follows_redirects
        and call.method in _READING
        and reply.status not in plan.classifier.accepted
    )


def _on_same_origin(call: Call, location: bytes) -> str | None:
    """The target of a Location on the call's own origin, else None."""
    try:
        origin, target = resolve(location.decode("latin-1"), call.origin, call.target)
    except UrlFault:
        return None
    return target if origin == call.origin else None

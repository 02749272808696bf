"""Puts a credential into a call, fetched first where there is none; only where it belongs."""

from typing import TYPE_CHECKING

from ferrule_runtime.flows.failure import plain_error
from ferrule_runtime.wire import Call, Credential, Flow

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy


def put_current(call: Call, policy: "Policy") -> bool:
    """Give the call the credential that is at hand; False where one has to be fetched first."""
    auth = call.plan.auth
    if auth is None:
        return True
    if call.origin not in policy.trusted:
        raise plain_error(
            policy,
            call,
            "RefusedUrl",
            f"no credential goes to {call.origin.text}: it is none of the connector's origins",
        )
    reason = ""
    try:
        credential = auth.current(call)
    except ValueError as fault:
        reason = str(fault)
    if reason:
        raise plain_error(policy, call, "ConfigurationError", reason)
    if credential is None:
        return False
    put(credential, call)
    return True


def authorised(call: Call, policy: "Policy") -> Flow[None]:
    """Fetch a credential and give it to the call."""
    assert call.plan.auth is not None
    credential = yield from call.plan.auth.obtain(call, policy)
    put(credential, call)


def put(credential: Credential, call: Call) -> None:
    """The request as it is sent: with this credential and nothing of an earlier one."""
    call.credential = credential
    if credential.is_plain:
        call.credential_lines = credential.headers
        call.target = call.path_and_query
        call.sent_content = call.content
        return
    from ferrule_runtime.credentials.outgoing import Outgoing

    request = Outgoing(call, credential)
    call.credential_lines = request.credential_lines
    call.target = request.target
    call.sent_content = request.content

"""Puts a credential into a call, fetched first where there is none; only where it belongs."""

from typing import TYPE_CHECKING

from ferrule_runtime.flows.failure import plain_error
from ferrule_runtime.urls import with_query
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
    credential = auth.current(call)
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
    call.credential_lines = credential.headers
    if credential.is_plain:
        call.target = call.path_and_query
        call.sent_content = call.content
        return
    call.target = call.path_and_query
    if credential.query:
        from ferrule_runtime.encode.query import query_text

        call.target = with_query(call.path_and_query, query_text(credential.query))
    if credential.cookies:
        from ferrule_runtime.encode.lines import cookie_line

        cookies = [value for name, value in call.headers if name.lower() == b"cookie"]
        cookies.append(cookie_line(credential.cookies))
        call.credential_lines = [*credential.headers, (b"cookie", b"; ".join(cookies))]
    if credential.body and call.encode_with is not None:
        call.sent_content, content_type = call.encode_with(credential.body)
        has_type = any(name.lower() == b"content-type" for name, _ in call.headers)
        if content_type is not None and not has_type:
            line = (b"content-type", content_type.encode("ascii"))
            call.credential_lines = [*call.credential_lines, line]

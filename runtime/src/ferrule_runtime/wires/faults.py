"""Says what an exception of httpx means for a call: was it sent, may it pass. In our own words."""

from typing import Any

from ferrule_runtime.wire import WireFault

_FAMILIES = frozenset(("httpx", "httpx2", "httpcore", "httpcore2", "h11"))
_ROOTS = frozenset(
    (
        "ConnectionNotAvailable",
        "DecodingError",
        "NetworkError",
        "ProtocolError",
        "ProxyError",
        "TimeoutException",
        "TransportError",
        "UnsupportedProtocol",
    )
)
# By name: the classes are the same in both packages and related in neither.
_NOT_SENT = {
    "ConnectError": "no connection could be made",
    "ConnectTimeout": "no connection could be made in time",
    "ConnectionNotAvailable": "the connection was closed before it was used",
    "PoolTimeout": "no connection became free in time",
    "ProxyError": "the proxy refused the connection",
}
_SENT = {
    "ReadError": "the connection broke while the answer was read",
    "WriteError": "the connection broke while the request was sent",
    "CloseError": "the connection broke while it was closed",
    "NetworkError": "the connection broke",
    "ReadTimeout": "no answer came in time",
    "WriteTimeout": "the request could not be sent in time",
}
_MAY_HOLD_ALERT = ("ConnectError", "ReadError", "SSLError", "WriteError")
# What a connection that was simply lost is called; everything else is hardly HTTP.
_LOST = ("disconnected", "peer closed", "incomplete", "terminated", "reset", "goaway")


def as_fault(error: Exception, request: Any, *, may_be_replaced: bool = False) -> WireFault | None:
    """The fault that an exception of the transport means; None for anybody else's exception.

    Those of httpcore are named as those of httpx are, and httpx gives on their words.

    A hook of the user's client may raise what it likes, errors of httpx included: only what httpx
    itself says of this very request is translated (or of the one that the client's own auth has put
    in its place). With no request, the exception came from reading the body, where no hook is.
    """
    kind = type(error)
    alert = _alert(error)
    if alert and (request is None or kind.__module__ == "ssl"):
        # With TLS 1.3 a certificate is refused only when the first answer is waited for.
        told = f"the service refused the TLS connection ({alert})"
        return WireFault(told, was_sent=False, may_pass=False)
    if kind.__module__.partition(".")[0] not in _FAMILIES:
        return None
    names = {base.__name__ for base in kind.__mro__}
    if _ROOTS.isdisjoint(names):
        return None
    if kind.__module__.startswith("h11."):
        # What httpcore lets through: a body that is not as long as its Content-Length.
        told = "the request is not valid HTTP: its body is not as long as its headers say"
        return WireFault(told, was_sent=True, may_pass=False)
    if request is not None and not _is_about(error, request, may_be_replaced=may_be_replaced):
        return None
    name = kind.__name__
    if name in _NOT_SENT:
        return _not_sent(error, name)
    if name in _SENT:
        return WireFault(_SENT[name], was_sent=True, is_timeout=name.endswith("Timeout"))
    if name == "DecodingError":
        return WireFault("the body is corrupt", was_sent=True, is_content=True)
    if name in ("LocalProtocolError", "UnsupportedProtocol"):
        return WireFault("the request is not valid HTTP", was_sent=False, may_pass=False)
    told = str(error).lower()
    if any(word in told for word in _LOST):
        is_body = "body" in told
        words = (
            "the answer was cut off" if is_body else "the connection was closed without an answer"
        )
        return WireFault(words, was_sent=True)
    return WireFault("the answer is not valid HTTP", was_sent=True, may_pass=False)


def _is_about(error: Exception, request: Any, *, may_be_replaced: bool) -> bool:
    found = _request_of(error)
    if may_be_replaced and found is not None:
        return bool(found.url == request.url)
    return found is request


def _request_of(error: Exception) -> Any:
    try:
        return error.request  # type: ignore[attr-defined]
    except RuntimeError:
        return None


def _not_sent(error: Exception, name: str) -> WireFault:
    told = _NOT_SENT[name]
    certificate = _certificate_problem(error)
    if certificate:
        return WireFault(f"{told}: {certificate}", was_sent=False, may_pass=False)
    reason = _system_reason(error)
    return WireFault(
        f"{told}: {reason}" if reason else told,
        was_sent=False,
        is_timeout=name.endswith("Timeout"),
    )


def _certificate_problem(error: BaseException) -> str:
    """What is wrong with the service's certificate; empty where it is something else."""
    for each in _causes(error):
        if type(each).__name__ == "SSLCertVerificationError":
            reason = getattr(each, "verify_message", "") or "it cannot be verified"
            return f"the certificate is not trusted ({reason})"
    return "the certificate is not trusted" if "CERTIFICATE_VERIFY" in str(error) else ""


def _alert(error: BaseException) -> str:
    """What the service said when it broke the TLS connection off; empty where it is not that."""
    if not isinstance(error, Exception) or type(error).__name__ not in _MAY_HOLD_ALERT:
        return ""
    for each in _causes(error):
        reason = getattr(each, "reason", None)
        if isinstance(each, OSError) and isinstance(reason, str) and "ALERT" in reason:
            return reason.lower().replace("_", " ")
    return ""


def _system_reason(error: BaseException) -> str:
    for each in _causes(error):
        if isinstance(each, OSError) and each.strerror:
            return str(each.strerror)
    return ""


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and len(found) < 10:
        found.append(current)
        # trio and asyncio gather the errors of several addresses.
        found.extend(getattr(current, "exceptions", ())[:5])
        current = current.__cause__ or current.__context__
    return found

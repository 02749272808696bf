"""What can go wrong in the service, by name: codes and words, never a value that somebody gave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field that cannot be taken. `pointer` is a JSON pointer into the body, "" for all of it.

    `detail` says what is expected; it never holds what was given.
    """

    pointer: str
    code: str
    detail: str


class ProvidersError(Exception):
    """The base of everything that this package raises on purpose. `code` is stable."""

    code = "error"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class CannotStart(ProvidersError):
    """The service, or a process that uses its database, is not set up; the text says what to do."""

    code = "cannot-start"


class ProviderNotFound(ProvidersError):
    """No installed connector has this slug."""

    code = "provider-not-found"


class ProviderBroken(ProvidersError):
    """The connector's package is installed and cannot be loaded."""

    code = "provider-broken"


class ConnectionNotFound(ProvidersError):
    """The provider has no connection of this name."""

    code = "connection-not-found"


def not_taken(names: Sequence[str]) -> str:
    """The sentence about fields or parameters that cannot be taken; their values are not told."""
    return f"Cannot be taken as it is: {', '.join(names)}."


class InvalidRequest(ProvidersError):
    """A body or a parameter that cannot be taken, field by field."""

    code = "invalid-request"

    def __init__(self, faults: Sequence[FieldFault], detail: str = "") -> None:
        names = [fault.pointer.removeprefix("/") or "the body" for fault in faults]
        super().__init__(detail or not_taken(names))
        self.faults = tuple(faults)


class RevisionConflict(ProvidersError):
    """Somebody else changed the connection since it was read."""

    code = "revision-conflict"


class NoTest(ProvidersError):
    """The connector declares no request that would tell whether a connection works."""

    code = "no-test"


class NoSignIn(ProvidersError):
    """The connection is not one that a person signs in to in a browser."""

    code = "no-sign-in"


class CredentialsRefused(ProvidersError):
    """The service was reached and does not accept these credentials."""

    code = "credentials-refused"


class ServiceUnreachable(ProvidersError):
    """The service could not be asked, or gave no usable answer: nothing is known."""

    code = "service-unreachable"


class SignInFailed(ProvidersError):
    """A sign-in came back without a token.

    `reason` is refused, expired, used, unknown, changed, reset, mismatch, misconfigured or
    unreachable, or the code of what kept the service from finishing it.
    """

    code = "sign-in-failed"

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class Unauthorized(ProvidersError):
    """No key, or none that opens this service; which of both is not told."""

    code = "unauthorized"

    def __init__(self) -> None:
        super().__init__("Send a key of this service in the header X-API-Key.")


class Forbidden(ProvidersError):
    """The key is good and its scopes do not reach this far."""

    code = "forbidden"


class TooManyAttempts(ProvidersError):
    """Too many wrong keys from one address."""

    code = "too-many-attempts"

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"Too many wrong keys. Try again in {retry_after_seconds} seconds.")
        self.retry_after_seconds = retry_after_seconds


class ConnectionNeedsAttention(ProvidersError):
    """The connection cannot be used until a person acts; no request was made.

    `reason` is one of `ferrule_providers.states.REASONS`, or "disabled".
    """

    code = "needs-attention"

    def __init__(self, detail: str, reason: str) -> None:
        super().__init__(detail)
        self.reason = reason


class RefreshRefused(ProvidersError):
    """The service does not take the refresh token any more: a person must connect again."""

    code = "refresh-refused"


class RefreshFailed(ProvidersError):
    """A token could not be refreshed this time; `retry_after` says when the next try is due."""

    code = "refresh-failed"

    def __init__(self, detail: str, retry_after: datetime | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class RefreshBusy(ProvidersError):
    """Another process has been refreshing this token for longer than anybody should wait."""

    code = "refresh-busy"

"""Errors of Acme (beta)."""

from __future__ import annotations

from typing import Any, TYPE_CHECKING

from ferrule_runtime import errors as base

if TYPE_CHECKING:
    from .models.shared import Problem


class AcmeError(base.ConnectorError):
    """Anything that Acme (beta) raises."""

    connector = "acme_v2"
    details: list[Problem] | None


class AcmeStatusError(AcmeError, base.StatusError):
    """The service answered with an error."""


class BadRequest(AcmeStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(AcmeStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(AcmeStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(AcmeStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(AcmeStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(AcmeStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(AcmeStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(AcmeStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(AcmeStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(AcmeError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(AcmeError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(AcmeError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(AcmeError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(AcmeError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(AcmeError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(AcmeError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(AcmeError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(AcmeError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(AcmeError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


class QuotaSpent(AcmeStatusError):
    """The service says quota spent."""


class Locked(AcmeStatusError):
    """Code locked."""


class Gone(AcmeStatusError):
    """Status 410."""


def _types() -> dict[tuple[str, int | str], Any]:
    """What the bodies of errors are read as; imported when the first one is met."""
    from .models.shared import Problem

    return {("", "details"): list[Problem]}


TABLE = base.ErrorTable(
    AcmeError,
    {
        "StatusError": AcmeStatusError,
        "BadRequest": BadRequest,
        "Unauthorized": Unauthorized,
        "Forbidden": Forbidden,
        "NotFound": NotFound,
        "Conflict": Conflict,
        "Unprocessable": Unprocessable,
        "RateLimited": RateLimited,
        "ServerError": ServerError,
        "BadGateway": BadGateway,
        "ServiceUnavailable": ServiceUnavailable,
        "Redirected": Redirected,
        "ConnectionFailed": ConnectionFailed,
        "Timeout": Timeout,
        "InvalidResponse": InvalidResponse,
        "InvalidRequest": InvalidRequest,
        "ReconnectRequired": ReconnectRequired,
        "ConfigurationError": ConfigurationError,
        "PagingLoop": PagingLoop,
        "RefusedUrl": RefusedUrl,
        "WebhookRefused": WebhookRefused,
        "JobFailed": JobFailed,
        "PartialFailure": PartialFailure,
        "QuotaSpent": QuotaSpent,
        "Locked": Locked,
        "Gone": Gone,
    },
    _types,
)

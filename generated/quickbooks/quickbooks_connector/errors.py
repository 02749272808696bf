"""Errors of QuickBooks Online."""

from ferrule_runtime import errors as base


class QuickBooksError(base.ConnectorError):
    """Anything that QuickBooks Online raises."""

    connector = "quickbooks"


class QuickBooksStatusError(QuickBooksError, base.StatusError):
    """The service answered with an error."""


class BadRequest(QuickBooksStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(QuickBooksStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(QuickBooksStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(QuickBooksStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(QuickBooksStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(QuickBooksStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(QuickBooksStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(QuickBooksStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(QuickBooksStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(QuickBooksError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(QuickBooksError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(QuickBooksError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(QuickBooksError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(QuickBooksError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(QuickBooksError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(QuickBooksError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(QuickBooksError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(QuickBooksError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(QuickBooksError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


class StaleObject(QuickBooksStatusError):
    """Code 5010."""


class DuplicateName(QuickBooksStatusError):
    """Code 6240."""


TABLE = base.ErrorTable(
    QuickBooksError,
    {
        "StatusError": QuickBooksStatusError,
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
        "StaleObject": StaleObject,
        "DuplicateName": DuplicateName,
    },
)

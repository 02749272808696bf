"""Errors of Marketo."""

from ferrule_runtime import errors as base


class MarketoError(base.ConnectorError):
    """Anything that Marketo raises."""

    connector = "marketo"


class MarketoStatusError(MarketoError, base.StatusError):
    """The service answered with an error."""


class BadRequest(MarketoStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(MarketoStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(MarketoStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(MarketoStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(MarketoStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(MarketoStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(MarketoStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(MarketoStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(MarketoStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(MarketoError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(MarketoError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(MarketoError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(MarketoError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(MarketoError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(MarketoError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(MarketoError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(MarketoError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(MarketoError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(MarketoError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


class Unavailable(MarketoStatusError):
    """Code 604, 608, 611, 713."""


class QuotaExhausted(MarketoStatusError):
    """Code 607."""


class ExportsFull(MarketoStatusError):
    """Code 1029."""


class TooLong(MarketoStatusError):
    """Status 413, 414."""


TABLE = base.ErrorTable(
    MarketoError,
    {
        "StatusError": MarketoStatusError,
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
        "Unavailable": Unavailable,
        "QuotaExhausted": QuotaExhausted,
        "ExportsFull": ExportsFull,
        "TooLong": TooLong,
    },
)

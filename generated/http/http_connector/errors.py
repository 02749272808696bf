"""Errors of HTTP."""

from ferrule_runtime import errors as base


class HttpError(base.ConnectorError):
    """Anything that HTTP raises."""

    connector = "http"


class HttpStatusError(HttpError, base.StatusError):
    """The service answered with an error."""


class BadRequest(HttpStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(HttpStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(HttpStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(HttpStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(HttpStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(HttpStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(HttpStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(HttpStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(HttpStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(HttpError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(HttpError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(HttpError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(HttpError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(HttpError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(HttpError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(HttpError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(HttpError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(HttpError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(HttpError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


TABLE = base.ErrorTable(
    HttpError,
    {
        "StatusError": HttpStatusError,
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
    },
)

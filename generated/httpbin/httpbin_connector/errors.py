"""Errors of httpbin."""

from ferrule_runtime import errors as base


class HttpbinError(base.ConnectorError):
    """Anything that httpbin raises."""

    connector = "httpbin"


class HttpbinStatusError(HttpbinError, base.StatusError):
    """The service answered with an error."""


class BadRequest(HttpbinStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(HttpbinStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(HttpbinStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(HttpbinStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(HttpbinStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(HttpbinStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(HttpbinStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(HttpbinStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(HttpbinStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(HttpbinError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(HttpbinError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(HttpbinError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(HttpbinError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(HttpbinError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(HttpbinError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(HttpbinError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(HttpbinError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(HttpbinError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(HttpbinError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


TABLE = base.ErrorTable(
    HttpbinError,
    {
        "StatusError": HttpbinStatusError,
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

"""Errors of Google Workspace directory."""

from ferrule_runtime import errors as base


class GoogleDirectoryError(base.ConnectorError):
    """Anything that Google Workspace directory raises."""

    connector = "google_directory"


class GoogleDirectoryStatusError(GoogleDirectoryError, base.StatusError):
    """The service answered with an error."""


class BadRequest(GoogleDirectoryStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(GoogleDirectoryStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(GoogleDirectoryStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(GoogleDirectoryStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(GoogleDirectoryStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(GoogleDirectoryStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(GoogleDirectoryStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(GoogleDirectoryStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(GoogleDirectoryStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(GoogleDirectoryError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(GoogleDirectoryError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(GoogleDirectoryError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(GoogleDirectoryError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(GoogleDirectoryError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(GoogleDirectoryError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(GoogleDirectoryError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(GoogleDirectoryError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(GoogleDirectoryError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(GoogleDirectoryError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


class DailyLimitReached(GoogleDirectoryStatusError):
    """Code dailyLimitExceeded."""


TABLE = base.ErrorTable(
    GoogleDirectoryError,
    {
        "StatusError": GoogleDirectoryStatusError,
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
        "DailyLimitReached": DailyLimitReached,
    },
)

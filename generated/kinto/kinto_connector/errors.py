"""Errors of Kinto."""

from ferrule_runtime import errors as base


class KintoError(base.ConnectorError):
    """Anything that Kinto raises."""

    connector = "kinto"


class KintoStatusError(KintoError, base.StatusError):
    """The service answered with an error."""


class BadRequest(KintoStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(KintoStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(KintoStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(KintoStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(KintoStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(KintoStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(KintoStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(KintoStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(KintoStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(KintoError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(KintoError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(KintoError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(KintoError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(KintoError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(KintoError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(KintoError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(KintoError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(KintoError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(KintoError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


class Stale(KintoStatusError):
    """Status 412."""


class Gone(KintoStatusError):
    """Status 410."""


TABLE = base.ErrorTable(
    KintoError,
    {
        "StatusError": KintoStatusError,
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
        "Stale": Stale,
        "Gone": Gone,
    },
)

"""Errors of NetSuite."""

from ferrule_runtime import errors as base


class NetSuiteError(base.ConnectorError):
    """Anything that NetSuite raises."""

    connector = "netsuite"


class NetSuiteStatusError(NetSuiteError, base.StatusError):
    """The service answered with an error."""


class BadRequest(NetSuiteStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(NetSuiteStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(NetSuiteStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(NetSuiteStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(NetSuiteStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(NetSuiteStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(NetSuiteStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(NetSuiteStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(NetSuiteStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(NetSuiteError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(NetSuiteError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(NetSuiteError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(NetSuiteError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(NetSuiteError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(NetSuiteError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(NetSuiteError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(NetSuiteError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(NetSuiteError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(NetSuiteError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


TABLE = base.ErrorTable(
    NetSuiteError,
    {
        "StatusError": NetSuiteStatusError,
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

"""Errors of Slack."""

from ferrule_runtime import errors as base


class SlackError(base.ConnectorError):
    """Anything that Slack raises."""

    connector = "slack"


class SlackStatusError(SlackError, base.StatusError):
    """The service answered with an error."""


class BadRequest(SlackStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(SlackStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(SlackStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(SlackStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(SlackStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(SlackStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(SlackStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(SlackStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(SlackStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(SlackError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(SlackError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(SlackError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(SlackError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(SlackError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(SlackError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(SlackError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(SlackError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(SlackError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(SlackError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


class Unavailable(SlackStatusError):
    """Code internal_error, fatal_error, service_unavailable."""


TABLE = base.ErrorTable(
    SlackError,
    {
        "StatusError": SlackStatusError,
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
    },
)

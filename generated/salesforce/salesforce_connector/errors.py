"""Errors of Salesforce."""

from ferrule_runtime import errors as base


class SalesforceError(base.ConnectorError):
    """Anything that Salesforce raises."""

    connector = "salesforce"


class SalesforceStatusError(SalesforceError, base.StatusError):
    """The service answered with an error."""


class BadRequest(SalesforceStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(SalesforceStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(SalesforceStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(SalesforceStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(SalesforceStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(SalesforceStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(SalesforceStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(SalesforceStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(SalesforceStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(SalesforceError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(SalesforceError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(SalesforceError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(SalesforceError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(SalesforceError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(SalesforceError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(SalesforceError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(SalesforceError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(SalesforceError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(SalesforceError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


class Locked(SalesforceStatusError):
    """Code UNABLE_TO_LOCK_ROW."""


class RequestLimitExceeded(SalesforceStatusError):
    """Code REQUEST_LIMIT_EXCEEDED."""


class Malformed(SalesforceStatusError):
    """Code MALFORMED_QUERY, INVALID_FIELD."""


class Ambiguous(SalesforceStatusError):
    """Status 300."""


class TooLong(SalesforceStatusError):
    """Status 414, 431."""


TABLE = base.ErrorTable(
    SalesforceError,
    {
        "StatusError": SalesforceStatusError,
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
        "Locked": Locked,
        "RequestLimitExceeded": RequestLimitExceeded,
        "Malformed": Malformed,
        "Ambiguous": Ambiguous,
        "TooLong": TooLong,
    },
)

"""Errors of Amazon Selling Partner API."""

from ferrule_runtime import errors as base


class AmazonSellerError(base.ConnectorError):
    """Anything that Amazon Selling Partner API raises."""

    connector = "amazon_seller"


class AmazonSellerStatusError(AmazonSellerError, base.StatusError):
    """The service answered with an error."""


class BadRequest(AmazonSellerStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(AmazonSellerStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(AmazonSellerStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(AmazonSellerStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(AmazonSellerStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(AmazonSellerStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(AmazonSellerStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(AmazonSellerStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(AmazonSellerStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(AmazonSellerError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(AmazonSellerError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(AmazonSellerError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(AmazonSellerError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(AmazonSellerError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(AmazonSellerError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(AmazonSellerError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(AmazonSellerError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(AmazonSellerError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(AmazonSellerError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


class InvalidInput(AmazonSellerStatusError):
    """Code InvalidInput."""


TABLE = base.ErrorTable(
    AmazonSellerError,
    {
        "StatusError": AmazonSellerStatusError,
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
        "InvalidInput": InvalidInput,
    },
)

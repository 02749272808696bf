"""Errors of Stripe."""

from ferrule_runtime import errors as base


class StripeError(base.ConnectorError):
    """Anything that Stripe raises."""

    connector = "stripe"


class StripeStatusError(StripeError, base.StatusError):
    """The service answered with an error."""


class BadRequest(StripeStatusError, base.BadRequest):
    """400: the service does not understand the request."""


class Unauthorized(StripeStatusError, base.Unauthorized):
    """401: the credentials are missing, wrong, or no longer good."""


class Forbidden(StripeStatusError, base.Forbidden):
    """403: the credentials are good and not enough."""


class NotFound(StripeStatusError, base.NotFound):
    """404: there is no such thing, or it is hidden."""


class Conflict(StripeStatusError, base.Conflict):
    """409: the state of the service does not allow it."""


class Unprocessable(StripeStatusError, base.Unprocessable):
    """422: the request is understood and its content is refused."""


class RateLimited(StripeStatusError, base.RateLimited):
    """429, or 503 with Retry-After: too much in too little time."""


class ServerError(StripeStatusError, base.ServerError):
    """5xx: the service failed."""


class BadGateway(ServerError, base.BadGateway):
    """502: something in front of the service failed."""


class ServiceUnavailable(ServerError, base.ServiceUnavailable):
    """503: the service is down or overloaded."""


class Redirected(StripeStatusError, base.Redirected):
    """3xx that is not followed."""


class ConnectionFailed(StripeError, base.ConnectionFailed):
    """No answer came."""


class Timeout(ConnectionFailed, base.Timeout):
    """No answer came in time."""


class InvalidResponse(StripeError, base.InvalidResponse):
    """An answer came and is not what was declared."""


class InvalidRequest(StripeError, base.InvalidRequest):
    """An argument that cannot be sent."""


class ReconnectRequired(StripeError, base.ReconnectRequired):
    """The access was revoked or ran out: a person must connect again."""


class ConfigurationError(StripeError, base.ConfigurationError):
    """A setting is missing or malformed."""


class PagingLoop(StripeError, base.PagingLoop):
    """The service gave a page that it has given before."""


class RefusedUrl(StripeError, base.RefusedUrl):
    """A URL that leads away from the service's own origins."""


class WebhookRefused(StripeError, base.WebhookRefused):
    """A webhook that the service did not send, or sent too long ago."""


class JobFailed(StripeError, base.JobFailed):
    """A job that the service ended without a result."""


class PartialFailure(StripeError, base.PartialFailure):
    """Some items of a list of results have failed: `failed`, `result`."""


class CardDeclined(StripeStatusError):
    """The service says card declined."""


class IdempotencyMisuse(StripeStatusError):
    """The service says idempotency misuse."""


class Locked(StripeStatusError):
    """Code lock_timeout."""


TABLE = base.ErrorTable(
    StripeError,
    {
        "StatusError": StripeStatusError,
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
        "CardDeclined": CardDeclined,
        "IdempotencyMisuse": IdempotencyMisuse,
        "Locked": Locked,
    },
)

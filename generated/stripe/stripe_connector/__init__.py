"""Stripe.

See https://docs.stripe.com/api
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "stripe_connector")

__version__ = "1.0.0"
__all__ = [
    "Account",
    "AddressInput",
    "AsyncStripe",
    "BadGateway",
    "BadRequest",
    "CONNECTOR",
    "CardDeclined",
    "Charge",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Customer",
    "Deleted",
    "Event",
    "EventData",
    "File",
    "Forbidden",
    "IdempotencyMisuse",
    "InvalidRequest",
    "InvalidResponse",
    "JobFailed",
    "Locked",
    "NotFound",
    "Omit",
    "PagingLoop",
    "PartialFailure",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "ServerError",
    "ServiceUnavailable",
    "Stripe",
    "StripeError",
    "StripeStatusError",
    "TimeRangeInput",
    "Timeout",
    "Unauthorized",
    "Unprocessable",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
    "triggers",
]

_HOMES = {
    "Account": ".models.account",
    "AddressInput": ".models.customers",
    "AsyncStripe": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "CONNECTOR": "._connector",
    "CardDeclined": ".errors",
    "Charge": ".models.shared",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Customer": ".models.shared",
    "Deleted": ".models.customers",
    "Event": ".models.events",
    "EventData": ".models.events",
    "File": ".models.files",
    "Forbidden": ".errors",
    "IdempotencyMisuse": ".errors",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "JobFailed": ".errors",
    "Locked": ".errors",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "PagingLoop": ".errors",
    "PartialFailure": ".errors",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "Stripe": ".client",
    "StripeError": ".errors",
    "StripeStatusError": ".errors",
    "TimeRangeInput": ".models.shared",
    "Timeout": ".errors",
    "Unauthorized": ".errors",
    "Unprocessable": ".errors",
    "WebhookRefused": ".errors",
    "omit": "ferrule_runtime.omit",
    "testing": ".testing",
    "triggers": ".triggers",
}

if TYPE_CHECKING:
    from ferrule_runtime.omit import Omit as Omit, omit as omit
    from . import testing as testing, triggers as triggers
    from ._connector import CONNECTOR as CONNECTOR
    from .client import AsyncStripe as AsyncStripe, Stripe as Stripe
    from .errors import (
        BadGateway as BadGateway,
        BadRequest as BadRequest,
        CardDeclined as CardDeclined,
        ConfigurationError as ConfigurationError,
        Conflict as Conflict,
        ConnectionFailed as ConnectionFailed,
        Forbidden as Forbidden,
        IdempotencyMisuse as IdempotencyMisuse,
        InvalidRequest as InvalidRequest,
        InvalidResponse as InvalidResponse,
        JobFailed as JobFailed,
        Locked as Locked,
        NotFound as NotFound,
        PagingLoop as PagingLoop,
        PartialFailure as PartialFailure,
        RateLimited as RateLimited,
        ReconnectRequired as ReconnectRequired,
        Redirected as Redirected,
        RefusedUrl as RefusedUrl,
        ServerError as ServerError,
        ServiceUnavailable as ServiceUnavailable,
        StripeError as StripeError,
        StripeStatusError as StripeStatusError,
        Timeout as Timeout,
        Unauthorized as Unauthorized,
        Unprocessable as Unprocessable,
        WebhookRefused as WebhookRefused,
    )
    from .models.account import Account as Account
    from .models.customers import AddressInput as AddressInput, Deleted as Deleted
    from .models.events import Event as Event, EventData as EventData
    from .models.files import File as File
    from .models.shared import (
        Charge as Charge,
        Customer as Customer,
        TimeRangeInput as TimeRangeInput,
    )
else:
    # Out of sight of type checkers: they would take any name for one of the package.
    def __getattr__(name):
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        found = import_module(home, __name__)
        value = globals()[name] = found if home == "." + name else getattr(found, name)
        return value

    def __dir__():
        return sorted({*globals(), *_HOMES})


def preload() -> None:
    """Imports every module of the package and builds what the first calls would build."""
    from ferrule_runtime.preload import preload as preload_package

    preload_package(__name__)

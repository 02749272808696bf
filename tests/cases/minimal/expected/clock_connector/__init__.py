"""clock."""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "clock_connector")

__version__ = "0.1.0"
__all__ = [
    "AsyncClock",
    "BadGateway",
    "BadRequest",
    "CONNECTOR",
    "Clock",
    "ClockError",
    "ClockStatusError",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Forbidden",
    "InvalidRequest",
    "InvalidResponse",
    "JobFailed",
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
    "Timeout",
    "Unauthorized",
    "Unprocessable",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
]

_HOMES = {
    "AsyncClock": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "CONNECTOR": "._connector",
    "Clock": ".client",
    "ClockError": ".errors",
    "ClockStatusError": ".errors",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Forbidden": ".errors",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "JobFailed": ".errors",
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
    "Timeout": ".errors",
    "Unauthorized": ".errors",
    "Unprocessable": ".errors",
    "WebhookRefused": ".errors",
    "omit": "ferrule_runtime.omit",
    "testing": ".testing",
}

if TYPE_CHECKING:
    from ferrule_runtime.omit import Omit as Omit, omit as omit
    from . import testing as testing
    from ._connector import CONNECTOR as CONNECTOR
    from .client import AsyncClock as AsyncClock, Clock as Clock
    from .errors import (
        BadGateway as BadGateway,
        BadRequest as BadRequest,
        ClockError as ClockError,
        ClockStatusError as ClockStatusError,
        ConfigurationError as ConfigurationError,
        Conflict as Conflict,
        ConnectionFailed as ConnectionFailed,
        Forbidden as Forbidden,
        InvalidRequest as InvalidRequest,
        InvalidResponse as InvalidResponse,
        JobFailed as JobFailed,
        NotFound as NotFound,
        PagingLoop as PagingLoop,
        PartialFailure as PartialFailure,
        RateLimited as RateLimited,
        ReconnectRequired as ReconnectRequired,
        Redirected as Redirected,
        RefusedUrl as RefusedUrl,
        ServerError as ServerError,
        ServiceUnavailable as ServiceUnavailable,
        Timeout as Timeout,
        Unauthorized as Unauthorized,
        Unprocessable as Unprocessable,
        WebhookRefused as WebhookRefused,
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

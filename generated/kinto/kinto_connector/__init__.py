"""Kinto.

See https://docs.kinto-storage.org/
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "kinto_connector")

__version__ = "1.0.0"
__all__ = [
    "AsyncKinto",
    "BadGateway",
    "BadRequest",
    "Bucket",
    "CONNECTOR",
    "Collection",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Deleted",
    "Forbidden",
    "Gone",
    "InvalidRequest",
    "InvalidResponse",
    "JobFailed",
    "Kinto",
    "KintoError",
    "KintoStatusError",
    "NotFound",
    "Omit",
    "PagingLoop",
    "PartialFailure",
    "RateLimited",
    "ReconnectRequired",
    "Record",
    "Redirected",
    "RefusedUrl",
    "ServerError",
    "ServerInfo",
    "ServerInfoUser",
    "ServiceUnavailable",
    "Stale",
    "Timeout",
    "Unauthorized",
    "Unprocessable",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
]

_HOMES = {
    "AsyncKinto": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "Bucket": ".models.buckets",
    "CONNECTOR": "._connector",
    "Collection": ".models.collections",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Deleted": ".models.shared",
    "Forbidden": ".errors",
    "Gone": ".errors",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "JobFailed": ".errors",
    "Kinto": ".client",
    "KintoError": ".errors",
    "KintoStatusError": ".errors",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "PagingLoop": ".errors",
    "PartialFailure": ".errors",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Record": ".models.records",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "ServerError": ".errors",
    "ServerInfo": ".models.shared",
    "ServerInfoUser": ".models.shared",
    "ServiceUnavailable": ".errors",
    "Stale": ".errors",
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
    from .client import AsyncKinto as AsyncKinto, Kinto as Kinto
    from .errors import (
        BadGateway as BadGateway,
        BadRequest as BadRequest,
        ConfigurationError as ConfigurationError,
        Conflict as Conflict,
        ConnectionFailed as ConnectionFailed,
        Forbidden as Forbidden,
        Gone as Gone,
        InvalidRequest as InvalidRequest,
        InvalidResponse as InvalidResponse,
        JobFailed as JobFailed,
        KintoError as KintoError,
        KintoStatusError as KintoStatusError,
        NotFound as NotFound,
        PagingLoop as PagingLoop,
        PartialFailure as PartialFailure,
        RateLimited as RateLimited,
        ReconnectRequired as ReconnectRequired,
        Redirected as Redirected,
        RefusedUrl as RefusedUrl,
        ServerError as ServerError,
        ServiceUnavailable as ServiceUnavailable,
        Stale as Stale,
        Timeout as Timeout,
        Unauthorized as Unauthorized,
        Unprocessable as Unprocessable,
        WebhookRefused as WebhookRefused,
    )
    from .models.buckets import Bucket as Bucket
    from .models.collections import Collection as Collection
    from .models.records import Record as Record
    from .models.shared import (
        Deleted as Deleted,
        ServerInfo as ServerInfo,
        ServerInfoUser as ServerInfoUser,
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

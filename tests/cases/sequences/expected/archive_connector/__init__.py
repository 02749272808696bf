"""archive."""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "archive_connector")

__version__ = "1.0.0"
__all__ = [
    "Archive",
    "ArchiveError",
    "ArchiveStatusError",
    "AsyncArchive",
    "BadGateway",
    "BadRequest",
    "CONNECTOR",
    "Comment",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "File",
    "Forbidden",
    "InvalidRequest",
    "InvalidResponse",
    "JobFailed",
    "NotFound",
    "Omit",
    "Order",
    "PagingLoop",
    "PartialFailure",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "Row",
    "RowInput",
    "ServerError",
    "ServiceUnavailable",
    "Ticket",
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
    "Archive": ".client",
    "ArchiveError": ".errors",
    "ArchiveStatusError": ".errors",
    "AsyncArchive": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "CONNECTOR": "._connector",
    "Comment": ".models.comments",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "File": ".models.shared",
    "Forbidden": ".errors",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "JobFailed": ".errors",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "Order": ".models.orders",
    "PagingLoop": ".errors",
    "PartialFailure": ".errors",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "Row": ".models.shared",
    "RowInput": ".models.shared",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "Ticket": ".models.tickets",
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
    from .client import Archive as Archive, AsyncArchive as AsyncArchive
    from .errors import (
        ArchiveError as ArchiveError,
        ArchiveStatusError as ArchiveStatusError,
        BadGateway as BadGateway,
        BadRequest as BadRequest,
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
    from .models.comments import Comment as Comment
    from .models.orders import Order as Order
    from .models.shared import File as File, Row as Row, RowInput as RowInput
    from .models.tickets import Ticket as Ticket
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

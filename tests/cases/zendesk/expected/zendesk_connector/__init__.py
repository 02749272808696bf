"""Zendesk Support.

See https://developer.zendesk.com/api-reference/
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "zendesk_connector")

__version__ = "1.2.0"
__all__ = [
    "AsyncZendesk",
    "BadGateway",
    "BadRequest",
    "CONNECTOR",
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
    "Priority",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "ServerError",
    "ServiceUnavailable",
    "Ticket",
    "TicketsCreateCommentInput",
    "Timeout",
    "Unauthorized",
    "Unprocessable",
    "WebhookRefused",
    "Zendesk",
    "ZendeskError",
    "ZendeskStatusError",
    "omit",
    "preload",
    "testing",
]

_HOMES = {
    "AsyncZendesk": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "CONNECTOR": "._connector",
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
    "Priority": ".models.tickets",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "Ticket": ".models.tickets",
    "TicketsCreateCommentInput": ".models.tickets",
    "Timeout": ".errors",
    "Unauthorized": ".errors",
    "Unprocessable": ".errors",
    "WebhookRefused": ".errors",
    "Zendesk": ".client",
    "ZendeskError": ".errors",
    "ZendeskStatusError": ".errors",
    "omit": "ferrule_runtime.omit",
    "testing": ".testing",
}

if TYPE_CHECKING:
    from ferrule_runtime.omit import Omit as Omit, omit as omit
    from . import testing as testing
    from ._connector import CONNECTOR as CONNECTOR
    from .client import AsyncZendesk as AsyncZendesk, Zendesk as Zendesk
    from .errors import (
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
        ZendeskError as ZendeskError,
        ZendeskStatusError as ZendeskStatusError,
    )
    from .models.tickets import (
        Priority as Priority,
        Ticket as Ticket,
        TicketsCreateCommentInput as TicketsCreateCommentInput,
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

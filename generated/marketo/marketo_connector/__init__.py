"""Marketo.

See https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest-api
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "marketo_connector")

__version__ = "1.0.0"
__all__ = [
    "ActivityType",
    "AsyncMarketo",
    "BadGateway",
    "BadRequest",
    "CONNECTOR",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Export",
    "ExportsFull",
    "Fault",
    "Forbidden",
    "InvalidRequest",
    "InvalidResponse",
    "JobFailed",
    "Lead",
    "Marketo",
    "MarketoError",
    "MarketoStatusError",
    "NotFound",
    "Omit",
    "PagingLoop",
    "PartialFailure",
    "Program",
    "QuotaExhausted",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "Saved",
    "ServerError",
    "ServiceUnavailable",
    "Timeout",
    "TooLong",
    "Unauthorized",
    "Unavailable",
    "Unprocessable",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
]

_HOMES = {
    "ActivityType": ".models.activities",
    "AsyncMarketo": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "CONNECTOR": "._connector",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Export": ".models.leads_exports",
    "ExportsFull": ".errors",
    "Fault": ".models.leads",
    "Forbidden": ".errors",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "JobFailed": ".errors",
    "Lead": ".models.leads",
    "Marketo": ".client",
    "MarketoError": ".errors",
    "MarketoStatusError": ".errors",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "PagingLoop": ".errors",
    "PartialFailure": ".errors",
    "Program": ".models.programs",
    "QuotaExhausted": ".errors",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "Saved": ".models.leads",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "Timeout": ".errors",
    "TooLong": ".errors",
    "Unauthorized": ".errors",
    "Unavailable": ".errors",
    "Unprocessable": ".errors",
    "WebhookRefused": ".errors",
    "omit": "ferrule_runtime.omit",
    "testing": ".testing",
}

if TYPE_CHECKING:
    from ferrule_runtime.omit import Omit as Omit, omit as omit
    from . import testing as testing
    from ._connector import CONNECTOR as CONNECTOR
    from .client import AsyncMarketo as AsyncMarketo, Marketo as Marketo
    from .errors import (
        BadGateway as BadGateway,
        BadRequest as BadRequest,
        ConfigurationError as ConfigurationError,
        Conflict as Conflict,
        ConnectionFailed as ConnectionFailed,
        ExportsFull as ExportsFull,
        Forbidden as Forbidden,
        InvalidRequest as InvalidRequest,
        InvalidResponse as InvalidResponse,
        JobFailed as JobFailed,
        MarketoError as MarketoError,
        MarketoStatusError as MarketoStatusError,
        NotFound as NotFound,
        PagingLoop as PagingLoop,
        PartialFailure as PartialFailure,
        QuotaExhausted as QuotaExhausted,
        RateLimited as RateLimited,
        ReconnectRequired as ReconnectRequired,
        Redirected as Redirected,
        RefusedUrl as RefusedUrl,
        ServerError as ServerError,
        ServiceUnavailable as ServiceUnavailable,
        Timeout as Timeout,
        TooLong as TooLong,
        Unauthorized as Unauthorized,
        Unavailable as Unavailable,
        Unprocessable as Unprocessable,
        WebhookRefused as WebhookRefused,
    )
    from .models.activities import ActivityType as ActivityType
    from .models.leads import Fault as Fault, Lead as Lead, Saved as Saved
    from .models.leads_exports import Export as Export
    from .models.programs import Program as Program
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

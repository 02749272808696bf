"""Salesforce.

See https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "salesforce_connector")

__version__ = "1.0.0"
__all__ = [
    "Ambiguous",
    "AsyncSalesforce",
    "BadGateway",
    "BadRequest",
    "CONNECTOR",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Created",
    "Forbidden",
    "InvalidRequest",
    "InvalidResponse",
    "JobFailed",
    "Locked",
    "Malformed",
    "NotFound",
    "Omit",
    "PagingLoop",
    "PartInput",
    "PartResult",
    "PartialFailure",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "RequestLimitExceeded",
    "Salesforce",
    "SalesforceError",
    "SalesforceStatusError",
    "ServerError",
    "ServiceUnavailable",
    "Timeout",
    "TooLong",
    "Unauthorized",
    "Unprocessable",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
]

_HOMES = {
    "Ambiguous": ".errors",
    "AsyncSalesforce": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "CONNECTOR": "._connector",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Created": ".models.records",
    "Forbidden": ".errors",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "JobFailed": ".errors",
    "Locked": ".errors",
    "Malformed": ".errors",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "PagingLoop": ".errors",
    "PartInput": ".models.composite",
    "PartResult": ".models.composite",
    "PartialFailure": ".errors",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "RequestLimitExceeded": ".errors",
    "Salesforce": ".client",
    "SalesforceError": ".errors",
    "SalesforceStatusError": ".errors",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "Timeout": ".errors",
    "TooLong": ".errors",
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
    from .client import AsyncSalesforce as AsyncSalesforce, Salesforce as Salesforce
    from .errors import (
        Ambiguous as Ambiguous,
        BadGateway as BadGateway,
        BadRequest as BadRequest,
        ConfigurationError as ConfigurationError,
        Conflict as Conflict,
        ConnectionFailed as ConnectionFailed,
        Forbidden as Forbidden,
        InvalidRequest as InvalidRequest,
        InvalidResponse as InvalidResponse,
        JobFailed as JobFailed,
        Locked as Locked,
        Malformed as Malformed,
        NotFound as NotFound,
        PagingLoop as PagingLoop,
        PartialFailure as PartialFailure,
        RateLimited as RateLimited,
        ReconnectRequired as ReconnectRequired,
        Redirected as Redirected,
        RefusedUrl as RefusedUrl,
        RequestLimitExceeded as RequestLimitExceeded,
        SalesforceError as SalesforceError,
        SalesforceStatusError as SalesforceStatusError,
        ServerError as ServerError,
        ServiceUnavailable as ServiceUnavailable,
        Timeout as Timeout,
        TooLong as TooLong,
        Unauthorized as Unauthorized,
        Unprocessable as Unprocessable,
        WebhookRefused as WebhookRefused,
    )
    from .models.composite import PartInput as PartInput, PartResult as PartResult
    from .models.records import Created as Created
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

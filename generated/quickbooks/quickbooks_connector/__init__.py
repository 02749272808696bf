"""QuickBooks Online.

See https://developer.intuit.com/app/developer/qbo/docs/get-started
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "quickbooks_connector")

__version__ = "1.0.0"
__all__ = [
    "AsyncQuickBooks",
    "BadGateway",
    "BadRequest",
    "CONNECTOR",
    "Company",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Customer",
    "Deleted",
    "DuplicateName",
    "Email",
    "EmailInput",
    "Forbidden",
    "InvalidRequest",
    "InvalidResponse",
    "JobFailed",
    "NotFound",
    "Omit",
    "PagingLoop",
    "PartialFailure",
    "Problem",
    "QuickBooks",
    "QuickBooksError",
    "QuickBooksStatusError",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "ServerError",
    "ServiceUnavailable",
    "StaleObject",
    "Timeout",
    "Unauthorized",
    "Unprocessable",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
]

_HOMES = {
    "AsyncQuickBooks": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "CONNECTOR": "._connector",
    "Company": ".models.company",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Customer": ".models.customers",
    "Deleted": ".models.invoices",
    "DuplicateName": ".errors",
    "Email": ".models.customers",
    "EmailInput": ".models.customers",
    "Forbidden": ".errors",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "JobFailed": ".errors",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "PagingLoop": ".errors",
    "PartialFailure": ".errors",
    "Problem": ".models.shared",
    "QuickBooks": ".client",
    "QuickBooksError": ".errors",
    "QuickBooksStatusError": ".errors",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "StaleObject": ".errors",
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
    from .client import AsyncQuickBooks as AsyncQuickBooks, QuickBooks as QuickBooks
    from .errors import (
        BadGateway as BadGateway,
        BadRequest as BadRequest,
        ConfigurationError as ConfigurationError,
        Conflict as Conflict,
        ConnectionFailed as ConnectionFailed,
        DuplicateName as DuplicateName,
        Forbidden as Forbidden,
        InvalidRequest as InvalidRequest,
        InvalidResponse as InvalidResponse,
        JobFailed as JobFailed,
        NotFound as NotFound,
        PagingLoop as PagingLoop,
        PartialFailure as PartialFailure,
        QuickBooksError as QuickBooksError,
        QuickBooksStatusError as QuickBooksStatusError,
        RateLimited as RateLimited,
        ReconnectRequired as ReconnectRequired,
        Redirected as Redirected,
        RefusedUrl as RefusedUrl,
        ServerError as ServerError,
        ServiceUnavailable as ServiceUnavailable,
        StaleObject as StaleObject,
        Timeout as Timeout,
        Unauthorized as Unauthorized,
        Unprocessable as Unprocessable,
        WebhookRefused as WebhookRefused,
    )
    from .models.company import Company as Company
    from .models.customers import (
        Customer as Customer,
        Email as Email,
        EmailInput as EmailInput,
    )
    from .models.invoices import Deleted as Deleted
    from .models.shared import Problem as Problem
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

"""Amazon Selling Partner API.

See https://developer-docs.amazon.com/sp-api/
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "amazon_seller_connector")

__version__ = "1.0.0"
__all__ = [
    "Address",
    "AmazonSeller",
    "AmazonSellerError",
    "AmazonSellerStatusError",
    "AsyncAmazonSeller",
    "BadGateway",
    "BadRequest",
    "CONNECTOR",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Forbidden",
    "InvalidInput",
    "InvalidRequest",
    "InvalidResponse",
    "Item",
    "JobFailed",
    "NotFound",
    "Omit",
    "Order",
    "PagingLoop",
    "PartialFailure",
    "Participation",
    "ParticipationMarketplace",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "Report",
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
    "Address": ".models.orders",
    "AmazonSeller": ".client",
    "AmazonSellerError": ".errors",
    "AmazonSellerStatusError": ".errors",
    "AsyncAmazonSeller": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "CONNECTOR": "._connector",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Forbidden": ".errors",
    "InvalidInput": ".errors",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "Item": ".models.orders_items",
    "JobFailed": ".errors",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "Order": ".models.orders",
    "PagingLoop": ".errors",
    "PartialFailure": ".errors",
    "Participation": ".models.marketplaces",
    "ParticipationMarketplace": ".models.marketplaces",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "Report": ".models.reports",
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
    from .client import (
        AmazonSeller as AmazonSeller,
        AsyncAmazonSeller as AsyncAmazonSeller,
    )
    from .errors import (
        AmazonSellerError as AmazonSellerError,
        AmazonSellerStatusError as AmazonSellerStatusError,
        BadGateway as BadGateway,
        BadRequest as BadRequest,
        ConfigurationError as ConfigurationError,
        Conflict as Conflict,
        ConnectionFailed as ConnectionFailed,
        Forbidden as Forbidden,
        InvalidInput as InvalidInput,
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
    from .models.marketplaces import (
        Participation as Participation,
        ParticipationMarketplace as ParticipationMarketplace,
    )
    from .models.orders import Address as Address, Order as Order
    from .models.orders_items import Item as Item
    from .models.reports import Report as Report
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

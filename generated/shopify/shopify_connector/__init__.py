"""Shopify Admin.

See https://shopify.dev/docs/api/admin
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "shopify_connector")

__version__ = "1.0.0"
__all__ = [
    "AsyncShopify",
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
    "Locked",
    "NotFound",
    "Omit",
    "Order",
    "PagingLoop",
    "PartialFailure",
    "PaymentRequired",
    "Product",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "ServerError",
    "ServiceUnavailable",
    "Shop",
    "Shopify",
    "ShopifyError",
    "ShopifyStatusError",
    "Timeout",
    "Unauthorized",
    "Unprocessable",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
]

_HOMES = {
    "AsyncShopify": ".client",
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
    "Locked": ".errors",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "Order": ".models.orders",
    "PagingLoop": ".errors",
    "PartialFailure": ".errors",
    "PaymentRequired": ".errors",
    "Product": ".models.products",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "Shop": ".models.shop",
    "Shopify": ".client",
    "ShopifyError": ".errors",
    "ShopifyStatusError": ".errors",
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
    from .client import AsyncShopify as AsyncShopify, Shopify as Shopify
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
        Locked as Locked,
        NotFound as NotFound,
        PagingLoop as PagingLoop,
        PartialFailure as PartialFailure,
        PaymentRequired as PaymentRequired,
        RateLimited as RateLimited,
        ReconnectRequired as ReconnectRequired,
        Redirected as Redirected,
        RefusedUrl as RefusedUrl,
        ServerError as ServerError,
        ServiceUnavailable as ServiceUnavailable,
        ShopifyError as ShopifyError,
        ShopifyStatusError as ShopifyStatusError,
        Timeout as Timeout,
        Unauthorized as Unauthorized,
        Unprocessable as Unprocessable,
        WebhookRefused as WebhookRefused,
    )
    from .models.orders import Order as Order
    from .models.products import Product as Product
    from .models.shop import Shop as Shop
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

"""Names that Python has other uses for."""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "odd_names_connector")

__version__ = "1.0.0"
__all__ = [
    "Any",
    "AsyncOddNames",
    "Aux",
    "BadGateway",
    "BadRequest",
    "CONNECTOR",
    "Case",
    "Client",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Field",
    "Forbidden",
    "InvalidRequest",
    "InvalidResponse",
    "JobFailed",
    "Model",
    "NotFound",
    "OddNames",
    "OddNamesError",
    "OddNamesStatusError",
    "Omit",
    "Operation",
    "PagingLoop",
    "PartialFailure",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "Resource",
    "ServerError",
    "ServiceUnavailable",
    "Strict",
    "Tag",
    "TagA",
    "TagB",
    "Timeout",
    "Unauthorized",
    "Unprocessable",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
]

_HOMES = {
    "Any": ".models.shared",
    "AsyncOddNames": ".client",
    "Aux": ".models.aux_",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "CONNECTOR": "._connector",
    "Case": ".models.clashes",
    "Client": ".models.client",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Field": ".models.things_class",
    "Forbidden": ".errors",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "JobFailed": ".errors",
    "Model": ".models.shared",
    "NotFound": ".errors",
    "OddNames": ".client",
    "OddNamesError": ".errors",
    "OddNamesStatusError": ".errors",
    "Omit": "ferrule_runtime.omit",
    "Operation": ".models.shared",
    "PagingLoop": ".errors",
    "PartialFailure": ".errors",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "Resource": ".models.device_id",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "Strict": ".models.shared",
    "Tag": ".models.calls",
    "TagA": ".models.calls",
    "TagB": ".models.calls",
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
    from .client import AsyncOddNames as AsyncOddNames, OddNames as OddNames
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
        OddNamesError as OddNamesError,
        OddNamesStatusError as OddNamesStatusError,
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
    from .models.aux_ import Aux as Aux
    from .models.calls import Tag as Tag, TagA as TagA, TagB as TagB
    from .models.clashes import Case as Case
    from .models.client import Client as Client
    from .models.device_id import Resource as Resource
    from .models.shared import (
        Any as Any,
        Model as Model,
        Operation as Operation,
        Strict as Strict,
    )
    from .models.things_class import Field as Field
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

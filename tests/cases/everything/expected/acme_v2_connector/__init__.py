"""Acme (beta).

Everything that the language can say about a service.

It stands here so that a change of the output is seen.

See https://developer.example.com/docs
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "acme_v2_connector")

__version__ = "1.2.3"
__all__ = [
    "Acme",
    "AcmeError",
    "AcmeStatusError",
    "AsyncAcme",
    "BadGateway",
    "BadRequest",
    "Base",
    "Block",
    "BlockInput",
    "CONNECTOR",
    "Closed",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Date",
    "Field",
    "File",
    "FilesSendJsonInput",
    "FilesSendMultipartInput",
    "Forbidden",
    "Gone",
    "Heading",
    "HeadingInput",
    "InvalidRequest",
    "InvalidResponse",
    "Job",
    "JobFailed",
    "Level",
    "LevelValue",
    "Locked",
    "NotFound",
    "Omit",
    "Open",
    "OtherBlock",
    "OtherBlockInput",
    "PagingLoop",
    "Paragraph",
    "ParagraphInput",
    "Part",
    "PartInput",
    "PartialFailure",
    "Problem",
    "QuotaSpent",
    "RangeInput",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "Report",
    "Row",
    "ServerError",
    "ServiceUnavailable",
    "State",
    "Strict",
    "Thing",
    "ThingInput",
    "ThingSize",
    "ThingSizeInput",
    "ThingsCreateOwnerInput",
    "Timeout",
    "Tree",
    "Unauthorized",
    "Unprocessable",
    "User",
    "UserInput",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
]

_HOMES = {
    "Acme": ".client",
    "AcmeError": ".errors",
    "AcmeStatusError": ".errors",
    "AsyncAcme": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "Base": ".models.shared",
    "Block": ".models.things_blocks",
    "BlockInput": ".models.things_blocks",
    "CONNECTOR": "._connector",
    "Closed": ".models.things",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Date": ".models.shared",
    "Field": ".models.shared",
    "File": ".models.files",
    "FilesSendJsonInput": ".models.files",
    "FilesSendMultipartInput": ".models.files",
    "Forbidden": ".errors",
    "Gone": ".errors",
    "Heading": ".models.things_blocks",
    "HeadingInput": ".models.things_blocks",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "Job": ".models.things",
    "JobFailed": ".errors",
    "Level": ".models.shared",
    "LevelValue": ".models.shared",
    "Locked": ".errors",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "Open": ".models.things",
    "OtherBlock": ".models.things_blocks",
    "OtherBlockInput": ".models.things_blocks",
    "PagingLoop": ".errors",
    "Paragraph": ".models.things_blocks",
    "ParagraphInput": ".models.things_blocks",
    "Part": ".models.shared",
    "PartInput": ".models.shared",
    "PartialFailure": ".errors",
    "Problem": ".models.shared",
    "QuotaSpent": ".errors",
    "RangeInput": ".models.things",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "Report": ".models.things",
    "Row": ".models.feeds",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "State": ".models.shared",
    "Strict": ".models.shared",
    "Thing": ".models.shared",
    "ThingInput": ".models.shared",
    "ThingSize": ".models.shared",
    "ThingSizeInput": ".models.shared",
    "ThingsCreateOwnerInput": ".models.things",
    "Timeout": ".errors",
    "Tree": ".models.shared",
    "Unauthorized": ".errors",
    "Unprocessable": ".errors",
    "User": ".models.shared",
    "UserInput": ".models.shared",
    "WebhookRefused": ".errors",
    "omit": "ferrule_runtime.omit",
    "testing": ".testing",
}

if TYPE_CHECKING:
    from ferrule_runtime.omit import Omit as Omit, omit as omit
    from . import testing as testing
    from ._connector import CONNECTOR as CONNECTOR
    from .client import Acme as Acme, AsyncAcme as AsyncAcme
    from .errors import (
        AcmeError as AcmeError,
        AcmeStatusError as AcmeStatusError,
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
        Locked as Locked,
        NotFound as NotFound,
        PagingLoop as PagingLoop,
        PartialFailure as PartialFailure,
        QuotaSpent as QuotaSpent,
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
    from .models.feeds import Row as Row
    from .models.files import (
        File as File,
        FilesSendJsonInput as FilesSendJsonInput,
        FilesSendMultipartInput as FilesSendMultipartInput,
    )
    from .models.shared import (
        Base as Base,
        Date as Date,
        Field as Field,
        Level as Level,
        LevelValue as LevelValue,
        Part as Part,
        PartInput as PartInput,
        Problem as Problem,
        State as State,
        Strict as Strict,
        Thing as Thing,
        ThingInput as ThingInput,
        ThingSize as ThingSize,
        ThingSizeInput as ThingSizeInput,
        Tree as Tree,
        User as User,
        UserInput as UserInput,
    )
    from .models.things import (
        Closed as Closed,
        Job as Job,
        Open as Open,
        RangeInput as RangeInput,
        Report as Report,
        ThingsCreateOwnerInput as ThingsCreateOwnerInput,
    )
    from .models.things_blocks import (
        Block as Block,
        BlockInput as BlockInput,
        Heading as Heading,
        HeadingInput as HeadingInput,
        OtherBlock as OtherBlock,
        OtherBlockInput as OtherBlockInput,
        Paragraph as Paragraph,
        ParagraphInput as ParagraphInput,
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

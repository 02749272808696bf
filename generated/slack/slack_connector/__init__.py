"""Slack.

See https://docs.slack.dev/apis/web-api/
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "slack_connector")

__version__ = "1.0.0"
__all__ = [
    "AsyncSlack",
    "BadGateway",
    "BadRequest",
    "CONNECTOR",
    "Channel",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Forbidden",
    "Identity",
    "InvalidRequest",
    "InvalidResponse",
    "JobFailed",
    "Member",
    "MemberProfile",
    "Message",
    "NotFound",
    "Omit",
    "PagingLoop",
    "PartialFailure",
    "Posted",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "ServerError",
    "ServiceUnavailable",
    "Slack",
    "SlackError",
    "SlackStatusError",
    "Timeout",
    "Unauthorized",
    "Unavailable",
    "Unprocessable",
    "Upload",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
    "triggers",
]

_HOMES = {
    "AsyncSlack": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "CONNECTOR": "._connector",
    "Channel": ".models.conversations",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Forbidden": ".errors",
    "Identity": ".models.auth",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "JobFailed": ".errors",
    "Member": ".models.users",
    "MemberProfile": ".models.users",
    "Message": ".models.shared",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "PagingLoop": ".errors",
    "PartialFailure": ".errors",
    "Posted": ".models.chat",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "Slack": ".client",
    "SlackError": ".errors",
    "SlackStatusError": ".errors",
    "Timeout": ".errors",
    "Unauthorized": ".errors",
    "Unavailable": ".errors",
    "Unprocessable": ".errors",
    "Upload": ".models.files",
    "WebhookRefused": ".errors",
    "omit": "ferrule_runtime.omit",
    "testing": ".testing",
    "triggers": ".triggers",
}

if TYPE_CHECKING:
    from ferrule_runtime.omit import Omit as Omit, omit as omit
    from . import testing as testing, triggers as triggers
    from ._connector import CONNECTOR as CONNECTOR
    from .client import AsyncSlack as AsyncSlack, Slack as Slack
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
        SlackError as SlackError,
        SlackStatusError as SlackStatusError,
        Timeout as Timeout,
        Unauthorized as Unauthorized,
        Unavailable as Unavailable,
        Unprocessable as Unprocessable,
        WebhookRefused as WebhookRefused,
    )
    from .models.auth import Identity as Identity
    from .models.chat import Posted as Posted
    from .models.conversations import Channel as Channel
    from .models.files import Upload as Upload
    from .models.shared import Message as Message
    from .models.users import Member as Member, MemberProfile as MemberProfile
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

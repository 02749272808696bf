"""GitHub.

See https://docs.github.com/en/rest
"""

from typing import TYPE_CHECKING

from ferrule_runtime import check_contract

check_contract(2, "github_connector")

__version__ = "1.0.0"
__all__ = [
    "AsyncGitHub",
    "BadGateway",
    "BadRequest",
    "Blocked",
    "CONNECTOR",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Forbidden",
    "GitHub",
    "GitHubError",
    "GitHubStatusError",
    "Gone",
    "InvalidRequest",
    "InvalidResponse",
    "Issue",
    "IssueEvent",
    "JobFailed",
    "Label",
    "NotFound",
    "Omit",
    "PagingLoop",
    "PartialFailure",
    "Problem",
    "PushEvent",
    "PushEventRepository",
    "RateLimited",
    "ReconnectRequired",
    "Redirected",
    "RefusedUrl",
    "Repo",
    "RepoIssue",
    "RepoOwner",
    "ServerError",
    "ServiceUnavailable",
    "Timeout",
    "Unauthorized",
    "Unprocessable",
    "User",
    "WebhookRefused",
    "omit",
    "preload",
    "testing",
    "triggers",
]

_HOMES = {
    "AsyncGitHub": ".client",
    "BadGateway": ".errors",
    "BadRequest": ".errors",
    "Blocked": ".errors",
    "CONNECTOR": "._connector",
    "ConfigurationError": ".errors",
    "Conflict": ".errors",
    "ConnectionFailed": ".errors",
    "Forbidden": ".errors",
    "GitHub": ".client",
    "GitHubError": ".errors",
    "GitHubStatusError": ".errors",
    "Gone": ".errors",
    "InvalidRequest": ".errors",
    "InvalidResponse": ".errors",
    "Issue": ".models.shared",
    "IssueEvent": ".models.shared",
    "JobFailed": ".errors",
    "Label": ".models.shared",
    "NotFound": ".errors",
    "Omit": "ferrule_runtime.omit",
    "PagingLoop": ".errors",
    "PartialFailure": ".errors",
    "Problem": ".models.shared",
    "PushEvent": ".models.shared",
    "PushEventRepository": ".models.shared",
    "RateLimited": ".errors",
    "ReconnectRequired": ".errors",
    "Redirected": ".errors",
    "RefusedUrl": ".errors",
    "Repo": ".models.shared",
    "RepoIssue": ".models.issues",
    "RepoOwner": ".models.shared",
    "ServerError": ".errors",
    "ServiceUnavailable": ".errors",
    "Timeout": ".errors",
    "Unauthorized": ".errors",
    "Unprocessable": ".errors",
    "User": ".models.shared",
    "WebhookRefused": ".errors",
    "omit": "ferrule_runtime.omit",
    "testing": ".testing",
    "triggers": ".triggers",
}

if TYPE_CHECKING:
    from ferrule_runtime.omit import Omit as Omit, omit as omit
    from . import testing as testing, triggers as triggers
    from ._connector import CONNECTOR as CONNECTOR
    from .client import AsyncGitHub as AsyncGitHub, GitHub as GitHub
    from .errors import (
        BadGateway as BadGateway,
        BadRequest as BadRequest,
        Blocked as Blocked,
        ConfigurationError as ConfigurationError,
        Conflict as Conflict,
        ConnectionFailed as ConnectionFailed,
        Forbidden as Forbidden,
        GitHubError as GitHubError,
        GitHubStatusError as GitHubStatusError,
        Gone as Gone,
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
    from .models.issues import RepoIssue as RepoIssue
    from .models.shared import (
        Issue as Issue,
        IssueEvent as IssueEvent,
        Label as Label,
        Problem as Problem,
        PushEvent as PushEvent,
        PushEventRepository as PushEventRepository,
        Repo as Repo,
        RepoOwner as RepoOwner,
        User as User,
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

"""Errors that a mocked action raises: those of the connector, with all their attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from ferrule_runtime.connector import Connector
    from ferrule_runtime.operation import Operation

_STATUSES: Final = {
    "BadRequest": 400,
    "Unauthorized": 401,
    "Forbidden": 403,
    "NotFound": 404,
    "Conflict": 409,
    "Unprocessable": 422,
    "RateLimited": 429,
    "BadGateway": 502,
    "ServiceUnavailable": 503,
    "ServerError": 500,
    "Redirected": 302,
}


def failure(
    kind: type[Exception], operation: Operation[Any], connector: Connector, facts: dict[str, Any]
) -> Callable[[], Exception]:
    """Makes the error anew for each call. Raises TypeError for facts that errors do not have."""
    from ferrule_runtime.errors import ConnectorError

    if not issubclass(kind, ConnectorError):
        kind(**facts)
        return lambda: kind(**facts)
    known = {
        "action": operation.action,
        "method": operation.method,
        "path_template": operation.template,
        "status_code": status_of(kind, connector),
        "attempts": 1,
        **facts,
    }
    told = f"{connector.name}.{operation.action}: {operation.method or ''} {operation.template}"
    if known["status_code"] is not None:
        told += f" answered {known['status_code']}"
    if known.get("code"):
        told += f" {known['code']}"
    if known.get("message"):
        told += f": {known['message']}"
    kind(told, **known)
    return lambda: kind(told, **known)


def status_of(kind: type[Exception], connector: Connector) -> int | None:
    """The status that an error of this class stands for: by the spec, else by what it is."""
    statuses = {} if connector.errors is None else connector.errors.statuses
    for base in kind.__mro__:
        for status, outcome in statuses.items():
            if outcome.error == base.__name__:
                return int(status)
        if base.__name__ in _STATUSES:
            return _STATUSES[base.__name__]
    return None

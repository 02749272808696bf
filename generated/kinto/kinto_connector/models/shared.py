"""Types that several resources share: Kinto."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.models import Model, StrictBool, StrictInt


class ServerInfo(Model):
    """Server info."""

    project_name: str
    project_version: str
    http_api_version: str
    url: str
    settings: dict[str, Any]
    user: ServerInfoUser | None = None


class ServerInfoUser(Model):
    """The part `user` of the model ServerInfo."""

    id: str
    bucket: str | None = None


class Deleted(Model):
    """Deleted."""

    id: str
    last_modified: StrictInt
    deleted: StrictBool

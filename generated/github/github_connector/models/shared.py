"""Types that several resources share: GitHub."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.models import DateTime, Model, StrictInt


class Problem(Model):
    """Problem."""

    resource: str | None = None
    field: str | None = None
    code: str
    message: str | None = None


class User(Model):
    """User."""

    id: StrictInt
    login: str
    type: str
    name: str | None = None


class Label(Model):
    """Label."""

    id: StrictInt | None = None
    name: str
    color: str | None = None


class Issue(Model):
    """Issue."""

    id: StrictInt
    number: StrictInt
    title: str
    state: Literal["open", "closed"] | str
    body: str | None = None
    labels: list[Label]
    user: User | None = None
    created_at: DateTime
    updated_at: DateTime

"""Types that several resources share: GitHub."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.models import DateTime, Model, StrictBool, StrictInt


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


class Repo(Model):
    """Repo."""

    id: StrictInt
    name: str
    full_name: str
    private: StrictBool
    owner: RepoOwner | None = None
    description: str | None = None
    default_branch: str | None = None
    pushed_at: DateTime | None = None


class RepoOwner(Model):
    """The part `owner` of the model Repo."""

    login: str


class IssueEvent(Model):
    """Issue event."""

    action: str
    issue: Issue
    repository: Repo


class PushEvent(Model):
    """Push event."""

    ref: str
    before: str
    after: str
    repository: PushEventRepository


class PushEventRepository(Model):
    """The part `repository` of the model PushEvent."""

    id: StrictInt
    full_name: str


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

"""Types of repos: GitHub."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Model, StrictBool, StrictInt


class Repo(Model):
    """Repo."""

    id: StrictInt
    name: str
    full_name: str
    private: StrictBool
    description: str | None = None
    default_branch: str | None = None
    pushed_at: DateTime | None = None

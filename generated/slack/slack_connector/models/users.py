"""Types of users: Slack."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictBool


class Member(Model):
    """Member."""

    id: str
    name: str
    deleted: StrictBool | None = None
    is_bot: StrictBool | None = None
    profile: MemberProfile | None = None


class MemberProfile(Model):
    """The part `profile` of the model Member."""

    real_name: str | None = None
    email: str | None = None

"""Types of users: Google Workspace directory."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Field, Model, StrictBool


class User(Model):
    """User."""

    id: str
    primary_email: str = Field(alias="primaryEmail")
    name: UserName | None = None
    suspended: StrictBool | None = None
    creation_time: DateTime | None = Field(default=None, alias="creationTime")


class UserName(Model):
    """The part `name` of the model User."""

    full_name: str | None = Field(default=None, alias="fullName")
    given_name: str | None = Field(default=None, alias="givenName")
    family_name: str | None = Field(default=None, alias="familyName")

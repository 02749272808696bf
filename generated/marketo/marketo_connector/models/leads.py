"""Types of leads: Marketo."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Field, Model, StrictInt


class Fault(Model):
    """Fault."""

    code: str
    message: str


class Lead(Model):
    """Lead."""

    id: StrictInt
    email: str | None = None
    first_name: str | None = Field(default=None, alias="firstName")
    last_name: str | None = Field(default=None, alias="lastName")
    created_at: DateTime | None = Field(default=None, alias="createdAt")
    updated_at: DateTime | None = Field(default=None, alias="updatedAt")


class Saved(Model):
    """Saved."""

    id: StrictInt | None = None
    status: str
    reasons: list[Fault] | None = None

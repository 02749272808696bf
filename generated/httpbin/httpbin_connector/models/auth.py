"""Types of auth: httpbin."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictBool


class SignedIn(Model):
    """Signed in."""

    authenticated: StrictBool
    user: str | None = None
    token: str | None = None

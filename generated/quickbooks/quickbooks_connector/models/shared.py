"""Types that several resources share: QuickBooks Online."""

from __future__ import annotations

from ferrule_runtime.models import Field, Model


class Problem(Model):
    """Problem."""

    message: str = Field(alias="Message")
    detail: str | None = Field(default=None, alias="Detail")
    code: str
    element: str | None = None

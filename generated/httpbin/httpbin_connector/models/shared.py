"""Types that several resources share: httpbin."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.models import Field, Model


class Echo(Model):
    """Echo."""

    url: str | None = None
    args: dict[str, Any] | None = None
    headers: dict[str, Any]
    data: str | None = None
    form: dict[str, Any] | None = None
    files: dict[str, str] | None = None
    json_: Any | None = Field(default=None, alias="json")

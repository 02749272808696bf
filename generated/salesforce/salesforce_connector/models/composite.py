"""Types of composite: Salesforce."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.models import Field, Model, StrictInt
from typing_extensions import NotRequired, TypedDict


class PartInput(TypedDict):
    """Part."""

    method: str
    url: str
    referenceId: str
    body: NotRequired[Any]


class PartResult(Model):
    """Part result."""

    reference_id: str = Field(alias="referenceId")
    http_status_code: StrictInt = Field(alias="httpStatusCode")
    body: Any | None = None

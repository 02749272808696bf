"""Types that several resources share: archive."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt
from typing_extensions import TypedDict


class File(Model):
    """File."""

    id: StrictInt
    name: str


class Row(Model):
    """Row."""

    id: StrictInt


class RowInput(TypedDict):
    """Row."""

    id: int

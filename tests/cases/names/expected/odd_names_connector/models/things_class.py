"""Types of things_class: Names that Python has other uses for."""

from __future__ import annotations

from ferrule_runtime.models import ClosedModel, Field as _Field


class Field(ClosedModel):
    """Field."""

    field: str
    copy_: str = _Field(alias="copy")
    json_: str = _Field(alias="json")
    model_config_: str = _Field(alias="model_config")

"""Types of clashes: Names that Python has other uses for."""

from __future__ import annotations

from datetime import datetime as _datetime
from typing import Annotated, Literal

from ferrule_runtime.models import (
    DateTimeFormat,
    Field as _Field,
    Model as _Model,
    StrictInt,
)


class Case(_Model):
    """Case."""

    none: str = _Field(alias="None")
    class_: StrictInt = _Field(alias="class")
    dict_: str = _Field(alias="__dict__")
    datetime: Annotated[_datetime, DateTimeFormat("%Y")]
    literal: Literal["a"] | str = _Field(alias="Literal")

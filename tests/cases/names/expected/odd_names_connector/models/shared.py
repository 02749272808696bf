"""Types that several resources share: Names that Python has other uses for."""

from __future__ import annotations

from ferrule_runtime.models import (
    Field as _Field,
    Model as _Model,
    StrictBool,
    StrictInt,
)


class Model(_Model):
    """Model."""

    id: StrictInt


class Any(_Model):
    """Any."""

    any: str = _Field(alias="Any")


class Operation(_Model):
    """Operation."""

    operation: str


class Strict(_Model):
    """Strict."""

    true: StrictBool = _Field(alias="True")

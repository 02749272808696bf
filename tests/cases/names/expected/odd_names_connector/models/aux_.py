"""Types of aux_: Names that Python has other uses for."""

from __future__ import annotations

from ferrule_runtime.models import Model as _Model


class Aux(_Model):
    """Aux."""

    aux: str

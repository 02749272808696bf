"""Types of client: Names that Python has other uses for."""

from __future__ import annotations

from ferrule_runtime.models import Model as _Model


class Client(_Model):
    """Client."""

    client: str

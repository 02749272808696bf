"""Actions of the client itself."""

from __future__ import annotations

from ferrule_runtime.contract import Operation

from ..models.shared import User

ME = Operation[User]("me", "GET", "/user")

"""Actions of the client itself."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.contract import Case, NoAuth, Operation, body

from ..models.shared import User

ME = Operation[User]("me", "GET", "/me", at=body("user"))
HEALTH: Operation[Literal[True] | Literal[False]] = Operation(
    "health",
    "GET",
    "/health",
    cases={200: Case(constant=(True,)), 503: Case(constant=(False,))},
    auth=NoAuth(),
)

"""Actions of the client itself."""

from __future__ import annotations

from ferrule_runtime.contract import Operation

NOW = Operation[str]("now", "GET", "/now")

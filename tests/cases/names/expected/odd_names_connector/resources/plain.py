"""Actions of the client itself."""

from __future__ import annotations

from datetime import date

from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.models import Date, StrictInt

from ..models.shared import Any, Model

LIST: _Operation[list[int]] = _Operation(
    "list", "GET", "/list", returns=list[StrictInt], paging="default"
)
IMPORT = _Operation[Model]("import", "GET", "/import")
ANY2 = _Operation[Any]("any", "GET", "/any")
DATE: _Operation[date] = _Operation("date", "GET", "/today", returns=Date)

"""Keeps what was measured, with when and on what, for the pictures and for whoever reads later."""

import datetime as dt
import json
import os
import platform
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "figures"


def machine() -> str:
    """What the figures were measured on."""
    cores = os.cpu_count() or 1
    return (
        f"{cores} cores shared with others, {platform.system()} {platform.machine()}, "
        f"CPython {platform.python_version()}"
    )


def keep(name: str, rows: list[dict[str, Any]]) -> None:
    """Write down the rows of a measurement."""
    FOLDER.mkdir(exist_ok=True)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    content = {"when": today, "machine": machine(), "rows": rows}
    (FOLDER / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def kept(name: str) -> dict[str, Any] | None:
    """What was measured last; None if nothing was."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found

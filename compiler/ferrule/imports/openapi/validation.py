"""Has a document validated beside the import, for a bounded time; faults do not stop anything."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from typing import Any

from msgspec import Struct, field

from ferrule.diagnostics import Report
from ferrule.forms.tree import Path
from ferrule.imports.openapi.documents import Document

DEFAULT_SECONDS = 10.0
_SHOWN = 50


class Validation(Struct):
    """A validation under way. It has until `deadline`, as `time.monotonic` tells it."""

    document: Document
    process: subprocess.Popen[str]
    deadline: float
    seconds: float
    lines: list[str] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def finish(self, report: Report) -> None:
        """Waits for the validator as long as it may take, and tells what it has found."""
        left = max(0.0, self.deadline - time.monotonic())
        try:
            self.process.wait(timeout=left)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            message = f"the validator was stopped after {self.seconds:g} seconds"
            report.add("import-left-out", self.document.source, None, message)
        for thread in self.threads:
            thread.join()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self._tell(report)

    def _tell(self, report: Report) -> None:
        found: dict[tuple[Path, str], None] = {}
        for line in self.lines:
            try:
                fault: dict[str, Any] = json.loads(line)
            except ValueError:
                continue  # the last line of a validator that was stopped
            if "gave_up" in fault:
                message = f"the validator gave up: {fault['gave_up']}"
                report.add("import-left-out", self.document.source, None, message)
                continue
            path = tuple(p if isinstance(p, int) else str(p) for p in fault["path"])
            found[path, str(fault["message"])] = None
        shown = list(found)[:_SHOWN]
        self.document.locate(path for path, _ in shown)
        for path, message in shown:
            span = self.document.span(path) if path else None
            report.add("import-invalid", self.document.source, span, f"not valid: {message}")
        if len(found) > _SHOWN:
            message = "the document has more faults than are shown"
            report.add("import-invalid", self.document.source, None, message)


def start_validation(document: Document, seconds: float = DEFAULT_SECONDS) -> Validation | None:
    """Starts to validate a document; None where no process can be started."""
    home = document.home
    given = {
        "data": document.data,
        "uri": home.resolve().as_uri() if home is not None else document.address or "",
        "folder": str(home.resolve().parent) if home is not None else None,
    }
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", "ferrule.imports.openapi.validating"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
    except OSError:
        return None
    found = Validation(document, process, time.monotonic() + seconds, seconds)
    # Writing and reading wait for the other process, which must not wait for the import.
    for work in (lambda: _write(process, given), lambda: _read(process, found.lines)):
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        found.threads.append(thread)
    return found


def _write(process: subprocess.Popen[str], given: dict[str, Any]) -> None:
    assert process.stdin is not None
    try:
        with process.stdin as stream:
            stream.write(json.dumps(given, default=str))
    except (OSError, ValueError, RecursionError):
        process.kill()  # it has ended early, or the document cannot be written as JSON


def _read(process: subprocess.Popen[str], lines: list[str]) -> None:
    assert process.stdout is not None
    lines.extend(process.stdout)

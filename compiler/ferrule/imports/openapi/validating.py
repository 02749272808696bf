"""Validates a document in a process of its own: `python -m ferrule.imports.openapi.validating`.

Reads `{"data": …, "folder": …, "uri": …}` as JSON from stdin and writes a line of JSON for each
fault: `{"path": […], "message": …}`. What the validator itself fails at is a line with `gave_up`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

MOST_FAULTS = 60
_LONGEST = 200
_LONGEST_VALUE = 40


def main() -> int:
    """Validates what stands on stdin."""
    # Its other engine is faster and says of a fault neither where nor what.
    os.environ["OPENAPI_SPEC_VALIDATOR_SCHEMA_VALIDATOR_BACKEND"] = "jsonschema"
    given = json.load(sys.stdin)
    try:
        for number, fault in enumerate(faults(given["data"], given["uri"], given["folder"])):
            if number >= MOST_FAULTS:
                break
            _say(fault)
    except Exception as error:  # noqa: BLE001 (whatever it is, the import goes on)
        _say({"gave_up": _short(f"{type(error).__name__}: {error}")})
    return 0


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


def faults(data: Any, uri: str, folder: str | None) -> Iterator[dict[str, Any]]:
    """What is wrong with a document, each with the way to it."""
    from jsonschema_path import SchemaPath
    from openapi_spec_validator.shortcuts import get_validator_cls

    handlers = {scheme: _reader(folder) for scheme in ("", "file", "http", "https", "<all_urls>")}
    whole = SchemaPath.from_dict(data, base_uri=uri, handlers=handlers)
    validator = get_validator_cls(data)(whole)
    for error in validator.iter_errors():
        closest = _closest(error)
        path = list(closest.absolute_path) or _operation_in(str(closest.message), data)
        yield {"path": path, "message": _message(closest)}


def _closest(error: Any) -> Any:
    """Of the reasons why no alternative holds, the one that lies the deepest."""
    while error.context:
        error = max(error.context, key=lambda each: len(each.absolute_path))
    return error


def _operation_in(message: str, data: Any) -> list[str]:
    """The way to the operation that a message names, where the fault itself has no place."""
    quoted = re.findall(r"'([^']+)'", message)
    paths = data.get("paths") if isinstance(data, dict) else None
    for path in quoted:
        item = paths.get(path) if isinstance(paths, dict) else None
        if isinstance(item, dict):
            methods = [each for each in quoted if each in item]
            return ["paths", path, *methods[:1]]
    return []


def _reader(folder: str | None) -> Any:
    """Reads what a document refers to: only files of its own folder, never the network."""

    def read(uri: str) -> Any:
        parts = urlsplit(uri)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme not in ("", "file") or folder is None or not path.is_relative_to(folder):
            raise OSError(f"{uri} is not read")
        from ferrule.imports.openapi.documents import read_document

        found = read_document(path.name, path.read_bytes(), lambda *_: None)
        if found is None:
            raise OSError(f"{uri} cannot be read")
        return found.data

    return read


def _message(error: Any) -> str:
    """What is wrong, without the value where that is long."""
    value = repr(error.instance)
    text = str(error.message)
    if len(value) > _LONGEST_VALUE and text.startswith(value):
        text = f"this{text[len(value):]}"
    return _short(text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST - 1]}…"


if __name__ == "__main__":
    sys.exit(main())

"""Items as the bytes of a stream: lines, events or rows."""

from __future__ import annotations

from typing import Any


def stream_content(kind: str, items: list[Any]) -> bytes:
    """The whole body that gives these items."""
    if kind == "events":
        return b"".join(map(_event, items))
    if kind == "csv":
        return _rows(items)
    return b"".join(_line(item) + b"\n" for item in items)


def _line(item: Any) -> bytes:
    from ferrule_runtime.encode.json import json_bytes

    return item.encode() if isinstance(item, str) else json_bytes(item)


def _event(item: Any) -> bytes:
    from ferrule_runtime.feeds import Event

    if not isinstance(item, Event):
        item = Event(data=_line(item).decode())
    head = f"event: {item.event}\n" if item.event != "message" else ""
    head += f"id: {item.id}\n" if item.id else ""
    head += f"retry: {item.retry_ms}\n" if item.retry_ms is not None else ""
    data = "".join(f"data: {line}\n" for line in item.data.split("\n"))
    return f"{head}{data}\n".encode()


def _rows(items: list[Any]) -> bytes:
    import csv
    import io

    written = io.StringIO(newline="")
    writer = csv.writer(written)
    if items and isinstance(items[0], dict):
        names = list(dict.fromkeys(name for item in items for name in item))
        writer.writerow(names)
        writer.writerows([_cell(item.get(name)) for name in names] for item in items)
    else:
        writer.writerows(items)
    return written.getvalue().encode()


def _cell(value: Any) -> Any:
    return ("true" if value else "false") if isinstance(value, bool) else value

"""Guesses limits from the headers that answers are said to have."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ferrule.imports.openapi.api import Operation
from ferrule.imports.openapi.nodes import Node

_LIMIT = re.compile(r"(x-)?rate-?limit(-[a-z]+)*-(limit|remaining|reset|used)", re.IGNORECASE)
_EPOCH = ("epoch", "unix", "utc", "timestamp")
_SECONDS = ("second",)
_MILLISECONDS = ("millisecond",)


def guess_limits(operations: list[Operation]) -> tuple[dict[str, str], dict[str, Any] | None, str]:
    """What to read from headers (`observe`), the rule for a limited answer, and the reason."""
    counts: Counter[str] = Counter()
    nodes: dict[str, Node] = {}
    limited: Counter[str] = Counter()
    has_retry_after = False
    for operation in operations:
        for response in operation.responses:
            for name, node in response.headers.items():
                if _LIMIT.fullmatch(name):
                    counts[name] += 1
                    nodes.setdefault(name, node)
                    limited[name] += response.status == "429"
                has_retry_after = has_retry_after or name.lower() == "retry-after"
    observe: dict[str, str] = {}
    rule: dict[str, Any] | None = None
    seen: set[str] = set()
    for name, _ in counts.most_common():
        met = _LIMIT.fullmatch(name)
        word = met[3].lower() if met is not None else ""
        if word in seen:
            continue
        seen.add(word)
        if word != "reset":
            observe[f"header.{name}"] = f"{{{word}}}"
            continue
        unit = _unit(nodes[name])
        if unit is not None:
            observe[f"header.{name}"] = f"{{reset:{unit}}}"
            if limited[name] and not has_retry_after:
                wait = f"header.{name} as {unit}"
                rule = {"when": "status == 429", "then": "limited", "wait": wait}
    if set(seen) == {"limit"}:
        return {}, None, ""
    return observe, rule, "answers are said to have these headers"


def _unit(node: Node) -> str | None:
    """What a moment is told in, where the description says it."""
    said = f"{node.text('description') or ''}".lower()
    schema = node.child("schema")
    if schema is not None and schema.is_map:
        said += f" {schema.text('description') or ''}".lower()
        if (schema.text("format") or "") in ("date-time", "http-date"):
            return "date"
    if any(word in said for word in _MILLISECONDS):
        return "epoch_ms" if any(word in said for word in _EPOCH) else "milliseconds"
    if any(word in said for word in _EPOCH):
        return "epoch"
    return "seconds" if any(word in said for word in _SECONDS) else None

"""Reads the limit headers that the IETF has drafted: RateLimit and RateLimit-Policy.

`RateLimit: "default";r=50;t=30` (what is left, and for how many seconds) and `RateLimit-Policy:
"default";q=100;w=60` (how much in how many seconds); in drafts before, `limit=100, remaining=50,
reset=5` and `100;w=60`. Items name buckets; one that names none speaks of the bucket of its header.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ferrule_runtime.limiter import Limiter

_QUOTED = r'"(?:[^"\\]|\\.)*+"'
# Nothing in it can be read in two ways: a header that is none would take for ever.
_ITEM = re.compile(
    rf'\s*+({_QUOTED}|[A-Za-z0-9_.*-]++)((?:\s*+[;=]\s*+(?:{_QUOTED}|[^;=,"]*+))*+)\s*+(?:,|$)'
)
_PARAMETER = re.compile(r";\s*([a-z]+)\s*=\s*([0-9]{1,15}(?:\.[0-9]+)?)(?![0-9])")
_PAIR = re.compile(r"(limit|remaining|reset)\s*=\s*([0-9]{1,15}(?:\.[0-9]+)?)(?![0-9])")
_LONGEST = 2000


def observe_standard(value: str, bucket: str, limiter: "Limiter") -> None:
    """Tell the limiter what such a header says; what cannot be read says nothing."""
    value = value[:_LONGEST]
    pairs = {name: float(text) for name, text in _PAIR.findall(value)}
    if pairs:
        _observed(limiter, bucket, pairs.get("remaining"), pairs.get("reset"), pairs.get("limit"))
        return
    for name, parameters in _items(value):
        named = name if limiter.has(name) else bucket
        quota, window = parameters.get("q"), parameters.get("w")
        if quota is None and name.isdecimal() and len(name) <= 15:
            quota = float(name)
        if quota and window:
            limiter.adopt(named, int(quota), window)
        _observed(limiter, named, parameters.get("r"), parameters.get("t"), None)


def _observed(
    limiter: "Limiter",
    bucket: str,
    remaining: float | None,
    reset: float | None,
    limit: float | None,
) -> None:
    if remaining is not None:
        limiter.observe(bucket, remaining=remaining, reset_seconds=reset, limit=limit)


def _items(value: str) -> "Iterator[tuple[str, dict[str, float]]]":
    for item in _ITEM.finditer(value):
        name = item[1].strip('"')
        yield name, {key: float(text) for key, text in _PARAMETER.findall(item[2])}

"""Cuts known secrets out of a text before anybody reads it."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ferrule_runtime.secrecy import HIDDEN, Secrets, one_line

LONGEST_MESSAGE = 500

_CREDENTIAL = re.compile(r"(?i)\b(basic|bearer|token)\s+[a-z0-9+/=._~:-]{8,}")


def hide(text: str, secrets: Iterable[Any]) -> str:
    """One line of at most 500 characters, without the secrets in any usual form.

    Credentials are cut out by their look too: a service may repeat a whole Authorization header.
    """
    known = Secrets(leaf for secret in secrets for leaf in _leaves(secret))
    scrubbed = _CREDENTIAL.sub(lambda found: f"{found[1]} {HIDDEN}", known.scrub(text))
    return one_line(" ".join(scrubbed.split()), LONGEST_MESSAGE - 1)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _leaves(inner)
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
    elif isinstance(value, str):
        yield value
        # A key file is kept as text; each of its values is a secret of its own.
        if value.lstrip().startswith("{"):
            try:
                yield from _leaves(json.loads(value))
            except (ValueError, RecursionError):
                return
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)

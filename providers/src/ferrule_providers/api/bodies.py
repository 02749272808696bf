"""Reads request bodies as JSON objects: no duplicates, no NaN, no depth without end."""

import json
from typing import Any

from ferrule_providers.faults import FieldFault, InvalidRequest


class _Refused(ValueError):
    """Something that JSON parsers take and this one does not."""


def read_object(body: bytes, *, may_be_empty: bool = False) -> dict[str, Any]:
    """The object that a body holds. Raises InvalidRequest without repeating any of it."""
    if may_be_empty and not body.strip():
        return {}
    told = ""
    found: Any = None
    try:
        found = json.loads(
            body.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        told = "The body is not UTF-8."
    except _Refused as refused:
        told = str(refused)
    except (ValueError, RecursionError):
        told = "The body is not JSON."
    if not told and not isinstance(found, dict):
        told = "The body is not a JSON object."
    if told:
        raise InvalidRequest([FieldFault("", "json", told)], told)
    assert isinstance(found, dict)
    return found


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("The body has a name twice.")
    return found


def _no_constant(_name: str) -> Any:
    raise _Refused("The body holds a number that is none.")

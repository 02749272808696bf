"""Parses the text of a spec: strict YAML 1.2, with a finding for everything it is not."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from yaml import YAMLError

from ferrule.diagnostics import Report, Severity
from ferrule.forms.source import SourceFile
from ferrule.forms.tree import SpecTree
from ferrule.passes.parse.places import locate
from ferrule.passes.parse.torn import may_be_cut
from ferrule.passes.parse.values import Doubtful, read_values

__all__ = ["DEPTH_LIMIT", "parse"]

DEPTH_LIMIT = 100
_MAY_BE_EXPLICIT_KEY = re.compile(r"(?m)(?:^[ \t-]*|[{\[,][ \t]*)\?[ \t\r\n]")


def parse(source: SourceFile, report: Report, *, depth_limit: int = DEPTH_LIMIT) -> SpecTree | None:
    """Reads the text of a spec. Everything that is wrong becomes a finding, and None returns.

    `depth_limit` is how many maps and lists may stand inside each other.
    """
    text = source.text
    data = None if _has_odd_look(text) else _values_beyond_doubt(text, depth_limit)
    if data is None:
        from ferrule.passes.parse.closely import examine

        found = examine(source, depth_limit)
        report.extend(found)
        if any(finding.severity is Severity.error for finding in found):
            return None
        data, _ = read_values(text, depth_limit)
    return SpecTree(source, data, partial(locate, text))


def _has_odd_look(text: str) -> bool:
    if not text.isascii():
        from ferrule.passes.parse.characters import has_suspect_characters

        if has_suspect_characters(text):
            return True
    has_lone_mark = any(sign in text for sign in ("? ", "?\n", "?\r", "?\t"))
    if has_lone_mark and _MAY_BE_EXPLICIT_KEY.search(text):
        return True
    return may_be_cut(text)


def _values_beyond_doubt(text: str, depth_limit: int) -> dict[str, Any] | None:
    try:
        data, is_doubtful = read_values(text, depth_limit)
    except (YAMLError, Doubtful):
        return None
    return None if is_doubtful else data

"""Renames what the author named, everywhere it is meant, and proves that nothing else changes."""

from __future__ import annotations

import re
from collections import Counter

from ferrule.diagnostics import Report
from ferrule.editing.documents import Document, Target
from ferrule.editing.mentions import Name, is_declared, is_same
from ferrule.forms.source import SourceFile
from ferrule.pipeline import check_spec

# What a name may look like, by what it names; the compiler's own check has the last word.
_FORMS = {
    "model": r"[A-Z][A-Za-z0-9_]*",
    "error": r"[A-Z][A-Za-z0-9_]*",
    "action": r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*",
    "parameter": r"[A-Za-z_][A-Za-z0-9_]*",
}
_PLAIN = r"[a-z][a-z0-9_]*"
_MARKED = r"[A-Za-z][A-Za-z0-9_-]*"
_LIKE = {"model": "Ticket", "error": "NotFound", "action": "tickets.list"}


class RenameRefusedError(ValueError):
    """A rename that cannot be; the message says why."""


def renamed(document: Document, offset: int, text: str) -> list[tuple[Target, str]]:
    """Each place that changes, in this document and those it includes, and what is written there.

    Raises RenameRefusedError.
    """
    name = renameable(document, offset)
    form = _FORMS.get(name.kind, _PLAIN if name.kind in ("setting", "value") else _MARKED)
    if re.fullmatch(form, text) is None:
        like = _LIKE.get(name.kind, "acme_id" if name.kind in ("setting", "value") else "name")
        raise RenameRefusedError(f"`{text}` cannot be the name of this {name.kind}: like `{like}`")
    if text != name.text and _is_taken(document, Name(name.kind, text, name.scope)):
        raise RenameRefusedError(f"there is a {name.kind} `{text}` already")
    places = [place for each in (document, *document.parts) for place in each.uses_of(name)]
    _prove(document, [place for place in places if place.file == document.file], text)
    return [(place, text) for place in places]


def renameable(document: Document, offset: int) -> Name:
    """The name at a code point, if the author gave it. Raises RenameRefusedError."""
    mention = document.mention_at(offset)
    if document.tree is None:
        raise RenameRefusedError("the spec is not YAML at this moment")
    if mention is None:
        raise RenameRefusedError("there is no name of yours here")
    for each in (document, *document.parts):
        for declared in each.mentions:
            if declared.is_declaration and is_same(declared.name, mention.name):
                return declared.name
    raise RenameRefusedError(f"`{mention.name.text}` is declared nowhere")


def _is_taken(document: Document, name: Name) -> bool:
    return any(is_declared(name, each.mentions) for each in (document, *document.parts))


def _prove(document: Document, places: list[Target], text: str) -> None:
    """Refuses what would give a finding that was not there."""
    content = document.source.text
    for place in sorted(places, key=lambda place: place.span, reverse=True):
        content = content[: place.span.start] + text + content[place.span.end :]
    report = Report()
    check_spec(SourceFile(document.source.path, content), report)
    before = Counter(finding.rule for finding in document.findings)
    new = Counter(finding.rule for finding in report) - before
    for finding in report:
        if new[finding.rule]:
            raise RenameRefusedError(f"with that name: {finding.message} ({finding.rule})")

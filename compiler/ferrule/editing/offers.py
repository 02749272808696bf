"""What may be written at a place of a spec and no schema knows: the names of the author's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ferrule.editing.documents import Document
from ferrule.editing.mentions import LOOKED_UP, Name
from ferrule.forms.source import SourceFile

_IN_REFERENCE = re.compile(r"\$\{[^}]*$")
_KEY = re.compile(r"[\s{,-]*(?:\"([^\"]*)\"|'([^']*)'|([^\s:#\"'{}\[\],]+))\s*:\s")
_BEGUN_WORD = re.compile(r"[A-Za-z0-9_]*$")
_BY_KEY = {"host": "host", "limit": "limit", "paging": "paging", "auth": "auth"}
_WITH_SECRETS = ("token", "value", "username", "password", "client_id", "client_secret", "key")
_NO_TYPES = frozenset(
    [
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "head",
        "options",
        "url",
        "summary",
        "description",
        "docs",
        "deprecated",
        "title",
        "connector",
        "version",
        "base_url",
        "when",
        "then",
        "ok",
        "code",
        "message",
    ]
)


def references_at(source: SourceFile, offset: int, known: Document) -> list[Name]:
    """The settings and values that a text may look up where nothing of it stands yet."""
    line, column = source.position(offset)
    before = source.line(line)[: column - 1]
    keys = list(_KEY.finditer(before))
    is_empty = bool(keys) and not before[keys[-1].end() :].strip()
    if not is_empty or next(filter(None, keys[-1].groups()), "") not in _WITH_SECRETS:
        return []
    return list(_named(known, LOOKED_UP))


def offers_at(source: SourceFile, offset: int, known: Document) -> list[Name]:
    """The names that may stand at a code point, in the order of their declarations.

    `known` is the last state of the document that was YAML: what is being typed often is none.
    """
    line, column = source.position(offset)
    before = source.line(line)[: column - 1]
    if _IN_REFERENCE.search(before):
        return list(_named(known, LOOKED_UP))
    keys = list(_KEY.finditer(before))
    key = "" if not keys else next(filter(None, keys[-1].groups()))
    key = key.removesuffix("?")
    if not keys and not before.lstrip().startswith("- "):
        return []
    if key in _BY_KEY:
        return list(_named(known, (_BY_KEY[key],)))
    if key in (*_NO_TYPES, *_WITH_SECRETS) or before.endswith((" at ", " at $")):
        return []
    return list(_named(known, ("model",)))


def begun_word(source: SourceFile, offset: int) -> str:
    """What of a word stands in front of a code point."""
    found = _BEGUN_WORD.search(source.text[max(0, offset - 200) : offset])
    return found[0] if found else ""


def _named(document: Document, kinds: Iterable[str]) -> Iterator[Name]:
    wanted = set(kinds)
    seen = set()
    for each in (document, *document.parts):
        for mention in each.mentions:
            if mention.is_declaration and mention.name.kind in wanted and mention.name not in seen:
                seen.add(mention.name)
                yield mention.name

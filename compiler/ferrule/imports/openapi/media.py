"""Media types of a document as the words of a spec: which one a client sends, and which it asks."""

from __future__ import annotations

from collections.abc import Iterable

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_JSON_RANK = {"application/json": 0, "text/json": 1, "*/*": 3}
_TEXT_OF_ITS_OWN = ("application/javascript", "application/graphql", "application/sql")


def bare(media: str) -> str:
    """The media type in lower case, without parameters."""
    return media.partition(";")[0].strip().lower()


def kind_of(media: str) -> str:
    """json, form, multipart, xml, text, csv, lines, events or bytes."""
    name = bare(media)
    main, _, sub = name.partition("/")
    if name in ("*/*", "application/*") or sub == "json" or sub.endswith("+json"):
        return "json"
    if name == FORM:
        return "form"
    if main == "multipart":
        return "multipart"
    if sub in ("x-ndjson", "ndjson", "jsonl", "x-jsonl", "jsonlines", "x-json-stream", "json-seq"):
        return "lines"
    if name == "text/event-stream":
        return "events"
    if sub == "xml" or sub.endswith("+xml"):
        return "xml"
    if sub in ("csv", "comma-separated-values"):
        return "csv"
    return "text" if main == "text" or name in _TEXT_OF_ITS_OWN else "bytes"


def is_plain_json(media: str) -> bool:
    """Whether it is the JSON that `send: json` names."""
    return bare(media) in _JSON_RANK


def in_order(medias: Iterable[str]) -> list[str]:
    """JSON first, the plain kind before those of vendors; then as they stand."""

    def rank(media: str) -> int:
        if kind_of(media) != "json":
            return 9
        return _JSON_RANK.get(bare(media), 2)

    return sorted(dict.fromkeys(medias), key=rank)

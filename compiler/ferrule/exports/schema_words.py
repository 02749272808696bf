"""The words of a spec as nodes of a JSON Schema: a coarse pattern, a message, and what to offer.

The patterns only catch what is surely wrong while it is typed; the compiler's parsers are the
judges. They use nothing that some engine lacks: no look-around, `[0-9]` and not `\\d`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ferrule.forms.spec import OUTCOMES
from ferrule.words import ANSWER_ROOTS, CONTAINERS, FORMATS, REQUEST_ROOTS, WORDS
from ferrule.words.refinements import PATTERNED

Node = dict[str, Any]

_BARE = ("body", "last", "status", "text")
_ONLY_RETURNED = ("none", "redirect")
_TYPE_WORDS = tuple(word for word in WORDS if word not in ("none", "text"))
_NAME = "[A-Z][A-Za-z0-9_]*"
_GENERIC = "|".join(dict.fromkeys([*CONTAINERS, *FORMATS, *PATTERNED, "enum!?", "string"]))
_ONE = rf"(?:{'|'.join(WORDS)}|{_NAME}|(?:{_GENERIC})\(.+\))"
_TYPE = rf"{_ONE}(?: *\| *{_ONE})*"
_SPAN = r"[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h|d)"
_REQUEST = "|".join(root for root in REQUEST_ROOTS if root != "body")
_ANSWER = "|".join(root for root in ANSWER_ROOTS if root not in _BARE)
_PLACE = rf"(?:\$.*|(?:{_ANSWER})\..+|last[.\[].+|(?:status|text|last)(?: .*)?)"


def text(description: str = "", *, snippets: Iterable[str] = ()) -> Node:
    """Any text; `snippets` are offered."""
    return _described({"type": "string"}, description) | _offered(snippets)


def matching(pattern: str, message: str, snippets: Iterable[str] = ()) -> Node:
    """Text of a form; `message` is shown for any other."""
    return {"type": "string", "pattern": f"^(?:{pattern})$", "patternErrorMessage": message} | (
        _offered(snippets)
    )


def choice(*words: str) -> Node:
    """One of the words."""
    return {"type": "string", "enum": list(words)}


def one_or_more(node: Node) -> Node:
    """A word, or a list of such words."""
    return {**node, "type": [node["type"], "array"], "items": node}


def _described(node: Node, description: str) -> Node:
    return {**node, "description": description} if description else node


def _offered(snippets: Iterable[str]) -> Node:
    made = [{"label": each, "body": each.replace("$", "\\$")} for each in snippets]
    return {"defaultSnippets": made} if made else {}


_TYPE_SNIPPETS = (*_TYPE_WORDS, "list(string)", "map(string)", "enum(a | b)", "string | null")
_TYPE_MESSAGE = (
    f"Not a type. Words: {', '.join(_TYPE_WORDS)}; list(T), map(T), enum(a | b), T | null, "
    "or a model (upper case first)."
)

TYPE = matching(rf"{_TYPE}(?: *= .*)?", _TYPE_MESSAGE, _TYPE_SNIPPETS)
PARAM = matching(rf"{_TYPE}(?: *= ?.*)?|=.*|none", _TYPE_MESSAGE, _TYPE_SNIPPETS)
SETTING = matching(
    rf"{_TYPE}(?: *= ?.*)?",
    "Not a type of a setting. Words: string, integer, number, boolean, date, datetime, duration, "
    "url, email, secret, json_secret, file; enum(a | b), list(string), map(secret).",
    ("string", "secret", "url", "integer", "boolean", "enum(a | b)", "list(string)"),
)
RETURNS = matching(
    rf"(?:{'|'.join(_ONLY_RETURNED)}|{_TYPE})(?: *= .*)?(?: +at +.+)?|=.+",
    "Not a result. Write a type, perhaps with ` at ` and a place: list(Ticket) at $.tickets; "
    "or none, redirect, text, bytes, = true.",
    ("list(T) at $.items", "T at $.item", "none", "text", "bytes", "redirect"),
)
REQUEST_PLACE = matching(
    rf"(?:{_REQUEST})\..+|body(?:[.\[].+)?",
    "A place in the request is query.NAME, header.NAME, cookie.NAME, path.NAME or body.a.b.",
    ("query.", "header.", "body.", "cookie."),
)
ANSWER_PLACE = matching(
    _PLACE,
    "A place in the answer is $.a.b (in the body), header.NAME, cookie.NAME, link.next, last.x, "
    "status or text.",
    ("$.", "header.", "link.next", "last.id", "status"),
)
DURATION = matching(_SPAN, "A duration is a number with ms, s, m, h or d: 30s.", ("30s", "500ms"))
BACKOFF = matching(
    rf"none|{_SPAN}(?:\.\.{_SPAN})?",
    "A backoff is 500ms..30s (growing), 2s (always the same) or none.",
    ("500ms..30s", "2s", "none"),
)
RATE = matching(
    rf"[0-9]+(?: points)?/(?:second|minute|hour|day|{_SPAN})(?: burst [0-9]+)?(?: per .+)?",
    "A rate is COUNT/second, /minute, /hour, /day or COUNT/30s; perhaps ` burst 10`.",
    ("10/second", "400/minute"),
)
WAIT = matching(
    rf"(?:{_SPAN}|{_PLACE})(?: else .+)*",
    "A wait is 60s, or a place with a unit: header.Retry-After as seconds; else another.",
    ("header.Retry-After as seconds", "60s"),
)
PATH = matching(
    r"(?:/|https?://|\$\{).*",
    "A path begins with /, a whole URL with https://.",
    ("/",),
)
CONDITION = text(
    'A condition on the answer, such as `status == 404 and $.code == "gone"`.',
    snippets=("status == 404", "status in (403 | 429)", "$.ok", "exists($.error)"),
)
TEMPLATE = text(snippets=("${name}",))
OUTCOME = matching(
    rf"{'|'.join(OUTCOMES)}|[A-Z][A-Za-z0-9]*",
    f"An outcome ({', '.join(OUTCOMES)}) or an error class (upper case first).",
    OUTCOMES,
)

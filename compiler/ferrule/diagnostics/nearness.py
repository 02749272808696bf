"""Guesses which word was meant by one that is not known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_CUTOFF = 0.6
_SHORTEST_BEGINNING = 3
_LONG = 8

# What other tools call the same thing. A guess counts only where the right word is a candidate.
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "api_key": ("token",),
    "apikey": ("token",),
    "application/json": ("json",),
    "application/x-www-form-urlencoded": ("form",),
    "args": ("query", "input"),
    "arguments": ("query", "input"),
    "array": ("list", "arrays"),
    "authentication": ("auth",),
    "authenticator": ("auth",),
    "authorization": ("auth", "authorize"),
    "authorization_url": ("authorize",),
    "auths": ("auth",),
    "baseurl": ("base_url",),
    "bearer": ("token",),
    "bool": ("boolean",),
    "components": ("models",),
    "config": ("settings",),
    "configuration": ("settings",),
    "constant": (".const", "="),
    "content-type": ("send",),
    "content_type": ("send",),
    "credentials": ("settings",),
    "data": ("body",),
    "date-time": ("datetime",),
    "default": (".default",),
    "definitions": ("models",),
    "desc": ("description",),
    "dict": ("map", "object"),
    "double": ("number",),
    "endpoint": ("base_url", "get"),
    "endpoints": ("actions",),
    "env": ("settings",),
    "error_handling": ("errors",),
    "extends": (".is",),
    "failures": ("errors",),
    "float": ("number",),
    "host": ("base_url", "hosts"),
    "id": ("connector",),
    "idempotent": ("replay",),
    "int": ("integer",),
    "json": ("body", "object"),
    "limit": ("rate_limit", "limit"),
    "long": ("integer",),
    "max_retries": ("retry", "attempts"),
    "methods": ("actions",),
    "name": ("connector",),
    "none": ("null",),
    "nullable": ("null",),
    "oauth": ("oauth2",),
    "obj": ("object",),
    "operations": ("actions",),
    "optional": (".default",),
    "options": ("settings",),
    "page": ("paging",),
    "paginate": ("paging",),
    "pagination": ("paging",),
    "paginator": ("paging",),
    "parameters": ("settings", "query"),
    "params": ("query", "settings"),
    "password": ("secret",),
    "paths": ("actions", "path"),
    "payload": ("body",),
    "ping": ("test",),
    "prefix": ("scheme",),
    "query_params": ("query",),
    "query_string": ("query",),
    "querystring": ("query",),
    "rate": ("rate_limit",),
    "rate_limiter": ("rate_limit",),
    "rate_limiting": ("rate_limit",),
    "ratelimit": ("rate_limit",),
    "request_body": ("body",),
    "requestbody": ("body",),
    "requests": ("actions",),
    "resources": ("actions",),
    "response": ("returns",),
    "responses": ("returns",),
    "result": ("returns",),
    "retries": ("retry",),
    "return": ("returns",),
    "root": (".wrap",),
    "routes": ("actions",),
    "schema": ("models",),
    "schemas": ("models",),
    "security": ("auth",),
    "server": ("base_url",),
    "servers": ("base_url", "hosts"),
    "ssl": ("tls",),
    "str": ("string",),
    "streams": ("actions",),
    "summary": (".doc", "summary"),
    "throttle": ("rate_limit",),
    "throttling": ("rate_limit",),
    "timestamp": ("datetime",),
    "token_uri": ("token",),
    "token_url": ("token",),
    "types": ("models",),
    "unix": ("epoch",),
    "uri": ("base_url", "url"),
    "url": ("base_url", "url"),
    "urlencoded": ("form",),
    "variables": ("settings", "values"),
    "verify_ssl": ("tls",),
    "webhooks": ("triggers",),
    "x-www-form-urlencoded": ("form",),
}
LOOK_ALIKES = str.maketrans(
    "аеіјѕорсухһԁԛԝѡӏАВЕЅІЈКМНОРСТУХԌԚԜοαικνρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɑɡ",
    "aeijsopcyxhdqwwlABESIJKMHOPCTYXGQWoaikvptuxABEZHIKMNOPTYXiag",
)


def ascii_look(word: str) -> str:
    """The word with letters of other scripts replaced by the ASCII letters they look like."""
    return unicodedata.normalize("NFKC", word).translate(LOOK_ALIKES)


def near(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was most likely meant by `word`; None if there is no good guess."""
    known = sorted(set(candidates))
    if not known:
        return None
    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(_fold(candidate), candidate)
    said = _fold(word)
    if said in folded:
        return folded[said]
    # `apikey` means `api_key` where that is known, before it means anything else.
    unjoined = [name for name in folded if name.replace("_", "") == said.replace("_", "")]
    if unjoined:
        return folded[unjoined[0]]
    for meant in _SYNONYMS.get(ascii_look(word).strip(".?").lower(), ()):
        if meant in known:
            return meant
    from difflib import get_close_matches

    matches = get_close_matches(said, folded, n=1, cutoff=_CUTOFF)
    if matches:
        return folded[matches[0]]
    return _by_beginning(said, folded)


def is_clear(word: str, meant: str, candidates: Iterable[str]) -> bool:
    """Whether `word` can only be a typing error for `meant`: no other candidate is as near.

    One letter may be wrong, missing, too many or exchanged with its neighbour; two in a word of
    eight letters and more. Case, dashes and dots do not count.
    """
    said, right = _fold(word), _fold(meant)
    if said == right:
        return sum(_fold(each) == said for each in set(candidates)) == 1
    errors = _typing_errors(said, right)
    if min(len(said), len(right)) < _SHORTEST_BEGINNING or errors > 1 + (len(said) >= _LONG):
        return False
    others = {_fold(each) for each in candidates} - {right}
    return all(_typing_errors(said, other) > errors for other in others)


def _typing_errors(one: str, other: str) -> int:
    """How many letters to change, leave out, put in or exchange to make one word of the other."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(
                last[column] + 1,
                current[column - 1] + 1,
                last[column - 1] + (letter != wanted),
            )
            is_exchanged = (
                row > 1 and column > 1 and one[row - 2 : row] == wanted + other[column - 2]
            )
            current.append(min(cost, before_last[column - 2] + 1) if is_exchanged else cost)
        before_last, last = last, current
    return last[-1]


def _by_beginning(said: str, folded: dict[str, str]) -> str | None:
    if len(said) < _SHORTEST_BEGINNING:
        return None
    found = [name for begin, name in folded.items() if begin.startswith(said)]
    return found[0] if len(found) == 1 else None


def _fold(word: str) -> str:
    """What two spellings of one word have in common: case, dashes and dots do not count."""
    return ascii_look(word).casefold().replace("-", "_").replace(" ", "_").strip("._?")

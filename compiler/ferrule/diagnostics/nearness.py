"""Guesses which word was meant by one that is not known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_CUTOFF = 0.6
_SHORTEST_BEGINNING = 3

# What other tools call the same thing. A guess counts only where the right word is a candidate.
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "api_key": ("token",),
    "apikey": ("token",),
    "args": ("query", "input"),
    "arguments": ("query", "input"),
    "array": ("list", "arrays"),
    "authentication": ("auth",),
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
    "failures": ("errors",),
    "float": ("number",),
    "host": ("base_url", "hosts"),
    "id": ("connector",),
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
    "routes": ("actions",),
    "schema": ("models",),
    "schemas": ("models",),
    "server": ("base_url",),
    "servers": ("base_url", "hosts"),
    "ssl": ("tls",),
    "str": ("string",),
    "summary": (".doc", "summary"),
    "throttle": ("rate_limit",),
    "throttling": ("rate_limit",),
    "timestamp": ("datetime",),
    "token_uri": ("token",),
    "token_url": ("token",),
    "types": ("models",),
    "uri": ("base_url", "url"),
    "url": ("base_url", "url"),
    "variables": ("settings", "values"),
    "verify_ssl": ("tls",),
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
    for meant in _SYNONYMS.get(ascii_look(word).strip(".?").lower(), ()):
        if meant in known:
            return meant
    matches = get_close_matches(said, folded, n=1, cutoff=_CUTOFF)
    if matches:
        return folded[matches[0]]
    return _by_beginning(said, folded)


def _by_beginning(said: str, folded: dict[str, str]) -> str | None:
    if len(said) < _SHORTEST_BEGINNING:
        return None
    found = [name for begin, name in folded.items() if begin.startswith(said)]
    return found[0] if len(found) == 1 else None


def _fold(word: str) -> str:
    """What two spellings of one word have in common: case, dashes and dots do not count."""
    return ascii_look(word).casefold().replace("-", "_").replace(" ", "_").strip("._?")

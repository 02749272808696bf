"""Reads places: where something goes in a request, and where something stands in an answer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, cast, get_args

from ferrule.words.ast import AnswerPlace, BodyPath, MatchedPlace, RequestPlace
from ferrule.words.errors import WordError, shown
from ferrule.words.jsonpath import read_body_path, read_bracketed_name
from ferrule.words.patterns import expect_pattern
from ferrule.words.scanner import Scanner

REQUEST_ROOTS = ("path", "query", "header", "cookie", "body")
ANSWER_ROOTS = ("header", "cookie", "link", "status", "text", "last", "redirect", "jwt")
"""The words with which a place in an answer begins; the other way to begin is `$`."""

_NamedRoot = Literal["header", "cookie", "link", "redirect", "jwt"]
_NAMED_ROOTS = get_args(_NamedRoot)

_REQUEST_FORMS = "path.x, query.x, header.X, cookie.x or body.a.b"
_ANSWER_FORMS = "$.a.b, header.X, cookie.x, link.next, last.x, redirect.x, status or text"

HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""A token of HTTP: what the name of a header or cookie can be."""
HEADERS_OF_THE_WIRE = ("connection", "content-length", "host", "transfer-encoding", "upgrade")
"""Headers that the connection itself sets, in lower case."""
_VERBATIM_NAME = re.compile(r"[^\s\x00-\x1f\x7f]+")
_ANSWER_NAME = re.compile(r"[A-Za-z0-9_.$-]+")
_BODY_KEY = re.compile(r"[^\s\x00-\x1f\x7f.\[\]\"']+")
_LAST_KEY = re.compile(r"[A-Za-z0-9_$@-]+")
_WHOLE_WORD = re.compile(r"[A-Za-z0-9_-]*")
_ENDS_A_PLACE = " \t\r\n)|&=!<>~,"


def parse_request_place(text: str) -> RequestPlace:
    """`query.page[after]`, `header.X-Id`, `body.a.b`: where a value goes in a request.

    Behind the first dot stands the name of the service, verbatim; only `body` descends by dots.
    Names with blanks stand in brackets: `query["page size"]`.
    """
    return _request_place(text)


def parse_answer_place(text: str) -> AnswerPlace:
    """`$.a.b`, `header.X`, `link.next`, `status`, …: where something stands in an answer."""
    return _answer_place(text)


def parse_matched_place(text: str) -> MatchedPlace:
    """A place in an answer, perhaps with ` ~ "regex"` for a part of the text there."""
    return _matched_place(text)


def parse_body_path(text: str) -> BodyPath:
    """A JSONPath (RFC 9535) from the root of a decoded body: `$.items[0].id`."""
    return _body_path(text)


@lru_cache(maxsize=1024)
def _request_place(text: str) -> RequestPlace:
    scanner = Scanner(text)
    scanner.skip_blanks()
    found = read_request_place(scanner)
    scanner.expect_end("a place in the request")
    return found


@lru_cache(maxsize=1024)
def _answer_place(text: str) -> AnswerPlace:
    scanner = Scanner(text)
    scanner.skip_blanks()
    found = read_answer_place(scanner)
    scanner.skip_blanks()
    if scanner.sees("~"):
        at = scanner.position
        raise scanner.fault("a part of the text cannot be taken here", at, at + 1, "a place alone")
    scanner.expect_end("a place in the answer")
    return found


@lru_cache(maxsize=1024)
def _matched_place(text: str) -> MatchedPlace:
    scanner = Scanner(text)
    scanner.skip_blanks()
    found = read_matched_place(scanner)
    scanner.expect_end("a place in the answer")
    return found


@lru_cache(maxsize=1024)
def _body_path(text: str) -> BodyPath:
    scanner = Scanner(text)
    scanner.skip_blanks()
    found = read_body_path(scanner)
    scanner.expect_end("the path")
    return found


# --- in a request


def read_request_place(scanner: Scanner) -> RequestPlace:
    """The place in a request that starts here; a verbatim name goes on to the next blank."""
    start = scanner.position
    root = scanner.peek_name()
    if root not in REQUEST_ROOTS:
        raise _no_request_place(scanner, root)
    scanner.position += len(root)
    where = cast("Literal['path', 'query', 'header', 'cookie', 'body']", root)
    if where == "body":
        keys = _read_keys(scanner, _BODY_KEY)
        return RequestPlace(where=where, keys=keys, start=start, end=scanner.position)
    pattern = HEADER_NAME if where in ("header", "cookie") else _VERBATIM_NAME
    name = _read_name(scanner, root, pattern, f"{root}.NAME")
    if where in ("header", "cookie") and HEADER_NAME.fullmatch(name) is None:
        raise scanner.fault(
            f"{shown(name)} cannot be the name of a {where}",
            start,
            scanner.position,
            "letters, digits and dashes",
        )
    return RequestPlace(where=where, name=name, start=start, end=scanner.position)


def _no_request_place(scanner: Scanner, root: str) -> WordError:
    start, end = scanner.run_here(" \t\r\n")
    advice = None
    if scanner.sees("$"):
        advice = "`$` is the body of an answer; the body of a request is `body.a.b`"
    elif root in ANSWER_ROOTS:
        advice = f"`{root}` is a place in an answer"
    elif not root:
        return scanner.unexpected("a place in the request", f"a place is {_REQUEST_FORMS}")
    end = _end_of_word(scanner, root) if root else end
    return scanner.fault(
        f"{shown(scanner.text[start:end])} is not a place in the request",
        start,
        end,
        _REQUEST_FORMS,
        advice,
        REQUEST_ROOTS,
    )


def _end_of_word(scanner: Scanner, root: str) -> int:
    """Where the word ends whose beginning is no root: the names of headers hold dashes."""
    start = scanner.position
    found = _WHOLE_WORD.match(scanner.text, start)
    return max(start + len(root), found.end() if found else start)


# --- in an answer


def read_answer_place(scanner: Scanner) -> AnswerPlace:
    """The place in an answer that starts here and goes on to a blank or an operator."""
    start = scanner.position
    if scanner.sees("$"):
        path = read_body_path(scanner)
        return AnswerPlace(root="body", path=path, start=start, end=path.end)
    root = scanner.peek_name()
    if root not in ANSWER_ROOTS:
        raise _no_answer_place(scanner, root)
    scanner.position += len(root)
    if root in ("status", "text"):
        if scanner.peek() in (".", "["):
            at = scanner.position
            raise scanner.fault(f"`{root}` has no parts", at, at + 1, f"`{root}` alone")
        _expect_boundary(scanner, root)
        alone = cast("Literal['status', 'text']", root)
        return AnswerPlace(root=alone, start=start, end=scanner.position)
    if root == "last":
        keys = _read_keys(scanner, _LAST_KEY)
        _expect_boundary(scanner, root)
        return AnswerPlace(root="last", keys=keys, start=start, end=scanner.position)
    name = _read_name(scanner, root, _ANSWER_NAME, f"{root}.NAME")
    _expect_boundary(scanner, root)
    named = cast("_NamedRoot", root)
    return AnswerPlace(root=named, name=name, start=start, end=scanner.position)


def read_matched_place(scanner: Scanner) -> MatchedPlace:
    """A place in an answer with the ` ~ "regex"` behind it, if there is one."""
    place = read_answer_place(scanner)
    behind = scanner.position
    scanner.skip_blanks()
    if not scanner.take("~"):
        scanner.position = behind
        return MatchedPlace(place=place, start=place.start, end=place.end)
    pattern = expect_pattern(scanner)
    return MatchedPlace(place=place, pattern=pattern, start=place.start, end=scanner.position)


def is_answer_root(word: str) -> bool:
    """True where a place in an answer begins with this word."""
    return word in ANSWER_ROOTS


def _no_answer_place(scanner: Scanner, root: str) -> WordError:
    if not root:
        return scanner.unexpected("a place in the answer", f"a place is {_ANSWER_FORMS}")
    start, end = scanner.position, _end_of_word(scanner, root)
    advice = None
    if root == "body":
        advice = "the body of an answer is `$`: write `$.a.b`"
    elif root in REQUEST_ROOTS:
        advice = f"`{root}` is a place in a request"
    return scanner.fault(
        f"{shown(scanner.text[start:end])} is not a place in the answer",
        start,
        end,
        _ANSWER_FORMS,
        advice,
        ("$", *ANSWER_ROOTS),
    )


def _expect_boundary(scanner: Scanner, root: str) -> None:
    if scanner.is_at_end or scanner.peek() in _ENDS_A_PLACE:
        return
    at = scanner.position
    raise scanner.fault(
        f"{shown(scanner.text[at])} cannot stand in this name",
        at,
        at + 1,
        "letters, digits, `_`, `-` and `.`",
        f'write {root}["…"] around an unusual name',
    )


# --- names


def _read_name(scanner: Scanner, root: str, pattern: re.Pattern[str], form: str) -> str:
    """What stands behind a root: `.name` or `["name"]`, one step only."""
    at = scanner.position
    if scanner.sees("["):
        return _read_bracketed(scanner)
    if not scanner.take("."):
        if scanner.is_at_end or scanner.peek() in _ENDS_A_PLACE:
            raise scanner.fault(f"`{root}` needs a name", at - len(root), at, form)
        raise scanner.unexpected(f"`.` and a name behind `{root}`")
    found = scanner.match(pattern)
    if found is None:
        raise scanner.unexpected(f"a name behind `{root}.`")
    return found.group()


def _read_keys(scanner: Scanner, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """`.a.b` and `["odd.name"]`, any number of them."""
    keys: list[str] = []
    while char := scanner.peek():
        if char == "[":
            keys.append(_read_bracketed(scanner))
        elif char == ".":
            scanner.position += 1
            found = scanner.match(pattern)
            if found is None:
                raise scanner.unexpected("a name behind the dot")
            keys.append(found.group())
        else:
            break
    return tuple(keys)


def _read_bracketed(scanner: Scanner) -> str:
    at = scanner.position
    name = read_bracketed_name(scanner)
    if name is None:
        _, end = scanner.run_here(" \t\r\n")
        raise scanner.fault(
            "brackets hold one name in quotes here",
            at,
            end,
            '["odd.name"]',
            "positions stand in `$` paths only",
        )
    if not name:
        raise scanner.fault("the name is empty", at, scanner.position)
    return name

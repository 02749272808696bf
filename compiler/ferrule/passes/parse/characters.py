"""Finds characters that deceive the eye or the YAML reader, and says what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from ferrule.diagnostics.nearness import LOOK_ALIKES
from ferrule.diagnostics.wording import said, with_fix
from ferrule.passes.parse.core import core_value

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
_SEPARATOR = "\x85\u2028\u2029"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u200b\u2060\ufeff"
# These have honest uses between letters of some scripts and inside emoji, and none beside ASCII.
_JOINING = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c-\u200f\u2061-\u2064"
    "\u206a-\u206f\u3164\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
# One class for all of them: an alternative of classes is ten times slower over a whole file.
_SUSPECT = re.compile(f"[{_CONTROL}{_SEPARATOR}{_BIDI}{_INVISIBLE}{_JOINING}]+")
_UNSEEN = re.compile(f"[{_INVISIBLE}{_JOINING}]")
_RULES = (
    ("control-character", re.compile(f"[{_CONTROL}]")),
    ("line-separator", re.compile(f"[{_SEPARATOR}]")),
    ("bidi-control", re.compile(f"[{_BIDI}]")),
    ("zero-width-character", re.compile(f"[{_INVISIBLE}]")),
)
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACE = re.compile(f"[{_SPACES}]+")
_SPACE_AROUND = re.compile(f"^[{_SPACES}]+|(?<=:)[{_SPACES}]+|[{_SPACES}]+$")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]+")
_SMART_QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\xab\xbb", '"'),
}
_SMART_QUOTE = re.compile(f"[{''.join(_SMART_QUOTES)}]")


class Oddity(Struct, frozen=True):
    """A character, or a few, that must not stand at `start` to `end` of a text."""

    rule: str
    start: int
    end: int
    message: str
    help: str
    replacement: str | None = None


def character_name(char: str) -> str:
    """How findings speak of a character: its code point, and its name if it has one."""
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X} ({name.lower()})" if name else f"U+{ord(char):04X}"


def has_suspect_characters(text: str) -> bool:
    """Whether a closer look at the characters may find something. Cheap."""
    return _SUSPECT.search(text) is not None


def refused_characters(text: str) -> Iterator[Oddity]:
    """Characters that must not stand anywhere in a spec, comments too."""
    for at, rule in _refused(text):
        name = character_name(text[at])
        message = {
            "control-character": f"the control character {name} stands here",
            "line-separator": f"{name} ends a line for some YAML readers and not for others",
            "bidi-control": f"{name} makes the text read differently from what it is",
            "zero-width-character": f"{name} stands here and cannot be seen",
        }[rule]
        hint = f'delete it; where it is meant, write `{_escape(text[at])}` inside "double quotes"'
        replacement = "" if rule in ("bidi-control", "zero-width-character") else None
        yield Oddity(rule, at, at + 1, message, hint, replacement)


def without_refused_characters(text: str) -> str:
    """The text with blanks for them, so that reading can go on with all places unchanged."""
    chars = list(text)
    for at, _ in _refused(text):
        chars[at] = " "
    return "".join(chars)


def _refused(text: str) -> Iterator[tuple[int, str]]:
    for run in _SUSPECT.finditer(text):
        start, end = run.span()
        is_joining = _is_letter_like(text[start - 1 : start]) or _is_letter_like(
            text[end : end + 1]
        )
        for at in range(start, end):
            for rule, pattern in _RULES:
                if pattern.match(text, at):
                    yield at, rule
                    break
            else:
                if not is_joining:
                    yield at, "zero-width-character"


def _is_letter_like(neighbour: str) -> bool:
    return bool(neighbour) and not neighbour.isascii()


def _escape(char: str) -> str:
    code = ord(char)
    if code < 256:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def odd_key_characters(raw: str, *, is_quoted: bool) -> Iterator[Oddity]:
    """What deceives in a key. `raw` is the key as it stands in the file, quotes included."""
    # The characters that stand nowhere are told by the look at the whole text.
    refused = {at for at, _ in _refused(raw)}
    for found in _UNSEEN.finditer(raw):
        if found.start() not in refused:
            name = character_name(found[0])
            yield Oddity(
                "zero-width-character",
                *found.span(),
                f"{name} stands in a key and cannot be seen",
                "delete it; where it is meant, write the key in double quotes with an escape",
                "",
            )
    for found in _SPACE.finditer(raw):
        yield _odd_space(found)
    if not is_quoted:
        yield from _odd_letters(raw)
    composed = unicodedata.normalize("NFC", raw)
    if composed != raw:
        yield Oddity(
            "key-not-nfc",
            0,
            len(raw),
            "the key is not in Unicode normal form C: it looks like another key and is not equal",
            with_fix("write the composed form", composed),
            composed,
        )


def _odd_letters(raw: str) -> Iterator[Oddity]:
    for found in _FULL_WIDTH.finditer(raw):
        yield _full_width(found[0], found.start())
    for found in _SMART_QUOTE.finditer(raw):
        yield _smart_quote(found[0], found.start(), "does not quote a key")
    plain = raw.translate(LOOK_ALIKES)
    if plain != raw and plain.isascii() and any(char.isascii() and char.isalpha() for char in raw):
        start = next(at for at, char in enumerate(raw) if not char.isascii())
        yield Oddity(
            "look-alike-character",
            start,
            start + 1,
            f"{character_name(raw[start])} looks like the ASCII letter `{plain[start]}` and is not",
            f"write `{said(plain)}`; quote the key if it is meant as it is",
            plain[start],
        )


def odd_value_characters(raw: str) -> Iterator[Oddity]:
    """What deceives in a plain value. `raw` is the value as it stands in the file."""
    for found in _SPACE_AROUND.finditer(raw):
        is_after_colon = raw[found.start() - 1 : found.start()] == ":"
        # In the midst of prose (`il dit : …`) such blanks are honest typography.
        if not is_after_colon or not re.search(r"\s", raw[: found.start()]):
            yield _odd_space(found)
    if raw[:1] in _SMART_QUOTES and raw[-1:] in _SMART_QUOTES and len(raw) > 1:
        yield _smart_quote(raw[0], 0, "does not quote a value")
        yield _smart_quote(raw[-1], len(raw) - 1, "does not quote a value")
    if _FULL_WIDTH.search(raw) and _FULL_WIDTH.sub("", raw).isascii():
        for found in _FULL_WIDTH.finditer(raw):
            yield _full_width(found[0], found.start())


def _odd_space(found: re.Match[str]) -> Oddity:
    return Oddity(
        "non-breaking-space",
        *found.span(),
        f"{character_name(found[0][0])} is not the blank that YAML knows",
        "write a plain space",
        " " * len(found[0]),
    )


def _full_width(found: str, start: int) -> Oddity:
    ascii_text = unicodedata.normalize("NFKC", found)
    kind = "number" if not isinstance(core_value(ascii_text), str) else "ASCII"
    return Oddity(
        "full-width-character",
        start,
        start + len(found),
        f"`{said(found)}` is full-width and is not read as {kind}",
        f"write `{said(ascii_text)}`, or quote the text if it is meant as it is",
        ascii_text,
    )


def _smart_quote(found: str, start: int, what: str) -> Oddity:
    return Oddity(
        "smart-quote",
        start,
        start + 1,
        f"the typographic quote {found} {what}",
        f"write {_SMART_QUOTES[found]}",
        _SMART_QUOTES[found],
    )

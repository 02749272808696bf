"""Looks closely at every node of a text and reports what the language refuses."""

from __future__ import annotations

import re

from ferrule.diagnostics import Replacement, Report, Span
from ferrule.diagnostics.wording import said, with_fix
from ferrule.forms.source import SourceFile
from ferrule.forms.tree import Place
from ferrule.passes.parse.characters import Oddity, odd_key_characters, odd_value_characters
from ferrule.passes.parse.core import LONGEST_NUMBER, core_value
from ferrule.passes.parse.fault import (
    COMMENT_CUTS_VALUE,
    COMPLEX_KEY,
    DIRECTIVE,
    EMPTY_KEY,
    EMPTY_KEY_HELP,
    SECOND_DOCUMENT,
)
from ferrule.passes.parse.places import Watcher
from ferrule.passes.parse.torn import cut_rest, end_of_line, is_empty, quoted, torn_values

# More findings than that help nobody, and a hostile file could have millions.
MOST_FINDINGS = 500

_DECORATION = re.compile(r"([&!])[^\s,\[\]{}]*")
_EXPLICIT_KEY = re.compile(r"(?:(?:\A|[\r\n])[ \t-]*(\?)\s*|[{\[,][ \t]*(\?)[ \t]*)\Z")
_MOST_BLANKS_BEFORE_KEY = 200
_KEY_WITHOUT_BLANK = re.compile(r"([^\s:/]+):([^\s/].*)\Z", re.DOTALL)
_KEY_INSIDE = re.compile(r"\s(\"[^\"]*\"):")
_COMMENT_SIGN = re.compile(r"[ \t]*:?[ \t]+(#\S[^\r\n]*)")


class Enough(Exception):
    """The rest of the text is not looked at."""


class Examiner(Watcher):
    """Reports on the nodes it is shown. `text` is the source, with blanks over refused parts."""

    def __init__(self, source: SourceFile, text: str, depth_limit: int, report: Report):
        self.source = source
        self.text = text
        self.depth_limit = depth_limit
        self.report = report
        self.documents = 0
        self.last_scalar: Place | None = None
        self.empty: list[tuple[Place, Place | None]] = []
        self.torn: list[Span] = []
        self.open_brackets: list[int] = []

    def document(self, span: Span, *, has_directives: bool) -> None:
        self.documents += 1
        if has_directives:
            self._add(
                "yaml-directive",
                Span(span.start, end_of_line(self.text, span.start)),
                DIRECTIVE,
                "delete the line: a spec is always YAML 1.2",
            )
        if self.documents > 1:
            self._add(
                "second-document",
                Span(max(span.start, span.end - 3), span.end),
                SECOND_DOCUMENT,
                "put it into a file of its own, or delete the `---`",
            )
            raise Enough

    def decorated(self, start: int) -> None:
        at = start
        while found := _DECORATION.match(self.text, at):
            span = Span(found.start(), found.end())
            if found[1] == "&":
                self._add(
                    "anchor",
                    span,
                    f"`{said(found[0])}` is a YAML anchor, which a spec does not use",
                    "delete it and write the value where it is needed; quote the text if it is one",
                )
            else:
                self._add(
                    "tag",
                    span,
                    f"`{said(found[0])}` is a YAML tag, which a spec does not use",
                    "delete it; quote the text if it is one",
                )
            at = found.end()
            while self.text[at : at + 1] in ("\n", "\r", " ", "\t"):
                at += 1

    def alias(self, span: Span) -> None:
        text = self.text[span.start : span.end]
        self._add(
            "alias",
            span,
            f"`{said(text)}` is a YAML alias, which a spec does not use",
            "write the value again, or give it a name in `models` or `values`; "
            + with_fix("quote it if it is text", quoted(text)),
        )

    def opened(self, start: int, style: str, depth: int) -> None:
        if depth >= self.depth_limit:
            self._add(
                "too-deep",
                Span(start, start + 1),
                f"values are nested more than {self.depth_limit} levels deep",
                "give the inner part a name, as a model for instance",
            )
            raise Enough
        if style:
            self.open_brackets.append(start)

    def key(self, key: Place, name: str | None, earlier: Place | None) -> None:
        if name is None:
            self._complex_key(key)
            return
        self.last_scalar = key
        self._explicit_key(key)
        if earlier is not None:
            self._duplicate(key, earlier, name)
        if not key.style and name in ("", "<<"):
            self._odd_plain_key(key, name)
        raw = self.text[key.start : key.end]
        if not raw.isascii():
            for oddity in odd_key_characters(raw, is_quoted=bool(key.style)):
                self._odd(key.start, oddity)

    def value(self, place: Place, text: str, key: Place | None, around: str) -> None:
        self.last_scalar = place
        if place.style:
            return
        if is_empty(place):
            self.empty.append((place, key))
            return
        raw = self.text[place.start : place.end]
        if not raw.isascii():
            for oddity in odd_value_characters(raw):
                self._odd(place.start, oddity)
        whole = cut_rest(self.text, place)
        if whole is not None:
            self._cut(place, whole)
        elif around and (found := _KEY_INSIDE.search(raw)):
            self._comma_missing(place.start + found.start(1), found[1])
        try:
            core_value(text)
        except OverflowError:
            is_long = len(text) > LONGEST_NUMBER
            self._add(
                "number-out-of-range",
                place.span,
                (
                    f"this number has more than {LONGEST_NUMBER} characters"
                    if is_long
                    else f"`{said(text)}` is not a finite number"
                ),
                "quote it if it is text",
            )

    def closed(self, place: Place, entries: list[tuple[Place, Place]]) -> None:
        if place.keys is not None:
            for name, key in place.keys.items():
                twin = place.keys.get(name[:-1]) if name.endswith("?") else None
                if twin is not None:
                    first, second = sorted((key, twin), key=lambda found: found.span)
                    self._duplicate(second, first, name[:-1])
        if place.style:
            self.open_brackets.pop()
            for span in torn_values(self.text, entries, is_map=place.keys is not None):
                self._torn(span)

    def finish(self, root: Place) -> None:
        """Judges what could only be judged when everything was seen."""
        if not self.documents or is_empty(root):
            self.report.add("empty-file", self.source, Span(0, 0), "the file holds no values")
            return
        for place, key in self.empty:
            is_torn = any(torn.start <= place.start <= torn.end for torn in self.torn)
            if not is_torn:
                self._empty_value(place, key)
        if root.keys is None:
            self._not_a_mapping(root)

    def _add(
        self,
        rule: str,
        span: Span,
        message: str,
        hint: str | None,
        *,
        label: str | None = None,
        earlier: Span | None = None,
        fix: Replacement | None = None,
    ) -> None:
        notes = ((self.source, earlier, "it stands here first"),) if earlier else ()
        self.report.add(
            rule, self.source, span, message, help=hint, label=label, notes=notes, fix=fix
        )
        if len(self.report) >= MOST_FINDINGS:
            raise Enough

    def _odd(self, start: int, oddity: Oddity) -> None:
        span = Span(start + oddity.start, start + oddity.end)
        fix = None if oddity.replacement is None else Replacement(span, oddity.replacement)
        self._add(oddity.rule, span, oddity.message, oddity.help, fix=fix)

    def _duplicate(self, key: Place, earlier: Place, name: str) -> None:
        now = self.text[key.start : key.end]
        before = self.text[earlier.start : earlier.end]
        line = self.source.position(earlier.start)[0]
        if now == before:
            message = f"the key `{said(now)}` stands twice in this map, first in line {line}"
        else:
            message = f"`{said(now)}` is the same key as `{said(before)}` in line {line}"
        hint = "delete one of them"
        if now.endswith("?") or before.endswith("?"):
            name = said(name)
            hint = f"write `{name}` if it has to be given, `{name}?` if it may be left out"
        self._add("duplicate-key", key.span, message, hint, earlier=earlier.span)

    def _explicit_key(self, key: Place) -> None:
        begin = max(0, key.start - _MOST_BLANKS_BEFORE_KEY)
        if "?" not in self.text[begin : key.start]:
            return
        mark = _EXPLICIT_KEY.search(self.text, begin, key.start)
        if mark is not None:
            self._add(
                "complex-key",
                Span(*mark.span(mark.lastindex or 0)),
                COMPLEX_KEY,
                "write the key and a colon, on one line",
            )

    def _complex_key(self, key: Place) -> None:
        # Nothing inside is looked for, nor the value that it does not have.
        self.torn.append(Span(key.start, key.end + 1))
        is_template = self.text.startswith("{{", key.start - 1) and key.style == "{"
        self._add(
            "complex-key",
            key.span,
            "a map or a list stands where a key is expected",
            (
                "`{` begins a map: put quotes around the whole value, and write `${name}`"
                if is_template
                else "a key is one plain or quoted text; quote a value that begins with `{` or `[`"
            ),
        )

    def _odd_plain_key(self, key: Place, name: str) -> None:
        if name:
            self._add(
                "merge-key",
                key.span,
                "`<<` merges another map in, which a spec does not use",
                'write the keys out; if the service has a key of this name, quote it: `"<<"`',
            )
        else:
            self._add(
                "empty-key",
                Span(key.start, min(key.start + 1, len(self.text))),
                EMPTY_KEY,
                EMPTY_KEY_HELP,
            )

    def _cut(self, value: Place, whole: Span) -> None:
        text = quoted(self.text[whole.start : whole.end])
        self._add(
            "cut-value",
            Span(value.end, whole.end),
            COMMENT_CUTS_VALUE,
            with_fix("quote the whole value", text),
            fix=Replacement(whole, text),
        )

    def _comma_missing(self, start: int, key: str) -> None:
        self._add(
            "torn-value",
            Span(start, start + len(key)),
            f"a comma is missing before `{said(key)}`, so that it is part of the value before",
            "put a comma between the entries",
            fix=Replacement(Span(start, start), ", "),
        )

    def _torn(self, span: Span) -> None:
        self.torn.append(span)
        text = quoted(self.text[span.start : span.end])
        self._add(
            "torn-value",
            span,
            "a comma separates entries inside { } and [ ], and tore this value apart",
            with_fix("quote the value", text),
            fix=Replacement(span, text),
        )

    def _empty_value(self, place: Place, key: Place | None) -> None:
        if key is None:
            start = place.start
            if self.text.startswith("-", start - 1):
                start -= 1
            hint = self._after_empty(start + 1) or "write it, or delete the entry"
            self._add("empty-value", Span(start, start + 1), "this entry has no value", hint)
            return
        name = self.text[key.start : key.end]
        hint = "write the value, indent what belongs to the key, or delete the key"
        if not key.style and (found := _KEY_WITHOUT_BLANK.match(name)):
            hint = with_fix("a blank belongs after the colon", f"{found[1]}: {found[2]}")
        hint = self._after_empty(key.end) or hint
        self._add("empty-value", key.span, f"`{said(name)}` has no value", hint)

    def _after_empty(self, start: int) -> str | None:
        """What to do if a comment stands where the value is missing, and looks like one."""
        comment = _COMMENT_SIGN.match(self.text, start, start + 200)
        if comment is None:
            return None
        advice = "`#` begins a comment: if it is meant as text, quote it"
        return with_fix(advice, quoted(comment[1].rstrip()))

    def _not_a_mapping(self, root: Place) -> None:
        if len(self.report):
            return
        start = root.start
        text = self.text[start : end_of_line(self.text, start)]
        what = "a text" if root.is_scalar else "a list"
        hint = "begin with `ferrule: 1` and `connector: NAME`"
        if not root.style and (found := _KEY_WITHOUT_BLANK.match(text)):
            hint = with_fix("a blank belongs after the colon", f"{found[1]}: {found[2]}")
        message = f"a spec is a map of keys and values, and this is {what}"
        self._add("not-a-mapping", Span(start, start + len(text)), message, hint)

"""Looks closely at every node of a text and reports what the language refuses."""

from __future__ import annotations

import re

from ferrule.diagnostics import Replacement, Report, Span
from ferrule.forms.source import SourceFile
from ferrule.forms.tree import Place
from ferrule.passes.parse.characters import Oddity, odd_key_characters, odd_value_characters
from ferrule.passes.parse.core import LONGEST_NUMBER, core_value
from ferrule.passes.parse.places import Watcher
from ferrule.passes.parse.torn import cut_rest, end_of_line, is_empty, quoted, torn_values

# More findings than that help nobody, and a hostile file could have millions.
MOST_FINDINGS = 500

_DECORATION = re.compile(r"([&!])[^\s,\[\]{}]*")
_EXPLICIT_KEY = re.compile(r"(?:(?:\A|[\r\n])[ \t-]*(\?)\s*|[{\[,][ \t]*(\?)[ \t]*)\Z")
_KEY_WITHOUT_BLANK = re.compile(r"([^\s:/]+):([^\s/].*)\Z", re.DOTALL)
_COMMENT_SIGN = re.compile(r"[ \t]*:?[ \t]+(#\S[^\r\n]*)")


class Enough(Exception):
    """The rest of the text is not looked at."""


class Examiner(Watcher):
    """Reports on the nodes it is shown. `text` may have blanks where `source` has odd characters."""

    def __init__(self, source: SourceFile, text: str, depth_limit: int, report: Report):
        self.source = source
        self.text = text
        self.depth_limit = depth_limit
        self.report = report
        self.documents = 0
        self.last_scalar: Place | None = None
        self.empty: list[tuple[Place, Place | None]] = []
        self.torn: list[Span] = []

    def document(self, span: Span, *, has_directives: bool) -> None:
        self.documents += 1
        if has_directives:
            start = self.text.rfind("%", 0, span.end)
            self._add(
                "yaml-directive",
                Span(max(0, start), end_of_line(self.text, max(0, start))),
                "a YAML directive stands here",
                "delete the line: a spec is always YAML 1.2",
            )
        if self.documents > 1:
            self._add(
                "second-document",
                span,
                "a second document begins here",
                "put it into a file of its own, or delete the `---`",
            )
            raise Enough

    def decorated(self, start: int, *, has_anchor: bool, has_tag: bool) -> None:
        at = start
        while found := _DECORATION.match(self.text, at):
            span = Span(found.start(), found.end())
            if found[1] == "&":
                self._add(
                    "anchor",
                    span,
                    f"`{found[0]}` is a YAML anchor, which a spec does not use",
                    "delete it and write the value where it is needed; quote the text if it is one",
                )
            else:
                self._add(
                    "tag",
                    span,
                    f"`{found[0]}` is a YAML tag, which a spec does not use",
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
            f"`{text}` is a YAML alias, which a spec does not use",
            "write the value again, or give it a name in `models` or `values`; "
            f'quote it if it is text: `"{text}"`',
        )

    def opened(self, start: int, depth: int) -> None:
        if depth >= self.depth_limit:
            self._add(
                "too-deep",
                Span(start, start + 1),
                f"values are nested more than {self.depth_limit} levels deep",
                "give the inner part a name, as a model for instance",
            )
            raise Enough

    def key(self, key: Place, name: str | None, earlier: Place | None) -> None:
        if name is None:
            self._complex_key(key)
            return
        self.last_scalar = key
        mark = _EXPLICIT_KEY.search(self.text, max(0, key.span.start - 200), key.span.start)
        if mark is not None:
            self._add(
                "complex-key",
                Span(*mark.span(mark.lastindex or 0)),
                "`? ` begins a complex key, which a spec does not use",
                f"write `{name}:`",
            )
        if earlier is not None:
            self._duplicate(key, earlier, name)
        if not key.style and name in ("", "<<"):
            self._odd_plain_key(key, name)
        raw = self.text[key.span.start : key.span.end]
        if not raw.isascii():
            for oddity in odd_key_characters(raw, is_quoted=bool(key.style)):
                self._odd(key.span.start, oddity)

    def value(self, place: Place, text: str, key: Place | None) -> None:
        self.last_scalar = place
        if place.style:
            return
        if is_empty(place):
            self.empty.append((place, key))
            return
        raw = self.text[place.span.start : place.span.end]
        if not raw.isascii():
            for oddity in odd_value_characters(raw):
                self._odd(place.span.start, oddity)
        whole = cut_rest(self.text, place.span)
        if whole is not None:
            self._cut(place.span, whole)
        try:
            core_value(text)
        except OverflowError:
            self._add(
                "number-out-of-range",
                place.span,
                (
                    f"this number has more than {LONGEST_NUMBER} characters"
                    if len(text) > LONGEST_NUMBER
                    else f"`{text}` is not a finite number"
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
            for span in torn_values(self.text, entries, is_map=place.keys is not None):
                self._torn(span)

    def finish(self, root: Place) -> None:
        """Judges what could only be judged when everything was seen."""
        for place, key in self.empty:
            is_torn = any(torn.start <= place.span.start <= torn.end for torn in self.torn)
            if place is not root and not is_torn:
                self._empty_value(place, key)
        if root.keys is None:
            self._not_a_mapping(root)

    def _add(
        self,
        rule: str,
        span: Span,
        message: str,
        help: str | None,
        *,
        label: str | None = None,
        earlier: Span | None = None,
        fix: Replacement | None = None,
    ) -> None:
        notes = ((self.source, earlier, "it stands here first"),) if earlier else ()
        self.report.add(
            rule, self.source, span, message, help=help, label=label, notes=notes, fix=fix
        )
        if len(self.report) >= MOST_FINDINGS:
            raise Enough

    def _odd(self, start: int, oddity: Oddity) -> None:
        span = Span(start + oddity.start, start + oddity.end)
        fix = None if oddity.replacement is None else Replacement(span, oddity.replacement)
        self._add(oddity.rule, span, oddity.message, oddity.help, fix=fix)

    def _duplicate(self, key: Place, earlier: Place, name: str) -> None:
        said = self.text[key.span.start : key.span.end]
        before = self.text[earlier.span.start : earlier.span.end]
        line = self.source.position(earlier.span.start)[0]
        if said == before:
            message = f"the key `{said}` stands twice in this map, first in line {line}"
        else:
            message = f"`{said}` is the same key as `{before}` in line {line}"
        help = "delete one of them"
        if said.endswith("?") or before.endswith("?"):
            help = f"write `{name}` if it has to be given, `{name}?` if it may be left out"
        self._add("duplicate-key", key.span, message, help, earlier=earlier.span)

    def _complex_key(self, key: Place) -> None:
        is_template = self.text.startswith("{{", key.span.start - 1) and key.style == "{"
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
                Span(key.span.start, key.span.start + 1),
                "a key is missing before this colon",
                "write the key, or quote the whole text if the colon is part of a value",
            )

    def _cut(self, value: Span, whole: Span) -> None:
        text = quoted(self.text[whole.start : whole.end])
        self._add(
            "cut-value",
            Span(value.end, whole.end),
            "YAML cut the value at ` #`, which begins a comment",
            f"quote the whole value: `{text}`",
            fix=Replacement(whole, text),
        )

    def _torn(self, span: Span) -> None:
        self.torn.append(span)
        text = quoted(self.text[span.start : span.end])
        self._add(
            "torn-value",
            span,
            "a comma separates entries inside { } and [ ], and tore this value apart",
            f"quote the value: `{text}`",
            fix=Replacement(span, text),
        )

    def _empty_value(self, place: Place, key: Place | None) -> None:
        if key is None:
            start = place.span.start
            help = "write it, or delete the entry"
            if self.text.startswith("-", start - 1):
                start -= 1
            elif cut := _COMMENT_SIGN.match(self.text, start):
                help = f'`#` begins a comment: if it is meant as text, quote it: `"{cut[1]}"`'
            self._add("empty-value", Span(start, start + 1), "this entry has no value", help)
            return
        name = self.text[key.span.start : key.span.end]
        help = "write the value, indent what belongs to the key, or delete the key"
        if cut := _COMMENT_SIGN.match(self.text, key.span.end):
            help = f'`#` begins a comment: if it is meant as text, quote it: `"{cut[1]}"`'
        elif not key.style and (found := _KEY_WITHOUT_BLANK.match(name)):
            help = f"a blank belongs after the colon: `{found[1]}: {found[2]}`"
        self._add("empty-value", key.span, f"`{name}` has no value", help)

    def _not_a_mapping(self, root: Place) -> None:
        if len(self.report) or root.values is None and not self.documents:
            return
        start = root.span.start
        text = self.text[start : end_of_line(self.text, start)]
        what = "a text" if root.is_scalar else "a list"
        help = "begin with `ferrule: 1` and `connector: NAME`"
        if not root.style and (found := _KEY_WITHOUT_BLANK.match(text)):
            help = f"a blank belongs after the colon: `{found[1]}: {found[2]}`"
        self._add(
            "not-a-mapping",
            Span(start, start + len(text)),
            f"a spec is a map of keys and values, and this is {what}",
            help,
        )

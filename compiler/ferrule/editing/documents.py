"""What is known of the text of one spec while somebody works on it."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from ferrule.diagnostics import Diagnostic, Report
from ferrule.editing.mentions import FILES, Mention, Name, is_same, mentions_of, texts_of
from ferrule.forms.source import SourceFile, Span
from ferrule.forms.tree import SpecTree
from ferrule.passes.parse import parse
from ferrule.pipeline import check_spec

_IS_SPEC = re.compile(r"(?m)^(ferrule|connector)[ \t]*:")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MOST_FILES = 200


class Target(Struct, frozen=True):
    """A stretch of a file that a name leads to; `file` is where the editor finds it."""

    file: Path
    source: SourceFile
    span: Span


class Document(Struct, frozen=True, dict=True):
    """A text, and what it says as far as it is YAML. `file` is where it is or would be kept."""

    file: Path
    source: SourceFile

    @classmethod
    def of(cls, file: Path, text: str) -> Document:
        """The document of a text that an editor holds."""
        return cls(file, SourceFile(str(file), text))

    @property
    def is_spec(self) -> bool:
        """Whether the text is meant as a whole spec, by its first keys."""
        return _IS_SPEC.search(self.source.text) is not None

    @cached_property
    def tree(self) -> SpecTree | None:
        """The values and their places; None where the text is no YAML at this moment."""
        return parse(self.source, Report()) if self.source.text.strip() else None

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every name in the document, in order of place."""
        return [] if self.tree is None else mentions_of(self.tree)

    @cached_property
    def findings(self) -> list[Diagnostic]:
        """Everything that is wrong with the spec, also in the files that it is made of; nothing
        for what is no spec.
        """
        report = Report()
        if self.is_spec:
            check_spec(self.source, report)
        return list(report)

    def mention_at(self, offset: int) -> Mention | None:
        """The name that stands at a code point, or ends there."""
        return next((m for m in self.mentions if m.span.start <= offset <= m.span.end), None)

    def word_at(self, offset: int) -> str:
        """The word at a code point, whatever the text is worth."""
        for found in _WORD.finditer(self.source.text, max(0, offset - 200)):
            if found.start() <= offset <= found.end():
                return found[0]
        return ""

    def declarations_of(self, name: Name) -> list[Target]:
        """Where the document itself declares the name."""
        return [
            Target(self.file, self.source, mention.span)
            for mention in self.mentions
            if mention.is_declaration and is_same(mention.name, name)
        ]

    def uses_of(self, name: Name) -> list[Target]:
        """Every place where the name stands, its declarations too."""
        return [
            Target(self.file, self.source, mention.span)
            for mention in self.mentions
            if is_same(mention.name, name)
        ]

    @cached_property
    def parts(self) -> list[Document]:
        """The documents that this one includes or extends, those in between too."""
        found: dict[Path, Document] = {}
        waiting = [self]
        while waiting and len(found) < _MOST_FILES:
            for file in waiting.pop()._files("include", "extends"):
                if file not in found and file != self.file:
                    part = _read(file)
                    if part is not None:
                        found[file] = part
                        waiting.append(part)
        return list(found.values())

    def _files(self, *keys: str) -> list[Path]:
        if self.tree is None:
            return []
        named = [text for path, text in texts_of(self.tree.data) if path[0] in keys]
        return [file for text in named for file in self.files_named(text)]

    def files_named(self, text: str) -> list[Path]:
        """The files that a word of `include`, `extends` or `hooks` names; hooks less the function.

        Nothing outside of the folder of the document and its parents' is looked for by pattern.
        """
        name = text.partition(":")[0]
        folder = self.file.parent
        if any(char in name for char in "*?["):
            is_below = not Path(name).is_absolute()
            return sorted(filter(Path.is_file, folder.glob(name))) if is_below else []
        file = folder / name
        return [file.resolve()] if name and file.is_file() else []

    def file_targets_at(self, offset: int) -> list[Target]:
        """The files that the text at a code point names; of a hook its function in there."""
        if self.tree is None:
            return []
        for path, text in texts_of(self.tree.data):
            is_hook = "hooks" in path
            if path[0] not in FILES and not is_hook:
                continue
            span = self.tree.value_span(path)
            if span.start <= offset <= span.end:
                function = text.partition(":")[2] if is_hook else ""
                return [_file_target(file, function) for file in self.files_named(text)]
        return []


def _read(file: Path) -> Document | None:
    source = SourceFile.read(file, Report())
    return None if source is None else Document(file, source)


def _file_target(file: Path, function: str) -> Target:
    part = _read(file)
    source = SourceFile(str(file), "") if part is None else part.source
    found = None
    if function:
        pattern = rf"(?m)^(?:async[ \t]+)?def[ \t]+({re.escape(function)})\b"
        found = re.compile(pattern).search(source.text)
    return Target(file, source, Span(*found.span(1)) if found else Span(0, 0))

"""The language server: what an editor asks, answered from the text that it holds."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from ferrule import __version__
from ferrule.diagnostics import Diagnostic, Report
from ferrule.editing.documents import Document, Target
from ferrule.editing.explanations import explained
from ferrule.editing.offers import begun_word, offers_at, references_at
from ferrule.editing.renaming import RenameRefusedError, renameable, renamed
from ferrule.editing.symbols import symbols_of
from ferrule.formatting import formatted
from ferrule.forms.source import SourceFile, Span
from ferrule.language_server.messages import (
    diagnostic_of,
    edits_of,
    location_of,
    overlap,
    symbol_of,
    uri_of,
)
from ferrule.language_server.positions import Positions
from ferrule.mending import mend

PAUSE_SECONDS = 0.15
"""How long nothing is typed before the spec is checked."""

FIX_ALL = "source.fixAll.ferrule"
_KINDS = {
    "model": types.CompletionItemKind.Class,
    "setting": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.Variable,
}


class SpecServer(LanguageServer):
    """Keeps for each open text what was last understood of it."""

    def __init__(self) -> None:
        # Whole texts: what a line is differs between editors' arithmetic and Python's.
        super().__init__(
            "ferrule", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
        )
        self._current: dict[str, Document] = {}
        self._understood: dict[str, Document] = {}
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._parts: dict[str, list[str]] = {}

    @property
    def places(self) -> Positions:
        """The units of columns, as agreed when the client introduced itself."""
        encoding = self.workspace.position_encoding
        return Positions(str(getattr(encoding, "value", encoding) or "utf-16"))

    def document(self, uri: str) -> Document:
        """The document as the editor has it now."""
        text = self.workspace.get_text_document(uri).source
        kept = self._current.get(uri)
        if kept is None or kept.source.text != text:
            kept = Document.of(Path(to_fs_path(uri) or uri), text)
            self._current[uri] = kept
        if kept.tree is not None:
            self._understood[uri] = kept
        return kept

    def understood(self, uri: str) -> Document:
        """The document when it was last YAML."""
        current = self.document(uri)
        return self._understood.get(uri, current)

    def check_soon(self, uri: str, *, pause_seconds: float = PAUSE_SECONDS) -> None:
        """Tells the findings of a text when it has rested for a moment."""
        running = self._checks.pop(uri, None)
        if running is not None:
            running.cancel()
        self._checks[uri] = asyncio.ensure_future(self._check(uri, pause_seconds))

    async def _check(self, uri: str, pause_seconds: float) -> None:
        await asyncio.sleep(pause_seconds)
        version = self.workspace.get_text_document(uri).version
        document = self.document(uri)
        findings = await asyncio.to_thread(_wanted, document)
        self._publish(uri, [each for each in findings if each.source == document.source], version)
        self._publish_parts(uri, [each for each in findings if each.source != document.source])

    def _publish_parts(self, uri: str, findings: list[Diagnostic]) -> None:
        """Tells findings about files that a spec is made of where these files are."""
        by_file: dict[str, list[Diagnostic]] = {}
        for finding in findings:
            if finding.source is not None:
                by_file.setdefault(uri_of(Path(finding.source.path)), []).append(finding)
        for part in {*by_file, *self._parts.pop(uri, ())}:
            self._publish(part, by_file.get(part, []), None)
        self._parts[uri] = list(by_file)

    def _publish(self, uri: str, findings: list[Diagnostic], version: int | None) -> None:
        places = self.places
        told = [
            diagnostic_of(finding, finding.source, places)
            for finding in findings
            if finding.source is not None
        ]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, diagnostics=told, version=version)
        )

    def forget(self, uri: str) -> None:
        """Drops what is known of a text that was closed, and its findings."""
        running = self._checks.pop(uri, None)
        if running is not None:
            running.cancel()
        self._current.pop(uri, None)
        self._understood.pop(uri, None)
        self._publish(uri, [], None)
        self._publish_parts(uri, [])


def _wanted(document: Document) -> list[Diagnostic]:
    """The findings less those that the project's table does not want to hear of."""
    from ferrule.configuration import ConfigurationError, defaults
    from ferrule.diagnostics.selection import Selection, SelectionError

    try:
        said = defaults(str(document.file.parent)).get("check", {})
        selection = Selection.read(said.get("select", ()), said.get("ignore", ()))
    except (ConfigurationError, SelectionError):
        return document.findings
    return [finding for finding in document.findings if selection.holds(finding)]


def make_server() -> SpecServer:
    """A server with every feature, ready to be started."""
    server = SpecServer()
    _add_end(server)
    _add_texts(server)
    _add_names(server)
    _add_changes(server)
    return server


def _add_end(server: SpecServer) -> None:
    exit_codes = [1]

    @server.feature(types.SHUTDOWN)
    def shut_down(params: None) -> None:  # noqa: ARG001
        exit_codes[:] = [0]

    @server.feature(types.EXIT)
    def leave(params: None) -> None:  # noqa: ARG001
        # At once: a thread that reads stdin would keep the process until the client closes it.
        os._exit(exit_codes[0])


def _add_texts(server: SpecServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.check_soon(params.text_document.uri, pause_seconds=0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.check_soon(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:  # noqa: ARG001
        # What is saved may be included by any other text.
        for uri in list(server.workspace.text_documents):
            server._current.pop(uri, None)
            server.check_soon(uri, pause_seconds=0)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)


def _add_names(server: SpecServer) -> None:
    def targets(params: types.DefinitionParams) -> list[Target]:
        uri = params.text_document.uri
        document = server.document(uri)
        offset = server.places.offset(document.source, params.position)
        files = document.file_targets_at(offset)
        if files:
            return files
        known = server.understood(uri)
        mention = document.mention_at(offset)
        if mention is not None:
            return [
                found
                for each in (known, *known.parts)
                for found in each.declarations_of(mention.name)
            ]
        word = "" if document.tree is not None else document.word_at(offset)
        return [
            Target(each.file, each.source, declared.span)
            for each in (known, *known.parts)
            for declared in each.mentions
            if declared.is_declaration and declared.name.text == word
        ]

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location]:
        return [location_of(target, server.places) for target in targets(params)]

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(params: types.ReferenceParams) -> list[types.Location]:
        document = server.understood(params.text_document.uri)
        mention = document.mention_at(server.places.offset(document.source, params.position))
        if mention is None:
            return []
        return [
            location_of(target, server.places)
            for each in (document, *document.parts)
            for target in each.uses_of(mention.name)
        ]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        document = server.understood(params.text_document.uri)
        mention = document.mention_at(server.places.offset(document.source, params.position))
        text = None if mention is None else explained(document, mention)
        if mention is None or text is None:
            return None
        return types.Hover(
            types.MarkupContent(types.MarkupKind.Markdown, text),
            server.places.range(document.source, mention.span),
        )

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        document = server.understood(params.text_document.uri)
        found = [] if document.tree is None else symbols_of(document.tree)
        return [symbol_of(symbol, document.source, server.places) for symbol in found]

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["{", "("])
    )
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        uri = params.text_document.uri
        source = server.document(uri).source
        offset = server.places.offset(source, params.position)
        begun = begun_word(source, offset)
        place = server.places.range(source, Span(offset - len(begun), offset))
        known = server.understood(uri)
        offers = [(name, name.text) for name in offers_at(source, offset, known)]
        offers += [(name, f'"${{{name.text}}}"') for name in references_at(source, offset, known)]
        return [
            types.CompletionItem(
                label=text,
                kind=_KINDS.get(name.kind, types.CompletionItemKind.Reference),
                detail=name.kind,
                text_edit=types.TextEdit(place, text),
            )
            for name, text in offers
        ]


def _add_changes(server: SpecServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.Range | None:
        document = server.document(params.text_document.uri)
        offset = server.places.offset(document.source, params.position)
        try:
            renameable(document, offset)
        except RenameRefusedError:
            return None
        mention = document.mention_at(offset)
        return None if mention is None else server.places.range(document.source, mention.span)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(params: types.RenameParams) -> types.WorkspaceEdit:
        document = server.document(params.text_document.uri)
        offset = server.places.offset(document.source, params.position)
        try:
            changes = renamed(document, offset, params.new_name)
        except RenameRefusedError as error:
            raise JsonRpcInvalidParams(str(error)) from None
        return types.WorkspaceEdit(changes=edits_of(changes, server.places))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        document = server.document(params.text_document.uri)
        only = params.context.only
        found = [] if only and "quickfix" not in only else _fixes(server, document, params)
        if not only or any(FIX_ALL.startswith(kind) for kind in only):
            found += _fix_all(server, document, params.text_document.uri)
        return found

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        document = server.document(params.text_document.uri)
        text = formatted(document.source, Report()) if document.is_spec else None
        return [] if text is None else _whole(document.source, text, server.places)


def _fixes(
    server: SpecServer, document: Document, params: types.CodeActionParams
) -> list[types.CodeAction]:
    uri, places, source = params.text_document.uri, server.places, document.source
    found = []
    for finding in document.findings:
        fix = finding.fix
        if fix is None or finding.source != source:
            continue
        told = diagnostic_of(finding, source, places)
        if not overlap(told.range, params.range):
            continue
        written = fix.text.strip()
        title = f"Write `{written}`" if written and "\n" not in written else "Mend this"
        edit = types.TextEdit(places.range(source, fix.span), fix.text)
        found.append(
            types.CodeAction(
                title=title if written else "Take it away",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[told],
                edit=types.WorkspaceEdit(changes={uri: [edit]}),
                is_preferred=True,
            )
        )
    return found


def _fix_all(server: SpecServer, document: Document, uri: str) -> list[types.CodeAction]:
    if not any(finding.fix is not None for finding in document.findings):
        return []
    edits = _whole(document.source, mend(document.source).text, server.places)
    if not edits:
        return []
    return [
        types.CodeAction(
            title="Mend everything that is safe to mend",
            kind=FIX_ALL,
            edit=types.WorkspaceEdit(changes={uri: edits}),
        )
    ]


def _whole(source: SourceFile, text: str, places: Positions) -> list[types.TextEdit]:
    """The edit that makes a text of a source; none where nothing changes."""
    if text == source.text:
        return []
    return [types.TextEdit(places.range(source, Span(0, len(source.text))), text)]

"""A real client of the language server: a process on the other end of two pipes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.cli.calling import environment

ANSWER_SECONDS = 20.0
Result = TypeVar("Result")


class Editor:
    """An editor with one file open at a time. Positions are found by a mark in the text: `‸`."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.texts: dict[str, str] = {}
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()

    def uri(self, name: str = "spec.yaml") -> str:
        return (self.folder / name).as_uri()

    def open(self, text: str, name: str = "spec.yaml") -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")
        self.texts[name] = text
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(self.uri(name), "yaml", version=1, text=text)
            )
        )

    def change(self, text: str, version: int = 2, name: str = "spec.yaml") -> None:
        self.texts[name] = text
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version, self.uri(name)),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    async def findings(
        self, name: str = "spec.yaml", version: int | None = None
    ) -> list[types.Diagnostic]:
        """What is published next about the file (at this version)."""
        while True:
            told = await asyncio.wait_for(self.published.get(), ANSWER_SECONDS)
            if told.uri == self.uri(name) and version in (None, told.version):
                return list(told.diagnostics)

    def at(self, before: str, name: str = "spec.yaml") -> dict[str, Any]:
        """The position behind the first `before` of a file, as UTF-16 columns."""
        text = self.texts[name]
        end = text.index(before) + len(before)
        lines = text[:end].split("\n")
        column = len(lines[-1].encode("utf-16-le")) // 2
        return {
            "text_document": types.TextDocumentIdentifier(self.uri(name)),
            "position": types.Position(len(lines) - 1, column),
        }

    async def ask(self, question: Awaitable[Result]) -> Result:
        return await asyncio.wait_for(question, ANSWER_SECONDS)

    def text_in(self, location: types.Location) -> str:
        """What a file says at a location."""
        name = Path(location.uri.removeprefix("file://")).relative_to(self.folder).as_posix()
        text = self.texts.get(name) or (self.folder / name).read_text(encoding="utf-8")
        return covered(text, location.range)

    def applied(self, edits: list[types.TextEdit], name: str = "spec.yaml") -> str:
        """A file's text after edits."""
        text = self.texts[name]
        for edit in sorted(edits, key=lambda edit: _key(edit.range.start), reverse=True):
            start, end = _offset(text, edit.range.start), _offset(text, edit.range.end)
            text = text[:start] + edit.new_text + text[end:]
        return text


def covered(text: str, place: types.Range) -> str:
    return text[_offset(text, place.start) : _offset(text, place.end)]


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def _offset(text: str, position: types.Position) -> int:
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: position.line])
    line = lines[position.line].encode("utf-16-le")[: position.character * 2]
    return before + len(line.decode("utf-16-le"))


def drive(
    command: list[str], folder: Path, story: Callable[[Editor], Awaitable[None]], **settings: Any
) -> None:
    """Starts a server, introduces an editor to it, lets the story happen, and stops the server."""

    async def run() -> None:
        client = LanguageClient("tests", "1")
        editor = Editor(client, folder)

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def publish(params: types.PublishDiagnosticsParams) -> None:
            editor.published.put_nowait(params)

        @client.feature(types.WORKSPACE_CONFIGURATION)  # type: ignore[untyped-decorator]
        def configuration(params: types.ConfigurationParams) -> list[Any]:
            return [settings.get(item.section or "") for item in params.items]

        await client.start_io(command[0], *command[1:], env=environment())
        try:
            await editor.ask(
                client.initialize_async(
                    types.InitializeParams(
                        capabilities=CAPABILITIES, root_uri=folder.as_uri(), process_id=None
                    )
                )
            )
            client.initialized(types.InitializedParams())
            if settings:
                client.workspace_did_change_configuration(
                    types.DidChangeConfigurationParams(settings)
                )
            await story(editor)
            await editor.ask(client.shutdown_async(None))
            client.exit(None)
        except BaseException:
            server = client._server
            if server is not None and server.returncode is None:
                server.kill()
            raise
        finally:
            await client.stop()  # type: ignore[no-untyped-call]

    asyncio.run(run())


CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(configuration=True),
    text_document=types.TextDocumentClientCapabilities(
        completion=types.CompletionClientCapabilities(
            completion_item=types.ClientCompletionItemOptions(snippet_support=False)
        ),
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        document_symbol=types.DocumentSymbolClientCapabilities(
            hierarchical_document_symbol_support=True
        ),
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(version_support=True),
    ),
)


def ferrule_lsp() -> list[str]:
    return [sys.executable, "-m", "ferrule", "lsp"]

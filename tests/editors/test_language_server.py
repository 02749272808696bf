"""`ferrule lsp` as an editor meets it: a process, two pipes, and the protocol between them."""

from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from ferrule.diagnostics import Report
from ferrule.formatting import formatted
from ferrule.forms.source import SourceFile
from tests.cli.calling import Ferrule
from tests.editors.client import Editor, covered, drive, ferrule_lsp

SPEC = """\
ferrule: 1
connector: acme
version: 1.0.0
title: "😀 Acme"
base_url: https://${region}.acme.com
settings: {region: string}
actions:
  items.list: {summary: "😀", get: /items, returns: list(Item), paging: none}
  items.get:
    get: /items/{item_id}
    returns: Item
models:
  Item: {id: string}
"""


def test_findings_come_while_typing_and_go_when_mended(tmp_path: Path) -> None:
    async def story(editor: Editor) -> None:
        wrong = SPEC.replace(
            '"😀", get: /items, returns: list(Item)', '"😀", get: /items, returns: list(Itm)'
        )
        editor.open(wrong)
        (found,) = await editor.findings()
        assert (found.code, found.source) == ("unknown-model", "ferrule")
        assert found.severity is types.DiagnosticSeverity.Error
        assert covered(wrong, found.range) == "Itm"
        assert found.message == "there is no model `Itm`\ndid you mean `Item`?"
        actions = await editor.ask(
            editor.client.text_document_code_action_async(
                types.CodeActionParams(
                    types.TextDocumentIdentifier(editor.uri()),
                    found.range,
                    types.CodeActionContext([found]),
                )
            )
        )
        assert actions is not None
        fix, fix_all = actions
        assert isinstance(fix, types.CodeAction)
        assert isinstance(fix_all, types.CodeAction)
        assert (fix.title, fix_all.kind) == ("Write `Item`", "source.fixAll.ferrule")
        for action in (fix, fix_all):
            assert action.edit is not None
            assert action.edit.changes is not None
            assert editor.applied(list(action.edit.changes[editor.uri()])) == SPEC
        editor.change(SPEC[:60], version=2)
        editor.change(wrong.replace("acme", "ac me", 1), version=3)
        later = await editor.findings(version=3)
        assert {each.code for each in later} >= {"unknown-model", "bad-name"}
        editor.change(SPEC, version=4)
        assert await editor.findings(version=4) == []
        editor.change("ferrule: 1\nconnector: [", version=5)
        assert [each.code for each in await editor.findings(version=5)] == ["unclosed-bracket"]

    drive(ferrule_lsp(), tmp_path, story)


def test_names_lead_somewhere_and_can_be_renamed(tmp_path: Path) -> None:
    async def story(editor: Editor) -> None:
        client = editor.client
        (tmp_path / "more.yaml").write_text("models:\n  Far: {id: string}\n")
        (tmp_path / "hooks.py").write_text("def sign(request):\n    pass\n")
        editor.open(SPEC)
        assert await editor.findings() == []
        (place,) = await _definition(editor, "list(It")
        assert (editor.text_in(place), place.range.start.line) == ("Item", 12)
        hover = await editor.ask(
            client.text_document_hover_async(types.HoverParams(**editor.at("https://${reg")))
        )
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert "ACME_REGION" in hover.contents.value
        edit = await editor.ask(
            client.text_document_rename_async(
                types.RenameParams(new_name="Thing", **editor.at("list(It"))
            )
        )
        assert edit is not None
        assert edit.changes is not None
        after = editor.applied(list(edit.changes[editor.uri()]))
        assert after == SPEC.replace("Item", "Thing")
        with pytest.raises(JsonRpcException, match="cannot be the name of this model"):
            await editor.ask(
                client.text_document_rename_async(
                    types.RenameParams(new_name="no name", **editor.at("list(It"))
                )
            )
        symbols = await editor.ask(
            client.text_document_document_symbol_async(
                types.DocumentSymbolParams(types.TextDocumentIdentifier(editor.uri()))
            )
        )
        assert symbols is not None
        named = {symbol.name: symbol for symbol in symbols}
        actions = named["actions"]
        assert isinstance(actions, types.DocumentSymbol)
        assert [child.name for child in actions.children or ()] == ["items.list", "items.get"]
        found = await editor.ask(
            client.text_document_references_async(
                types.ReferenceParams(
                    context=types.ReferenceContext(include_declaration=True), **editor.at("list(It")
                )
            )
        )
        assert [place.range.start.line for place in found or ()] == [7, 10, 12]

        typing = SPEC.replace("returns: Item", "returns: ")
        editor.change(typing)
        offered = await editor.ask(
            client.text_document_completion_async(
                types.CompletionParams(**editor.at("{item_id}\n    returns: "))
            )
        )
        assert isinstance(offered, list | tuple)
        assert [item.label for item in offered] == ["Item"]

        split = SPEC + "include: [more.yaml]\nhooks: {authorize: hooks.py:sign}\n"
        editor.change(split.replace("list(Item)", "list(Far)"), version=3)
        (far,) = await _definition(editor, "list(F")
        assert (far.uri, editor.text_in(far)) == (editor.uri("more.yaml"), "Far")
        (more,) = await _definition(editor, "[more")
        assert more.uri == editor.uri("more.yaml")
        (hook,) = await _definition(editor, "hooks.py:s")
        assert (hook.uri, editor.text_in(hook)) == (editor.uri("hooks.py"), "sign")

    drive(ferrule_lsp(), tmp_path, story)


async def _definition(editor: Editor, before: str) -> list[types.Location]:
    found = await editor.ask(
        editor.client.text_document_definition_async(types.DefinitionParams(**editor.at(before)))
    )
    assert isinstance(found, list | tuple)
    return [place for place in found if isinstance(place, types.Location)]


def test_what_is_wrong_in_an_included_file_is_told_there(tmp_path: Path) -> None:
    async def story(editor: Editor) -> None:
        (tmp_path / "models.yaml").write_text("models:\n  Item: {id: strng}\n")
        included = SPEC.partition("models:")[0] + "include: [models.yaml]\n"
        editor.open(included)
        (found,) = await editor.findings("models.yaml")
        assert (found.code, found.range.start.line) == ("bad-type", 1)
        (tmp_path / "models.yaml").write_text("models:\n  Item: {id: string}\n")
        editor.client.text_document_did_save(
            types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(editor.uri()))
        )
        assert await editor.findings("models.yaml") == []

    drive(ferrule_lsp(), tmp_path, story)


def test_other_yaml_is_left_alone_and_specs_are_formatted(tmp_path: Path) -> None:
    async def story(editor: Editor) -> None:
        table = tmp_path / "quiet" / "pyproject.toml"
        table.parent.mkdir()
        table.write_text('[tool.ferrule]\nignore = ["plain-http"]\n')
        for folder, told in (("quiet", []), ("loud", ["plain-http"])):
            editor.open(SPEC.replace("https:", "http:"), f"{folder}/spec.yaml")
            found = await editor.findings(f"{folder}/spec.yaml")
            assert [each.code for each in found] == told
        editor.open("services:\n  web: [\n", "compose.yaml")
        assert await editor.findings("compose.yaml") == []
        untidy = SPEC.replace("version: 1.0.0\n", "version:   1.0.0\n\n\n\n")
        editor.open(untidy)
        assert await editor.findings() == []
        edits = await editor.ask(
            editor.client.text_document_formatting_async(
                types.DocumentFormattingParams(
                    types.TextDocumentIdentifier(editor.uri()),
                    types.FormattingOptions(tab_size=2, insert_spaces=True),
                )
            )
        )
        tidy = formatted(SourceFile("spec.yaml", untidy), Report())
        assert editor.applied(list(edits or ())) == tidy != untidy

    drive(ferrule_lsp(), tmp_path, story)


def test_without_the_extra_it_says_how_to_get_it(
    ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    code, out, err = ferrule("lsp")
    assert (code, out) == (2, "")
    assert "pip install 'ferrule[lsp]'" in err

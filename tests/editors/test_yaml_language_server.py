"""The JSON Schema in the hands of yaml-language-server: what it offers, explains and marks."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from lsprotocol import types

from ferrule.cli.schema import SCHEMA_PATH, schema_text
from ferrule.cli.starter import Starter
from tests.conftest import skip_without_service
from tests.editors.client import Editor, covered, drive
from tests.services.real import REPOSITORY, RealService, ServiceMissingError, find_program

# Nothing is fetched: the only schema is the one that the first line of the spec names.
SETTINGS = {
    "validate": True,
    "hover": True,
    "completion": True,
    "schemaStore": {"enable": False},
    "keyOrdering": False,
}
MODELINE = f"# yaml-language-server: $schema={SCHEMA_PATH.as_posix()}\n"
HEAD = f"{MODELINE}ferrule: 1\nconnector: acme\nversion: 1.0.0\n"


def with_server(folder: Path, story: Callable[[Editor], Awaitable[None]]) -> None:
    service = RealService("yaml-language-server", "yaml-language-server", "", lambda *_: [])
    reason = ""
    try:
        program = find_program(service)
    except ServiceMissingError as missing:
        reason = str(missing)
    if reason:
        skip_without_service(reason)
    schema = folder / SCHEMA_PATH
    schema.parent.mkdir()
    schema.write_text(schema_text(), encoding="utf-8")
    drive([str(program), "--stdio"], folder, story, yaml=SETTINGS)


async def offered(editor: Editor, text: str, name: str) -> set[str]:
    """What is offered at the end of a text."""
    editor.open(text, name)
    found = await editor.ask(
        editor.client.text_document_completion_async(
            types.CompletionParams(**editor.at(text, name))
        )
    )
    items = found.items if isinstance(found, types.CompletionList) else found or ()
    return {item.label for item in items}


async def marked(editor: Editor, text: str, name: str) -> dict[str, str]:
    """What is marked, each with what is said about it."""
    editor.open(text, name)
    return {
        covered(text, finding.range): finding.message for finding in await editor.findings(name)
    }


def test_what_the_schema_gives_an_author(tmp_path: Path) -> None:
    async def story(editor: Editor) -> None:
        top = await offered(editor, HEAD + "b", "top.yaml")
        assert {"base_url", "auth", "actions", "models", "errors", "paging"} <= top
        kinds = await offered(editor, HEAD + "auth:\n  ", "auth.yaml")
        assert {"basic", "token", "oauth2", "custom"} <= kinds
        styles = await offered(editor, HEAD + "paging:\n  ", "paging.yaml")
        assert {"cursor", "page", "offset", "next_url"} <= styles
        of_action = await offered(editor, HEAD + "actions:\n  items.list:\n    ", "action.yaml")
        assert {"get", "post", "query", "returns", "replay"} <= of_action
        words = await offered(editor, HEAD + "settings:\n  region: ", "type.yaml")
        assert {"string", "secret", "integer"} <= words
        options = await offered(editor, HEAD + "settings:\n  region:\n    ", "option.yaml")
        assert {".type", ".doc", ".example"} <= options
        assert "30s" in await offered(editor, HEAD + "timeout: ", "timeout.yaml")
        outcomes = await offered(
            editor, HEAD + "errors:\n  rules:\n    - when: status == 409\n      then: ", "then.yaml"
        )
        assert {"retry", "fail", "limited"} <= outcomes

        editor.open(HEAD + "base_url: https://api.acme.com\n", "hover.yaml")
        hover = await editor.ask(
            editor.client.text_document_hover_async(
                types.HoverParams(**editor.at("base_u", "hover.yaml"))
            )
        )
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert (
            "What every path is appended to; `${setting}` looks a setting up"
            in hover.contents.value
        )

        wrong = HEAD + (
            "rate_limit: 400/minuts\n"
            "auth:\n  basci: {username: a, password: b}\n"
            "settings:\n  email: strng\n"
            "actions:\n  a.list: {get: /a, post: /b}\n"
        )
        said = await marked(editor, wrong, "wrong.yaml")
        assert "A rate is" in said["400/minuts"]
        assert "basci is not allowed" in said["basci"]
        assert "Not a type" in said["strng"]
        assert {"get", "post"} <= set(said)

    with_server(tmp_path, story)


def test_a_first_spec_and_a_real_one_have_no_marks(tmp_path: Path) -> None:
    async def story(editor: Editor) -> None:
        starter = Starter(
            "acme",
            "https://a.example",
            "oauth2",
            "/items",
            "https://a.example/token",
            SCHEMA_PATH.as_posix(),
        )
        assert await marked(editor, starter.text(), "first.yaml") == {}
        for spec in ("specs/zendesk", "specs/github", "docs/examples/mastodon"):
            text = (REPOSITORY / f"{spec}.yaml").read_text(encoding="utf-8")
            lines = [line for line in text.splitlines() if "yaml-language-server" not in line]
            text = MODELINE + "\n".join(lines) + "\n"
            assert await marked(editor, text, f"{Path(spec).name}.yaml") == {}

    with_server(tmp_path, story)

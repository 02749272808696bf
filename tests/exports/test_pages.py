"""Reference pages: what they say, and how they look and work in a real browser, from a folder."""

import ast
import html.parser
import os
import re
import shlex
import textwrap
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest

from ferrule.cli.main import main
from tests.conftest import skip_without_service
from tests.services.real import REPOSITORY

SCREENS = os.environ.get("FERRULE_SCREENSHOTS")
"""A folder into which pictures of the pages are written, for people to look at."""
HOSTILE = """\
ferrule: 1
connector: odd
version: 1.0.0
title: "Odd <script>alert(1)</script>"
description: |
  A *kind* word, [a link](https://example.com/x), [a bad one](javascript:alert(1)).

  ![picture](https://example.com/x.png) <img src=x onerror=alert(2)> | a | bar
base_url: https://api.odd.example/${region}
settings:
  region: {.type: string, .doc: "</td><script>alert(3)</script>"}
  key: secret
auth: {token: {value: "${key}", apply: header.X-Key}}
rate_limit: 5/second
errors: {codes: {NotFound: ["gone</td>"]}}
actions:
  things.make:
    summary: Make `it` </script><b>now</b>
    deprecated: use another
    post: /things/{id:integer}
    query: {tags?: list(string), must: boolean, "odd'name": string}
    body: {name: string, inner: {when: datetime, kind?: Kind}}
    returns: {200: Thing, 202: none}
  things.list: {get: /things, returns: list(Thing)}
  things.file: {get: "/things/file", returns: bytes, auth: none}
models:
  Kind: enum(a | b)
  Thing: {.doc: "A </script> thing.", kind: Kind, parent?: Thing | null}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of our own connectors and of a hostile one."""
    folder = tmp_path_factory.mktemp("pages")
    odd = folder / "odd.yaml"
    odd.write_text(HOSTILE)
    words = [str(REPOSITORY / "specs"), str(odd), "-o", str(folder / "site")]
    assert main(["docs", *words, "--output-format", "concise"]) == 0
    return folder / "site"


class Page(html.parser.HTMLParser):
    """Tags, links, anchors and code of a page; a tag that is not closed in its turn is a fault."""

    VOID = ("meta", "link", "input", "br", "hr")

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.code: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(path.read_text())
        assert self._open == [], path

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        assert not [name for name in given if name.startswith("on")]
        self.links += [each for name in ("href", "src") if (each := given.get(name))]
        self.ids += [each for each in (given.get("id"),) if each]
        if tag not in self.VOID:
            self._open.append(tag)
        if tag == "code":
            self.code.append((given.get("class") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "code" in self._open and self.code:
            kind, text = self.code[-1]
            self.code[-1] = (kind, text + data)


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_link_leads_somewhere_and_no_text_becomes_markup(site: Path) -> None:
    read = {path: Page(path) for path in pages(site)}
    allowed = {"script", "img"} & set().union(*(each.tags for each in read.values()))
    assert allowed == {"script"}
    for path, page in read.items():
        assert len(page.ids) == len(set(page.ids)), path
        assert path.read_text().count("<script") == 2, path
        for link in page.links:
            address, anchor = urldefrag(link)
            if address.startswith("https://"):
                continue
            target = (path.parent / unquote(address)).resolve() if address else path.resolve()
            assert target.is_file(), (path, link)
            if anchor and target.suffix == ".html":
                assert anchor in Page(target).ids, (path, link)


def test_examples_are_code_that_can_be_run(site: Path) -> None:
    kinds: dict[str, int] = {}
    for path in pages(site):
        for kind, text in Page(path).code:
            if kind == "python":
                ast.parse(text)
            elif kind == "sh":
                assert shlex.split(text)
            kinds[kind] = kinds.get(kind, 0) + 1
    assert kinds["python"] > 100
    assert kinds["sh"] > 100


def test_what_a_page_says(site: Path) -> None:
    text = (site / "odd" / "actions-things.md").read_text()
    assert "**Deprecated.** use another" in text
    assert "| `id_` (required) | `integer` | `path.id` |" in text
    assert "| `inner.when` (required) | `datetime` | `body` |" in text
    assert "async with AsyncOdd() as client:\n        result = await client.things.make(" in text
    assert 'download = await client.things.file()\n        await download.save("file.bin")' in text
    assert "ferrule call odd.yaml things.make \\\n    id_=1 \\\n    must=true" in text
    assert 'curl -X POST "https://api.odd.example/${ODD_REGION}/things/1?must=true' in text
    assert '-H "X-Key: ${ODD_KEY}"' in text
    (listing,) = re.findall(r'curl -X GET "https://api[^"]*/things" \\\n    -H', text)
    assert listing
    home = (site / "odd" / "index.html").read_text()
    assert "&lt;script&gt;alert(1)" in home
    assert 'href="javascript' not in home
    assert "5/second" in home
    assert "ODD_REGION" in home
    assert '"things.make"' in (site / "assets" / "search.js").read_text()


def test_the_same_specs_make_the_same_pages(site: Path, tmp_path: Path) -> None:
    spec = tmp_path / "odd.yaml"
    spec.write_text(HOSTILE)
    assert main(["docs", str(spec), "-o", str(tmp_path / "site")]) == 0
    for path in (tmp_path / "site" / "odd").iterdir():
        assert path.read_text() == (site / "odd" / path.name).read_text()


def test_a_spec_with_errors_writes_nothing(tmp_path: Path, capsys: Any) -> None:
    spec = tmp_path / "odd.yaml"
    spec.write_text(textwrap.dedent(HOSTILE).replace("post: /things", "pots: /things"))
    assert main(["docs", str(spec), "-o", str(tmp_path / "site")]) == 1
    assert "pots" in capsys.readouterr().out
    assert not (tmp_path / "site").exists()


# --- in a browser


@pytest.fixture(scope="module")
def axe() -> str:
    """The accessibility checker, as `make services` installs it."""
    folder = Path(os.environ.get("FERRULE_SERVICES") or REPOSITORY / ".services")
    path = folder / "lib" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        skip_without_service("axe-core is not installed; `make services` does it")
    return path.read_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_pages_are_accessible_and_fit(
    chromium: Any, site: Path, axe: str, scheme: str, width: int
) -> None:
    size = {"width": width, "height": 900}
    context = chromium.new_context(viewport=size, color_scheme=scheme)
    fetched: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: fetched.append(request.url))
    names = ("index", "stripe/index", "stripe/models", "zendesk/actions-tickets", "odd/errors")
    for name in names:
        page.goto((site / f"{name}.html").as_uri())
        if SCREENS:
            picture = Path(SCREENS) / f"{name.replace('/', '-')}-{width}-{scheme}.png"
            page.screenshot(path=picture, full_page=True)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {preload: false})")
        assert found["violations"] == [], name
        too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(too_wide), name
    assert [each for each in fetched if not each.startswith("file:")] == []
    context.close()


def test_search_tabs_theme_and_copies_work_from_a_folder(chromium: Any, site: Path) -> None:
    context = chromium.new_context(color_scheme="light")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((site / "zendesk" / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("tickets.create")
    assert page.locator("#found a").first.text_content().startswith("tickets.create")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zendesk/actions-tickets.html#tickets-create")
    action = page.locator("#tickets-create")
    assert "with Zendesk()" in action.locator("pre:visible").text_content()
    action.get_by_role("tab", name="curl").click()
    assert "curl -X POST" in action.locator("pre:visible").text_content()
    # The choice of a language counts for the whole page.
    assert "curl -X GET" in page.locator("#tickets-get pre:visible").text_content()
    action.get_by_role("button", name="Copy").click()
    action.get_by_role("button", name="Copied").wait_for()
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.evaluate(paper) != light
    page.goto((site / "index.html").as_uri())
    assert page.evaluate(paper) != light
    page.get_by_role("searchbox").fill("no such thing at all")
    assert page.locator("#found").text_content() == "Nothing found"
    assert faults == []
    context.close()


def test_pages_can_be_read_without_script(chromium: Any, site: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "zendesk" / "actions-tickets.html").as_uri())
    assert page.locator("#tickets-get pre:visible").count() == 4
    context.close()

"""Fills the templates of the pages: HTML, Markdown, style, script and the index for searching."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from ferrule.document_text import markdown, markdown_cell, markdown_lines
from ferrule.forms.reference import Reference
from ferrule.template_files import templates_folder

ASSETS = ("style.css", "site.js")
_MODEL_NAME = re.compile(r"\b[A-Z][A-Za-z0-9_]*\b")


def site_files(references: Iterable[Reference]) -> dict[str, str]:
    """Every file of the site by its path, in order."""
    found = sorted(references, key=lambda each: each.title.lower())
    folder = templates_folder() / "docs"
    environment = _environment(folder)
    files = {f"assets/{name}": (folder / "assets" / name).read_text("utf-8") for name in ASSETS}
    files["assets/search.js"] = f"window.FERRULE_INDEX = {_json(list(_entries(found)))};\n"
    files["index.html"] = _filled(environment, "index.html", references=found, root="")
    files["index.md"] = _filled(environment, "index.md", references=found)
    for each in found:
        files |= _of_one(environment, each, found)
    return files


def _of_one(
    environment: Environment, reference: Reference, all_of_them: list[Reference]
) -> dict[str, str]:
    models = {each.name for each in reference.models}
    values: dict[str, Any] = {
        "reference": reference,
        "references": all_of_them,
        "root": "../",
        "linked": _linker(models),
    }
    files: dict[str, str] = {}
    for page in ("index", "models", "errors"):
        files[f"{page}.html"] = _filled(environment, f"{page_of(page)}.html", page=page, **values)
        files[f"{page}.md"] = _filled(environment, f"{page_of(page)}.md", page=page, **values)
    for resource in reference.resources:
        more = {**values, "resource": resource, "page": resource.slug}
        files[f"{resource.slug}.html"] = _filled(environment, "resource.html", **more)
        files[f"{resource.slug}.md"] = _filled(environment, "resource.md", **more)
    return {f"{reference.connector}/{name}": text for name, text in files.items()}


def page_of(page: str) -> str:
    """The template of a page of a connector."""
    return "connector" if page == "index" else page


def _entries(references: list[Reference]) -> Iterator[list[str]]:
    """What can be searched: title, what it is, address."""
    for each in references:
        home = each.connector
        yield [each.title, "connector", f"{home}/index.html"]
        for resource in each.resources:
            for action in resource.actions:
                what = f"{each.title} · {action.verb} {action.path} · {action.summary}"
                yield [action.key, what, f"{home}/{resource.slug}.html#{action.anchor}"]
        for model in each.models:
            yield [model.name, f"{each.title} · model", f"{home}/models.html#{model.anchor}"]
        for error in each.errors:
            yield [error.name, f"{each.title} · error · {error.doc}", f"{home}/errors.html"]


def _linker(models: set[str]) -> Any:
    """Makes links of the models in a type."""

    def linked(text: str) -> Markup:
        pieces: list[str] = []
        end = 0
        for met in _MODEL_NAME.finditer(text):
            if met[0] in models:
                pieces.append(str(escape(text[end : met.start()])))
                pieces.append(f'<a href="models.html#{met[0]}">{escape(met[0])}</a>')
                end = met.end()
        pieces.append(str(escape(text[end:])))
        return Markup("".join(pieces))  # noqa: S704 - every piece is escaped above

    return linked


def _json(value: Any) -> str:
    """JSON that can stand in a script: nothing in it ends one."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e")


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": False, "linkify": False})
    # Images would be fetched: a page needs no network.
    return reader.enable("table").disable("image")


def html_of(text: str) -> Markup:
    """Markdown of a spec as HTML: no tags of its own, no images, no headings of the page's rank."""
    made = _reader().render(text)
    made = re.sub(r"<(/?)h[1-6]>", r"<\1p>", made)
    made = made.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    made = made.replace("</table>", "</table></div>")
    # The renderer escapes all texts: what is left are its own tags.
    return Markup(made)  # noqa: S704


def html_line(text: str) -> Markup:
    """Markdown of one line, without a paragraph around it."""
    return Markup(_reader().renderInline(" ".join(text.split())))  # noqa: S704


@cache
def _environment(folder: Path) -> Environment:
    made = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=select_autoescape(("html.jinja",), default=False),
    )
    made.filters["html"] = html_of
    made.filters["html_line"] = html_line
    made.filters["md"] = markdown
    made.filters["md_cell"] = markdown_cell
    made.filters["md_lines"] = markdown_lines
    return made


def _filled(environment: Environment, name: str, **values: Any) -> str:
    text = environment.get_template(f"{name}.jinja").render(values)
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"

"""Renders pages: templates that escape everything, headers that allow nothing but our own files."""

import functools
import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.responses import Response

from ferrule_providers.clock import as_text

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
STATIC_TYPES = {
    "htmx.min.js": "text/javascript; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

STATE_WORDS = {
    "not_configured": "Not set up",
    "configured": "Set up, not verified",
    "verified": "Working",
    "needs_attention": "Needs attention",
}


@functools.cache
def environment() -> Environment:
    """The templates. A name that a page does not give is an error, not a blank."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.globals["state_words"] = STATE_WORDS
    made.filters["moment"] = moment
    made.filters["machine"] = as_text
    made.filters["minute"] = minute
    made.filters["plain"] = plain
    return made


def page(template: str, *, status: int = 200, **values: Any) -> Response:
    """A whole page, or a part of one."""
    text = environment().get_template(template).render(**values)
    return Response(
        text,
        status_code=status,
        media_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": POLICY},
    )


def part(template: str, block: str, **values: Any) -> Response:
    """One block of a template, for a script that swaps it into the page."""
    loaded = environment().get_template(template)
    context = loaded.new_context(values)
    text = "".join(loaded.blocks[block](context))
    return Response(
        text, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY}
    )


@functools.cache
def static_file(name: str) -> tuple[bytes, str, str] | None:
    """A vendored file: its bytes, its type and the digest that names this version of it."""
    if name not in STATIC_TYPES:
        return None
    content = (STATIC / name).read_bytes()
    return content, STATIC_TYPES[name], hashlib.sha256(content).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a vendored file; it changes when the file does."""
    found = static_file(name)
    assert found is not None
    return f"/admin/static/{name}?v={found[2]}"


def plain(value: Any) -> Markup:
    """The value of a setting as people write it; what is read from the right moves nothing else."""
    if isinstance(value, bool):
        return Markup("yes") if value else Markup("no")
    if isinstance(value, (list, tuple)):
        return Markup(", ").join(map(plain, value))
    if isinstance(value, dict):
        return Markup(", ").join(
            Markup("{}={}").format(plain(key), plain(inner)) for key, inner in value.items()
        )
    return Markup("<bdi>{}</bdi>").format(str(value))


def minute(text: str) -> str:
    """A moment that is stored as text, for people."""
    return moment(datetime.fromisoformat(text))


def moment(value: datetime | None) -> str:
    """A moment for people, in UTC."""
    return "never" if value is None else value.strftime("%Y-%m-%d %H:%M UTC")

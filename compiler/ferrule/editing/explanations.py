"""Says in a few lines of Markdown what a name in a spec stands for."""

from __future__ import annotations

from typing import Any

from ferrule.editing.documents import Document
from ferrule.editing.mentions import Mention, Name, is_same
from ferrule.forms.spec import METHODS

_MOST_LINES = 25
_ROOTS = {
    "token": "the token that signs requests",
    "now": "the time of the call",
    "nonce": "a random text, new for each request",
    "input": "an argument of the call",
    "request": "the request that is being signed",
    "redirect": "what a sign-in in the browser came back with",
}


def explained(document: Document, mention: Mention) -> str | None:
    """What the name stands for: its kind, what its declaration says, how a caller gives it."""
    name = mention.name
    for each in (document, *document.parts):
        for declared in each.mentions:
            if declared.is_declaration and is_same(declared.name, name):
                return _declared(document, each, declared)
    if name.kind == "lookup" and name.text in _ROOTS:
        return f"**{name.text}**: {_ROOTS[name.text]}"
    return None


def _declared(document: Document, home: Document, mention: Mention) -> str:
    name = mention.name
    lines = [f"**{name.kind} {name.text}**"]
    value = _value(home, mention)
    if name.kind == "setting":
        connector = _value_of(document, "connector")
        if isinstance(connector, str):
            lines.append(f"given as an argument, or as `{connector.upper()}_{name.text.upper()}`")
    elif name.kind == "action" and isinstance(value, dict):
        lines += _of_action(name, value)
    if home is not document:
        lines.append(f"from `{home.file.name}`")
    snippet = _snippet(home, mention)
    return "\n\n".join([*lines, f"```yaml\n{snippet}\n```"])


def _of_action(name: Name, form: dict[str, Any]) -> list[str]:
    summary = form.get("summary")
    request = next((f"`{key.upper()} {form[key]}`" for key in METHODS if key in form), "")
    told = [request, f"`client.{name.text}(…)`", summary if isinstance(summary, str) else ""]
    return [part for part in told if part]


def _value_of(document: Document, key: str) -> Any:
    return None if document.tree is None else document.tree.data.get(key)


def _value(document: Document, mention: Mention) -> Any:
    value: Any = None if document.tree is None else document.tree.data
    for part in mention.path:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _snippet(document: Document, mention: Mention) -> str:
    """The lines of a declaration as they stand, less their indentation."""
    assert document.tree is not None
    source = document.source
    first = source.position(mention.span.start)[0]
    end = document.tree.value_span(mention.path).end
    last = max(first, source.position(max(mention.span.end, end - 1))[0])
    lines = [source.line(number) for number in range(first, min(last, first + _MOST_LINES - 1) + 1)]
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    if last - first >= _MOST_LINES:
        lines.append(" " * indent + "…")
    return "\n".join(line[indent:] for line in lines)

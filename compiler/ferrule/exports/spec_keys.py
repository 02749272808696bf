"""Writes down every key of a spec, by where it stands, as a page of Markdown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from ferrule.exports import schema_words as words
from ferrule.exports.json_schema import editor_schema
from ferrule.exports.schema_words import Node

_WORDS = {
    words.TYPE["pattern"]: "a type",
    words.PARAM["pattern"]: "a type",
    words.SETTING["pattern"]: "a type of a setting",
    words.RETURNS["pattern"]: "a result",
    words.REQUEST_PLACE["pattern"]: "a place in the request",
    words.ANSWER_PLACE["pattern"]: "a place in the answer",
    words.DURATION["pattern"]: "a duration",
    words.BACKOFF["pattern"]: "a backoff",
    words.RATE["pattern"]: "a rate",
    words.WAIT["pattern"]: "a wait",
    words.PATH["pattern"]: "a path",
    words.OUTCOME["pattern"]: "an outcome or an error class",
    words.matching("none", "")["pattern"]: "`none`",
    words.matching("[A-Za-z][A-Za-z0-9_-]*", "")["pattern"]: "a name, or `none`",
}
_BY_OFFER = (
    (words.CONDITION["defaultSnippets"], "a condition"),
    (words.TEMPLATE["defaultSnippets"], "text, in which `${name}` looks something up"),
)
_PLAIN = {
    "string": "text",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a map",
    "null": "null",
}
_BAR = "\\|"
_BEGINNING = """\
# Every key of a spec

What may stand where, key by key; the same that an editor shows. [Writing specs](writing-specs.md)
tells how they work together. Keys that begin with `x-` are yours: Ferrule passes over them.

"""


def keys_page() -> str:
    """The page, as Markdown: the keys of a spec, then each part in the order of its mention."""
    schema = editor_schema()
    parts = {name: schema["$defs"][name] for name in _mentioned(schema)}
    places = _places(parts)
    sections = [_section("A spec", schema, places)]
    sections += [_section(name, parts[name], places) for name in parts if places.get(name) == name]
    return _BEGINNING + "\n".join(sections)


def _places(parts: dict[str, Node]) -> dict[str, str]:
    """The section in which the keys of each part stand: the first one that has the same keys."""
    places: dict[str, str] = {}
    for name, part in parts.items():
        if "properties" in part:
            same = (other for other in places if parts[other]["properties"] == part["properties"])
            places[name] = next(same, name)
    return places


def _mentioned(schema: Node) -> dict[str, None]:
    """The parts of the language in the order in which a reader meets them."""
    found: dict[str, None] = {}
    waiting: list[Node] = [schema["properties"]]
    while waiting:
        for name in _references(waiting.pop(0)):
            if name not in found:
                found[name] = None
                waiting.append(schema["$defs"][name])
    return found


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, inner in node.items():
            if key == "$ref":
                yield inner.rpartition("/")[2]
            else:
                yield from _references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _references(inner)


def _section(title: str, part: Node, places: dict[str, str]) -> str:
    lines = [f"## {title}", ""]
    beside = _beside(part, places)
    lines += [beside, ""] if beside else []
    lines += ["| key | what it says | what stands there |", "|---|---|---|"]
    for key, node in part["properties"].items():
        cells = (f"`{key}`", node["description"], _given(node, places))
        # Inside a table a bar ends the cell, in backticks too.
        lines.append(f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |")
    return "\n".join([*lines, ""])


def _beside(part: Node, places: dict[str, str]) -> str:
    """What may stand instead of the keys, and beside them."""
    told = []
    short = [_kind(kind, part, places) for kind in _kinds(part) if kind != "object"]
    if short:
        told.append(f"In short: {' or '.join(short)}.")
    others = part.get("additionalProperties")
    if isinstance(others, dict):
        told.append(f"Other keys are names, each with {_given(others, places)}.")
    return " ".join(told)


def _given(node: Node, places: dict[str, str]) -> str:
    """What may stand behind a key, in a few words."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if name not in places:
            return "a map of values" if name == "values" else "any value"
        return f"[{places[name]}](#{places[name]})"
    if "enum" in node:
        return ", ".join(f"`{word}`" for word in node["enum"])
    shown = [_kind(kind, node, places) for kind in _kinds(node)]
    return " or ".join(dict.fromkeys(shown)) or "any value"


def _kinds(node: Node) -> list[str]:
    kinds = node.get("type", [])
    return [kinds] if isinstance(kinds, str) else kinds


def _kind(kind: str, node: Node, places: dict[str, str]) -> str:
    if kind == "string":
        offered = node.get("defaultSnippets")
        told = next((told for known, told in _BY_OFFER if known == offered), "text")
        return _WORDS.get(node.get("pattern", ""), told)
    if kind == "array" and node.get("items"):
        return f"a list, each {_given(node['items'], places)}"
    if kind == "object" and isinstance(node.get("additionalProperties"), dict):
        inner = _given(node["additionalProperties"], places)
        return "a map" if inner == "any value" else f"a map, each {inner}"
    return _PLAIN[kind]


if __name__ == "__main__":
    sys.stdout.write(keys_page())

"""Finds every name of the author's in a spec: where it is declared, and where it is meant.

Works on the tree of any document that is YAML, right or wrong, so that an editor can help while
somebody types; a word that cannot be read mentions nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from ferrule.forms.spec import METHODS
from ferrule.forms.tree import Path, Span, SpecTree
from ferrule.words import (
    WordError,
    ast,
    parse_param,
    parse_path_template,
    parse_read_place,
    parse_returns,
    parse_template,
)

MAPS = {
    "models": "model",
    "settings": "setting",
    "values": "value",
    "hosts": "host",
    "rate_limits": "limit",
    "auths": "auth",
    "pagings": "paging",
    "actions": "action",
}
"""The maps of a spec whose keys declare names, each with what it declares."""

LOOKED_UP = ("setting", "value")
"""What `${name}` finds: one name space."""

FILES = ("include", "extends", "hooks")
"""Keys whose texts name files."""

# Keys under which a text is words for people, or a value of the service's.
_NOT_TYPES = frozenset(
    [
        "summary",
        "description",
        "docs",
        "title",
        "deprecated",
        "scopes",
        "auth",
        "limit",
        "paging",
        "idempotency_key",
        "send",
        "arrays",
        "host",
        "url",
        "method",
        "replay",
        "cache",
        "cost",
        "timeout",
        "retry",
        "rules",
        "codes",
        "statuses",
        "ok",
        "code",
        "message",
        "request_id",
        ".doc",
        ".default",
        ".example",
        ".enum",
        ".pattern",
        ".format",
        ".py",
        ".style",
        ".by",
        ".wrap",
        ".part",
        ".const",
        ".deprecated",
        ".strip",
        ".filename",
        ".one_of_fields",
        ".min",
        ".max",
        "examples",
        "hooks",
    ]
)
_NOT_LOOKED_UP = frozenset(
    ("summary", "description", "docs", "title", ".doc", ".example", ".deprecated", "examples")
)
_WITH_TYPES = ("settings", "models", "envelope", "errors", "actions", "triggers")
_WITH_LET = ("actions", "auth", "auths", "test", "triggers")
_OF_THE_SERVICE = ("body", "body?", "bodies", "query", "headers", "cookies", "envelope", "models")
_PARSERS: tuple[Callable[[str], ast.Node], ...] = (parse_returns, parse_param, parse_read_place)
_ALTERNATIVE = re.compile(r"[^\s+]+")


class Name(Struct, frozen=True):
    """Something that the author named. `scope` is the action that a parameter belongs to."""

    kind: str
    text: str
    scope: str = ""


class Mention(Struct, frozen=True):
    """Where a name stands: in its declaration, or where it is meant. `path` is that of the key or
    the word in the spec.
    """

    name: Name
    span: Span
    path: Path
    is_declaration: bool = False


def mentions_of(tree: SpecTree) -> list[Mention]:
    """Every mention, in order of place."""
    found = [*_declarations(tree), *_parameters(tree), *_errors(tree), *_uses(tree)]
    return sorted(set(found), key=lambda each: (each.span, not each.is_declaration))


def is_declared(name: Name, among: list[Mention]) -> bool:
    """Whether the spec itself declares the name."""
    return any(each.is_declaration and is_same(each.name, name) for each in among)


def is_same(one: Name, other: Name) -> bool:
    """Whether two mean the same thing: what is looked up may be a setting or a value."""
    if one == other:
        return True
    return (one.text, one.scope) == (other.text, other.scope) and {one.kind, other.kind} <= {
        *LOOKED_UP,
        "lookup",
    }


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


# --- declarations ---


def _declarations(tree: SpecTree) -> Iterator[Mention]:
    for key, kind in MAPS.items():
        for written in _map(tree.data.get(key)):
            name = written.removesuffix("?") if kind == "setting" else written
            span = tree.inside_key((key, written), 0, len(name))
            yield Mention(Name(kind, name), span, (key, written), is_declaration=True)
    for kept in _kept(tree.data):
        name = str(kept[-1])
        span = tree.inside_key(kept, 0, len(name))
        yield Mention(Name("value", name), span, kept, is_declaration=True)
    for choice in _map(_map(tree.data.get("auth")).get("one_of")):
        path: Path = ("auth", "one_of", choice)
        span = tree.inside_key(path, 0, len(choice))
        yield Mention(Name("auth", choice), span, path, is_declaration=True)


def _kept(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of what requests keep for later ones, under `let`."""
    named = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in named:
        if not isinstance(inner, dict | list) or key in _OF_THE_SERVICE:
            continue
        if key == "let" and path and path[0] in _WITH_LET:
            yield from ((*path, "let", name) for name in _map(inner))
        else:
            yield from _kept(inner, (*path, key))


def _parameters(tree: SpecTree) -> Iterator[Mention]:
    """The parameters of paths: `{id}` declares one, unless `path:` does."""
    for action, form in _map(tree.data.get("actions")).items():
        declared = _map(_map(form).get("path"))
        for name in declared:
            path: Path = ("actions", action, "path", name)
            span = tree.inside_key(path, 0, len(name))
            yield Mention(Name("parameter", name, action), span, path, is_declaration=True)
        for method in METHODS:
            target = _map(form).get(method)
            path = ("actions", action, method)
            for node in _nodes(_read(parse_path_template, target)):
                if isinstance(node, ast.PathParam):
                    start = node.start + 1
                    span = tree.inside(path, start, start + len(node.name))
                    is_first = node.name not in declared
                    yield Mention(Name("parameter", node.name, action), span, path, is_first)


def _errors(tree: SpecTree) -> Iterator[Mention]:
    """The error classes that codes and statuses declare, and where rules raise them."""
    homes: list[Path] = [("errors",)]
    homes += [("actions", action, "errors") for action in _map(tree.data.get("actions"))]
    for home in homes:
        form = _map(_at(tree, home))
        for key in ("codes", "statuses"):
            for name in _map(form.get(key)):
                if name[:1].isupper():
                    path: Path = (*home, key, name)
                    span = tree.inside_key(path, 0, len(name))
                    yield Mention(Name("error", name), span, path, is_declaration=True)
        rules = form.get("rules")
        for number, rule in enumerate(rules if isinstance(rules, list) else ()):
            then = _map(rule).get("then")
            if isinstance(then, str) and then[:1].isupper():
                path = (*home, "rules", number, "then")
                yield Mention(Name("error", then), tree.inside(path, 0, len(then)), path)


def _at(tree: SpecTree, path: Path) -> Any:
    value: Any = tree.data
    for part in path:
        value = _map(value).get(str(part))
    return value


# --- uses ---


def _uses(tree: SpecTree) -> Iterator[Mention]:
    for path, text in texts_of(tree.data):
        if path[0] in FILES or any(str(part).startswith("x-") for part in path):
            continue
        if not _NOT_LOOKED_UP & set(path):
            yield from _looked_up(tree, path, text)
        if path[0] in _WITH_TYPES and not _is_no_type(path):
            yield from _models(tree, path, text)
        yield from _named(tree, path, text)


def texts_of(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a document, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts_of(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from texts_of(each, (*path, number))


def _is_no_type(path: Path) -> bool:
    """Whether a text is no type, by the Ferrule key above it: of an action, of `errors`, a dot key.

    Keys of the service's may be called the same; they stand deeper.
    """
    own = {part for part in path if isinstance(part, str) and part.startswith(".")}
    if path[0] == "actions":
        own |= set(map(str, path[2:3])) | (set(map(str, path[3:4])) if "errors" in path else set())
    elif path[0] == "errors":
        own |= set(map(str, path[1:2]))
    return bool(own & _NOT_TYPES) or (path[0] == "actions" and bool(own & set(METHODS)))


def _looked_up(tree: SpecTree, path: Path, text: str) -> Iterator[Mention]:
    if path[0] == "values" and path[-1] == ".by":
        yield Mention(Name("lookup", text), tree.inside(path, 0, len(text)), path)
    if "${" not in text:
        return
    for node in _nodes(_read(parse_template, text)):
        if isinstance(node, ast.Reference):
            name = node.names[0]
            found = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)").search(text, node.start)
            if found is not None:
                yield Mention(Name("lookup", name), tree.inside(path, *found.span()), path)


def _models(tree: SpecTree, path: Path, text: str) -> Iterator[Mention]:
    for parse in _PARSERS:
        read = _read(parse, text)
        if read is None:
            continue
        for node in _nodes(read):
            if isinstance(node, ast.ModelType):
                end = node.start + len(node.name)
                yield Mention(Name("model", node.name), tree.inside(path, node.start, end), path)
        return


def _named(tree: SpecTree, path: Path, text: str) -> Iterator[Mention]:
    """Names that stand as themselves: of hosts, limits, pagings, kinds of auth."""
    key = path[-1] if isinstance(path[-1], str) else path[-2] if len(path) > 1 else ""
    is_of_action = len(path) > 2 and path[0] == "actions" and path[2] == key
    if key == "host" and (is_of_action or path[0] in ("test", "auth", "auths")):
        yield Mention(Name("host", text), tree.inside(path, 0, len(text)), path)
    elif is_of_action and key in ("limit", "paging") and text != "none":
        yield Mention(Name(str(key), text), tree.inside(path, 0, len(text)), path)
    elif key == "auth" and (is_of_action or path == ("auth",)):
        for found in _ALTERNATIVE.finditer(text):
            if found[0] not in ("none", "current"):
                yield Mention(Name("auth", found[0]), tree.inside(path, *found.span()), path)


def _read(parse: Callable[[str], ast.Node], text: object) -> ast.Node | None:
    if not isinstance(text, str):
        return None
    try:
        return parse(text)
    except WordError:
        return None


def _nodes(node: ast.Node | None) -> Iterator[ast.Node]:
    """A node and every node inside it."""
    if node is None:
        return
    yield node
    for field in node.__struct_fields__:
        value = getattr(node, field)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, ast.Node):
                yield from _nodes(each)

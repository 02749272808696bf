"""Names for operations, from their paths: `charges.capture`, `users.list`, `repos.issues.get`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ferrule.imports.openapi.english import (
    VERBS,
    is_plural,
    less_parent,
    singular,
    snake,
)
from ferrule.imports.openapi.name_clashes import resolve_clashes
from ferrule.imports.openapi.routes import (
    PARAM,
    Route,
    Tree,
    without_shared_beginnings,
)

_MOST_LEVELS = 3
_RPC_SHARE = 0.7
_ITEM = {
    "get": "get",
    "put": "update",
    "patch": "update",
    "delete": "delete",
    "post": "update",
    "head": "head",
    "options": "options",
}
_WHOLE = {
    "get": "get",
    "post": "create",
    "put": "replace_all",
    "patch": "update_all",
    "delete": "delete_all",
    "head": "head",
    "options": "options",
}
_SINGLE = {**_WHOLE, "put": "update", "patch": "update", "delete": "delete"}


def name_actions(routes: Sequence[Route], *, fixed: dict[int, str] | None = None) -> None:
    """Give each route its resource and method. `fixed` are names that are given, by number."""
    known = fixed or {}
    without_shared_beginnings(routes)
    tree = Tree()
    for route in routes:
        tree.add(route)
    is_rpc = _is_rpc(routes)
    nouns = {"_".join(route.procedure[1:]) for route in routes}
    plurals = {singular(noun): noun for noun in nouns if is_plural(noun)}
    for number, route in enumerate(routes):
        if number in known:
            *resource, method = known[number].split(".")
            route.resource, route.method = tuple(resource), method
            continue
        if any(route.procedure):
            _name_by_procedure(route, plurals)
        elif is_rpc:
            _name_rpc(route)
        elif not _name_as_told(route):
            _name_by_path(route, tree)
    _shorten(routes, known)
    resolve_clashes(routes, tree, frozenset(known))


def _is_rpc(routes: Sequence[Route]) -> bool:
    """Whether the paths are names of procedures: nearly all are POST and hold no parameter."""
    if len(routes) < 4:
        return False
    calls = sum(route.operation.method == "post" and PARAM not in route.parts for route in routes)
    return calls >= _RPC_SHARE * len(routes)


def _name_rpc(route: Route) -> None:
    words = [part for word in route.words for part in _parts_of_procedure(word)]
    route.method = words[-1] if words else "call"
    route.resource = _nested(words[:-1])


def _name_by_procedure(route: Route, plurals: Mapping[str, str]) -> None:
    """`DescribeThing` is `things.describe`, beside `ListThings`."""
    verb, *words = route.procedure
    noun = "_".join(words)
    route.resource, route.method = (plurals.get(noun, noun),) if noun else (), verb


def _parts_of_procedure(word: str) -> list[str]:
    return [word]


def _name_as_told(route: Route) -> bool:
    """Names that a document gives for the very purpose."""
    value = route.operation.node.value
    group, method = value.get("x-fern-sdk-group-name"), value.get("x-fern-sdk-method-name")
    if method is None:
        group, method = value.get("x-speakeasy-group"), value.get("x-speakeasy-name-override")
        group = group.split(".") if isinstance(group, str) else group
    groups = [group] if isinstance(group, str) else group
    if not isinstance(method, str) or not isinstance(groups, list) or not groups:
        return False
    resource = tuple(snake(str(each)) for each in groups)
    if not snake(method) or not all(resource):
        return False
    route.resource, route.method = resource, snake(method)
    return True


def _name_by_path(route: Route, tree: Tree) -> None:
    words, method = route.words, route.operation.method
    if not words:
        route.resource, route.method = _of_root(route), _of_item(route, tree)
        return
    if route.verb:
        route.resource, route.method = _nested(words), route.verb
        return
    if route.parts[-1] == PARAM:
        route.resource, route.method = _nested(words), _of_item(route, tree)
        return
    last, above = words[-1], words[:-1]
    if _is_procedure(route, tree, last):
        if method == "get":
            is_list = route.returns_list and is_plural(last)
            named = last if last.split("_", 1)[0] in VERBS else None
            named = "list" if last == "ls" else named
            route.method = named or (f"list_{last}" if is_list else f"get_{last}")
        else:
            route.method = last
        if above:
            route.method = less_parent(route.method, tuple(above))
            route.resource = _nested(above)
        else:
            is_verb = last.split("_", 1)[0] in VERBS
            route.resource = () if is_verb else (last,)
            route.method = last if is_verb else _of_whole(route, tree, last)
        return
    route.resource, route.method = _nested(words), _of_whole(route, tree, last)


def _of_root(route: Route) -> tuple[str, ...]:
    """What stands at the root of a service is called as its tag calls it."""
    tags = [snake(tag) for tag in route.operation.tags]
    return (tags[0],) if tags and tags[0] else ("root",)


def _is_procedure(route: Route, tree: Tree, last: str) -> bool:
    """Whether the last word of a path does something rather than being something."""
    node, method = route.node, route.operation.method
    if method in ("delete", "head", "options"):
        return False
    if not tree.is_end(node) or len(tree.methods[node]) > 1:
        return False
    is_verb = last.split("_", 1)[0] in VERBS
    if method == "get":
        has_owner = len(route.words) > 1
        return is_verb or (has_owner and not is_plural(last))
    return is_verb or not is_plural(last)


def _of_item(route: Route, tree: Tree) -> str:
    """The method of one item, whose parameter ends the path."""
    method, methods = route.operation.method, tree.methods[route.node]
    if method == "get" and route.returns_list and route.pages:
        return "list"
    if method == "put" and "patch" in methods:
        return "replace"
    if method == "post" and methods & {"put", "patch"}:
        return "create"
    return _ITEM[method]


def _of_whole(route: Route, tree: Tree, last: str) -> str:
    """The method of a collection, or of something that there is once."""
    method, node = route.operation.method, route.node
    methods = tree.methods[node]
    is_collection = tree.has_item(node) or (is_plural(last) and "post" in methods)
    if method == "get":
        if tree.has_item(node):
            return "list"
        is_list = route.returns_list and (is_plural(last) or route.pages)
        return "list" if is_list or (route.pages and is_plural(last)) else "get"
    if is_collection:
        return _WHOLE[method]
    if method == "put" and "patch" in methods:
        return "replace"
    return _SINGLE[method]


def _nested(words: Sequence[str]) -> tuple[str, ...]:
    """Words as resources inside each other; none says again what the one around it says."""
    found: tuple[str, ...] = ()
    for word in words:
        short = less_parent(word, found)
        if found and short == found[-1]:
            continue
        found = (*found, short)
    return found


def _shorten(routes: Sequence[Route], known: dict[int, str]) -> None:
    """Resources that lie too deep keep the first and the last two words, where that is clear."""
    wholes: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for route in routes:
        wholes.setdefault(_short(route.resource), set()).add(route.resource)
    taken = {route.resource for route in routes if len(route.resource) <= _MOST_LEVELS}
    for number, route in enumerate(routes):
        short = _short(route.resource)
        if number in known or short == route.resource:
            continue
        if len(wholes[short]) == 1 or short not in taken:
            route.dropped += [word for word in route.resource if word not in short]
            route.resource = short


def _short(resource: tuple[str, ...]) -> tuple[str, ...]:
    if len(resource) <= _MOST_LEVELS:
        return resource
    return (resource[0], *resource[-2:])

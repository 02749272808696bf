"""Makes names of actions differ: from each other, from resources, and from what clients have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ferrule import naming
from ferrule.imports.openapi.english import less_parent, snake
from ferrule.imports.openapi.routes import Route, Tree

_VERB_OF = {"get": "get", "post": "create", "put": "replace", "patch": "update", "delete": "delete"}
_RANK = {"post": 0, "get": 1, "put": 2, "patch": 3, "delete": 4, "head": 5, "options": 6}
_CLIENT_METHODS = frozenset(naming.CLIENT_ATTRIBUTES - {"cached_property", "omit", "overload"})
_TAKEN_METHODS = frozenset(("with_raw_response",))
_LONGEST = 60
_ROUNDS = 4


def resolve_clashes(routes: Sequence[Route], tree: Tree, fixed: frozenset[int]) -> None:
    """Change names until all differ in Python too. Numbers in `fixed` keep theirs."""
    free = [route for number, route in enumerate(routes) if number not in fixed]
    held = [routes[number] for number in sorted(fixed)]
    for route in free:
        _well_formed(route)
    for _ in range(_ROUNDS):
        _move_down(free, held, tree)
        _merge_twin_resources(free, held)
        if not _tell_apart(free, held):
            break
    _cut_long(free, held)
    _move_down(free, held, tree)
    _merge_twin_resources(free, held)
    _number(free, held)


def _well_formed(route: Route) -> None:
    route.resource = tuple(_part(word) for word in route.resource if _part(word))
    route.method = _part(route.method) or "call"
    first = route.name[0]
    if first in _CLIENT_METHODS or naming.snake(first) in _CLIENT_METHODS:
        if route.resource:
            route.resource = (f"{route.resource[0]}_resource", *route.resource[1:])
        else:
            route.resource, route.method = (f"{route.method}_resource",), "run"
    if route.method in _TAKEN_METHODS:
        route.method = f"get_{route.method}"


def _part(word: str) -> str:
    """A part of a name: letters of ASCII, digits and `_`, a letter first."""
    return snake(word)


def _python(name: Iterable[str]) -> tuple[str, ...]:
    return tuple(naming.snake(part) for part in name)


# --- a method that is a resource too


def _move_down(free: list[Route], held: list[Route], tree: Tree) -> None:
    """`x.lock` beside `x.lock.status`: the action becomes `x.lock.create`."""
    resources = {
        _python(route.resource[:size])
        for route in (*free, *held)
        for size in range(1, len(route.resource) + 1)
    }
    for route in free:
        while _python(route.name) in resources:
            word = route.method
            for verb in ("get_", "list_"):
                word = word.removeprefix(verb) or word
            route.resource = (*route.resource, word)
            answers_get = "get" in tree.methods.get(route.node, ())
            method = route.operation.method
            is_call = method == "post" and not answers_get and word in _CALLS
            route.method = "run" if is_call else _VERB_OF.get(method, method)
            resources.add(_python(route.resource))


_CALLS = frozenset(("search", "query", "import", "export", "sync", "run", "batch", "validate"))


def _merge_twin_resources(free: list[Route], held: list[Route]) -> None:
    """`user.emails` beside `user_emails` would be one module: the flat one gets another name."""
    homes: dict[str, tuple[str, ...]] = {}
    for route in (*held, *sorted(free, key=lambda each: -len(each.resource))):
        own = _python(route.resource)
        if not own:
            continue
        first = homes.setdefault("_".join(own), own)
        if first != own and route not in held:
            route.resource = _joined_differently(route.resource, homes)
            own = _python(route.resource)
        for size in range(1, len(own) + 1):
            homes.setdefault("_".join(own[:size]), own[:size])


def _joined_differently(
    resource: tuple[str, ...], homes: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    for suffix in ("items", "api", "group", "resource"):
        wanted = (*resource[:-1], f"{resource[-1]}_{suffix}")
        known = homes.get("_".join(_python(wanted)))
        if known is None or known == _python(wanted):
            return wanted
    return (*resource, "items")


# --- actions of one name


def _groups(free: list[Route], held: list[Route]) -> list[tuple[list[Route], bool]]:
    """Actions with one name, and whether a given name is among them."""
    by_name: dict[tuple[str, ...], list[Route]] = {}
    taken = {_python(route.name) for route in held}
    for route in free:
        by_name.setdefault(_python(route.name), []).append(route)
    return [
        (group, name in taken) for name, group in by_name.items() if len(group) > 1 or name in taken
    ]


def _tell_apart(free: list[Route], held: list[Route]) -> bool:
    """Try one way after the other. Whether anything was changed."""
    changed = False
    for way in (_by_verb, _by_version, _by_parameters, _by_words, _by_fragment, _by_id, _by_slash):
        groups = _groups(free, held)
        if not groups:
            break
        for group, is_taken in groups:
            changed = _rename(group, way, is_taken) or changed
    return changed


Way = Callable[[Route, list[Route]], str | None]


def _rename(group: list[Route], way: Way, is_taken: bool) -> bool:
    """Give the members of a group names that differ, as far as this way tells them apart."""
    wanted = [way(route, group) for route in group]
    plain = [name for name in wanted if name is not None]
    if len(set(wanted)) == 1 and not (is_taken and plain):
        return False
    changed = False
    for route, name in zip(group, wanted, strict=True):
        if name is not None and name != route.method:
            route.method = name
            changed = True
    return changed


def _by_verb(route: Route, group: list[Route]) -> str | None:
    """The same word answered by several methods of HTTP."""
    methods = {each.operation.method for each in group}
    if len(methods) == 1:
        return None
    method = route.operation.method
    if method == min(methods, key=_RANK.__getitem__):
        return None
    if route.procedure:
        return f"{route.method}_by_{method}"
    verb = _VERB_OF.get(method, method)
    return verb if route.method in _VERB_OF.values() else f"{verb}_{route.method}"


def _by_version(route: Route, group: list[Route]) -> str | None:
    """The newest version has the bare name."""
    versions = {tuple(each.versions) for each in group}
    if len(versions) == 1:
        return None
    newest = max(versions, key=_age)
    own = tuple(route.versions)
    if own == newest or not own:
        return None
    return f"{route.method}_{own[-1]}"


def _age(versions: tuple[str, ...]) -> tuple[bool, str, tuple[int, ...]]:
    text = "_".join(versions)
    numbers = tuple(int(part) for part in _digits(text))
    return ("alpha" not in text and "beta" not in text, "", numbers)


def _digits(text: str) -> list[str]:
    return [part for part in "".join(c if c.isdigit() else " " for c in text).split() if part]


def _by_parameters(route: Route, group: list[Route]) -> str | None:
    """Who needs the fewest parameters has the bare name."""
    common = set(group[0].params)
    for each in group[1:]:
        common &= set(each.params)
    least = min(len(each.params) for each in group)
    has_one_least = sum(len(each.params) == least for each in group) == 1
    if len(route.params) == least and has_one_least:
        return None
    own = [name for name in route.params if name not in common]
    if not own:
        return None
    return f"{route.method}_by_{'_and_'.join(map(_plain, own[-2:]))}"


def _plain(parameter: str) -> str:
    for suffix in ("_id", "_uuid", "_gid", "_sid"):
        if parameter.endswith(suffix) and len(parameter) > len(suffix):
            return parameter[: -len(suffix)]
    return parameter


def _by_words(route: Route, group: list[Route]) -> str | None:
    """Words of the path that stand in no name yet."""

    def unsaid(each: Route) -> list[str]:
        said = set(each.resource)
        return [word for word in (*each.dropped, *each.words) if word not in said]

    common = set(unsaid(group[0]))
    for each in group[1:]:
        common &= set(unsaid(each))
    own = [word for word in unsaid(route) if word not in common]
    if not own:
        return None
    word = less_parent(own[-1], route.resource)
    return None if word == route.method else f"{route.method}_{word}"


def _by_fragment(route: Route, _group: list[Route]) -> str | None:
    return f"{route.method}_{'_'.join(map(snake, route.fragment))}" if route.fragment else None


def _by_id(route: Route, group: list[Route]) -> str | None:
    """The document's own name for the operation."""
    name = snake(route.operation.operation_id or "")
    if not name:
        return None
    names = {each.operation.operation_id for each in group}
    if len(names) < len(group):
        return None
    said = {part for word in route.resource for part in word.split("_")}
    short = "_".join(part for part in name.split("_") if part not in said) or name
    return short if len(short) <= 40 else short[:40].rstrip("_")


def _by_slash(route: Route, _group: list[Route]) -> str | None:
    return f"{route.method}_slash" if route.ends_with_slash else None


def _cut_long(free: list[Route], held: list[Route]) -> None:
    """Names that are longer than a line bears lose the words in their middle."""
    taken = {_python(route.name) for route in (*free, *held)}
    for route in free:
        while len(".".join(route.name)) > _LONGEST and len(route.resource) > 1:
            shorter = (route.resource[0], *route.resource[2:])
            if len(route.resource) == 2:
                shorter = route.resource[1:]
            name = _python((*shorter, route.method))
            if name in taken:
                break
            route.resource = shorter
            taken.add(name)


def _number(free: list[Route], held: list[Route]) -> None:
    """What nothing tells apart is numbered."""
    taken = {_python(route.name) for route in held}
    resources = {
        _python(route.resource[:size])
        for route in (*free, *held)
        for size in range(1, len(route.resource) + 1)
    }
    for route in free:
        wanted, number = route.method, 2
        while _python((*route.resource, wanted)) in taken | resources:
            wanted, number = f"{route.method}{number}", number + 1
        route.method = wanted
        taken.add(_python(route.name))

"""Security requirements as the auth of a connector, and what single actions say differently."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from ferrule.imports.openapi.api import Api, Operation, Parameter, Requirement, Scheme
from ferrule.imports.openapi.english import snake
from ferrule.imports.openapi.guesses.places import plain
from ferrule.imports.openapi.schemes import Kind, kind_of

Names = tuple[str, ...]
"""Schemes that are needed together; empty for none at all."""

_AUTHORIZING = ("basic", "bearer", "digest", "oauth2", "openid")
_CREDENTIAL = re.compile(r"(api|access|auth)(key|token)\Z")


class Security(Struct):
    """The auth of a connector: keys of a spec and the settings that they need."""

    auth: Any = None
    auths: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    _default: tuple[Names, ...] = ()
    _labels: dict[str, str] = field(default_factory=dict)
    _usable: set[str] = field(default_factory=set)

    def of_action(self, operation: Operation) -> list[str] | None:
        """The alternatives of an action; None where the connector's hold."""
        if operation.security is None:
            return None
        own = _alternatives(operation.security, self._usable)
        if own is None or set(own) == set(self._default):
            return None
        if self.auth is None:
            return None
        words = [" + ".join(self._labels[name] for name in each) or "none" for each in own]
        return words or ["none"]

    def scopes_of(self, operation: Operation, oauth: set[str]) -> list[str]:
        """The scopes that an action needs by schemes that have them."""
        found: dict[str, None] = {}
        for requirement in operation.security or ():
            for name, scopes in requirement:
                if name in oauth:
                    found.update(dict.fromkeys(scopes))
        return list(found)


def read_auth(api: Api, connector: str, base_url: str | None) -> Security:
    """The auth of an API."""
    found = Security()
    _declare_demanded(api, found)
    _join_demanded(api, found)
    _part_rivals(api, found)
    _ask_for_demanded(api)
    requirements = _default_of(api, found)
    wanted = _needed(api, requirements)
    kinds: dict[str, Kind] = {}
    for name, scheme in api.schemes.items():
        if name in wanted:
            kind = kind_of(scheme, connector, base_url)
            if kind is not None:
                kinds[name] = kind
    _tell_unknown(api, wanted)
    if not kinds:
        return found
    found._usable = set(kinds)
    found._labels = _labels(kinds)
    default = _alternatives(requirements, found._usable) or ()
    found._default = tuple(default)
    named = _named_by_actions(api, found)
    _place(found, kinds, named)
    for kind in kinds.values():
        for key, setting in kind.settings.items():
            found.settings.setdefault(key, setting)
    return found


def _declare_demanded(api: Api, found: Security) -> None:
    """Take the header of a key that requests demand for a scheme, where there are none."""
    if api.schemes or not api.operations or any(each.security for each in api.operations):
        return
    header = _demanded_by_all(api.operations) or _authorization(api.operations)
    if header is None:
        return
    name = header.name
    api.schemes[name] = Scheme(name, "key", header.node, header.doc, "header", name)
    api.security = [((name, ()),)]
    who = "requests demand" if name.lower() == "authorization" else "every request demands"
    found.why = f"{who} the header `{name}`"


def _demanded_by_all(operations: list[Operation]) -> Parameter | None:
    """The one header of a key without which no request can be made."""
    demanded = [
        {each.name: each for each in _headers_of(operation) if _CREDENTIAL.search(plain(each.name))}
        for operation in operations
    ]
    shared = set(demanded[0]).intersection(*demanded[1:])
    return demanded[0][shared.pop()] if len(shared) == 1 else None


def _authorization(operations: list[Operation]) -> Parameter | None:
    """The header that only auth sends: whoever may do without it does not mind it."""
    headers = (each for operation in operations for each in _headers_of(operation))
    return next((each for each in headers if each.name.lower() == "authorization"), None)


def _headers_of(operation: Operation) -> Iterator[Parameter]:
    """The headers that a request must have."""
    return (each for each in operation.parameters if each.where == "header" and each.is_required)


def _ask_for_demanded(api: Api) -> None:
    """Let every flow ask for the scopes that operations demand, whether it lists them or not."""
    demanded: dict[str, dict[str, None]] = {}
    holders: list[Api | Operation] = [api, *api.operations]
    for holder in holders:
        for requirement in holder.security or ():
            for name, scopes in requirement:
                demanded.setdefault(name, {}).update(dict.fromkeys(scopes))
    for name, scheme in api.schemes.items():
        for flow in scheme.flows.values():
            flow.scopes = tuple(dict.fromkeys([*flow.scopes, *demanded.get(name, ())]))


def _part_rivals(api: Api, found: Security) -> None:
    """Take schemes for alternatives that are said to be needed together and fill one place."""
    holders: list[Api | Operation] = [api, *api.operations]
    for holder in holders:
        parted: list[Requirement] = []
        for requirement in holder.security or ():
            places: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = {}
            for each in requirement:
                places.setdefault(_filled(api, each[0]), []).append(each)
            for rivals in places.values():
                if len(rivals) > 1 and not found.why:
                    names = "`, `".join(name for name, _ in rivals)
                    found.why = f"`{names}` fill one place of a request: one of them is sent"
            parted.extend(itertools.product(*places.values()))
        if holder.security:
            holder.security = parted


def _filled(api: Api, name: str) -> tuple[str, str]:
    """Where a scheme puts its credential: a section of the request and a name."""
    scheme = api.schemes.get(name)
    if scheme is not None and scheme.kind == "key":
        return scheme.where, scheme.parameter.lower()
    if scheme is not None and scheme.kind in _AUTHORIZING:
        return "header", "authorization"
    return "", name


def _join_demanded(api: Api, found: Security) -> None:
    """Take keys for needed together that are named as alternatives, where requests demand all."""
    keys = {
        name: scheme
        for name, scheme in api.schemes.items()
        if scheme.kind == "key"
        and api.operations
        and all(_demands(each, scheme) for each in api.operations)
    }
    if len(keys) < 2:
        return
    holders: list[Api | Operation] = [api, *api.operations]
    for holder in holders:
        needed = holder.security or []
        names = [name for each in needed for name, _ in each]
        if len(needed) > 1 and len(names) == len(needed) and keys.keys() >= set(names):
            holder.security = [tuple(each[0] for each in needed)]
            found.why = f"every request demands `{'`, `'.join(names)}` together"


def _demands(operation: Operation, scheme: Scheme) -> bool:
    return any(
        each.is_required
        and each.where == scheme.where
        and each.name.lower() == scheme.parameter.lower()
        for each in operation.parameters
    )


def _default_of(api: Api, found: Security) -> list[Requirement]:
    """What holds where an operation says nothing: as said, else as most operations say."""
    if api.security:
        return api.security
    own: Counter[str] = Counter()
    kept: dict[str, list[Requirement]] = {}
    for operation in api.operations:
        if operation.security:
            plain = [tuple((name, ()) for name, _ in each) for each in operation.security]
            own[repr(plain)] += 1
            kept.setdefault(repr(plain), operation.security)
    if own:
        return kept[own.most_common(1)[0][0]]
    if api.schemes and not any(each.security is not None for each in api.operations):
        found.why = "the document names schemes and does not say where they are needed"
        return [((name, ()),) for name in api.schemes]
    return []


def _needed(api: Api, requirements: Iterable[Requirement]) -> set[str]:
    found = {name for each in requirements for name, _ in each}
    for operation in api.operations:
        found |= {name for each in operation.security or () for name, _ in each}
    return found


def _tell_unknown(api: Api, wanted: set[str]) -> None:
    for name in sorted(wanted - set(api.schemes)):
        message = f"the security scheme `{name}` is required and not declared: it is left out"
        api.node.tell("import-degraded", message)


def _alternatives(requirements: Iterable[Requirement], usable: set[str]) -> list[Names] | None:
    """The alternatives that can be met; None where there were some and none can."""
    found: dict[Names, None] = {}
    given = list(requirements)
    for requirement in given:
        names = tuple(name for name, _ in requirement)
        if all(name in usable for name in names):
            found[names] = None
    if given and not found:
        return None
    return list(found)


def _labels(kinds: dict[str, Kind]) -> dict[str, str]:
    """Names of kinds for actions and installers."""
    found: dict[str, str] = {}
    taken = {"none", "current", ""}
    for name in kinds:
        label = snake(name)
        label = re.sub(r"_(auth|authentication|scheme|security)$", "", label) or "key"
        label = label if re.match(r"[A-Za-z]", label) else f"key_{label}"
        wanted, number = label, 2
        while wanted in taken:
            wanted, number = f"{label}{number}", number + 1
        taken.add(wanted)
        found[name] = wanted
    return found


def _named_by_actions(api: Api, found: Security) -> dict[str, None]:
    """The schemes that single actions name because they differ from the default."""
    names: dict[str, None] = {}
    for operation in api.operations:
        if operation.security is None:
            continue
        own = _alternatives(operation.security, found._usable)
        if own is None or set(own) == set(found._default):
            continue
        names.update(dict.fromkeys(name for each in own for name in each))
    return names


def _place(found: Security, kinds: dict[str, Kind], named: dict[str, None]) -> None:
    """Write the default, and beside it what only actions name."""
    default, labels = found._default, found._labels
    if not default:
        if named:
            found.auth = "none"
            found.auths = {labels[name]: kinds[name].form for name in named}
        return
    if len(default) == 1:
        only = default[0]
        if not only:
            found.auth = "none"
        elif not named:
            found.auth = _together(only, kinds)
            return
        elif len(only) == 1:
            found.auth = labels[only[0]]
            named.setdefault(only[0], None)
        else:
            label = "_and_".join(labels[name] for name in only)
            found.auth = label
            found.auths[label] = _together(only, kinds)
        found.auths.update({labels[name]: kinds[name].form for name in kinds if name in named})
        return
    choices: dict[str, Any] = {}
    for names in default:
        label = "_and_".join(labels[name] for name in names) or "anonymous"
        choices[label] = _together(names, kinds) if names else "none"
    found.auth = {"one_of": choices}
    found.auths = {
        labels[name]: kinds[name].form
        for name in kinds
        if name in named and labels[name] not in choices
    }


def _together(names: Names, kinds: dict[str, Kind]) -> Any:
    """One kind, or several that are sent together; keys of all sorts are simply values."""
    forms = [kinds[name].form for name in names]
    if len(forms) == 1:
        return forms[0]
    placed = [_as_values(form) for form in forms]
    if all(each is not None for each in placed):
        custom: dict[str, dict[str, str]] = {}
        for each in placed:
            assert each is not None
            section, name, value = each
            custom.setdefault(section, {})[name] = value
        return {"custom": custom}
    return {"all_of": forms}


def _as_values(form: Any) -> tuple[str, str, str] | None:
    """A key as a fixed value of a request: section, name, value."""
    token = form.get("token") if isinstance(form, dict) else None
    if not isinstance(token, dict) or "scheme" in token or "[" in token.get("apply", "["):
        return None
    where, _, name = token["apply"].partition(".")
    section = {"header": "headers", "query": "query", "cookie": "cookies"}.get(where)
    return None if section is None else (section, name, token["value"])

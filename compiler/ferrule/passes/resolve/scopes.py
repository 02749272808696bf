"""Finds which settings a part of a spec looks up, through derived values and other settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ferrule.forms.fields import Form
from ferrule.forms.kinds import CONSUMER, PERSONAL
from ferrule.forms.spec import Auth, ConnectorSpec
from ferrule.words import ast, parse_template


def optional_settings(spec: ConnectorSpec) -> frozenset[str]:
    """The settings that may be left out."""
    return frozenset(key.removesuffix("?") for key in spec.settings if key.endswith("?"))


def settings_of_auth(spec: ConnectorSpec, auth: Auth) -> set[str]:
    """The keys of the settings that a kind of auth uses."""
    kinds = list(_kinds_in(auth))
    # Whoever signs in to a session does so in a way that stands under a name of its own.
    for name in [each.session.auth for each in kinds if each.session is not None]:
        if name is not None and name in spec.auths:
            kinds += _kinds_in(spec.auths[name])
    names = {reference.names[0] for each in kinds for reference in references_in(each)}
    for each in kinds:
        if each.oauth2 is not None:
            names |= {*each.oauth2.settings, "refresh_token"}
        if each.oauth1 is not None:
            names |= {key for key in CONSUMER if getattr(each.oauth1, key) is None}
    return _settings_behind(spec, names)


def settings_beside_auth(spec: ConnectorSpec) -> set[str]:
    """The keys of the settings that something else than the connector's auth uses."""
    others = (getattr(spec, key) for key in sorted(spec.said - {"auth", "settings", "values"}))
    names = {reference.names[0] for other in others for reference in references_in(other)}
    return _settings_behind(spec, names)


def kinds_of(spec: ConnectorSpec) -> Iterator[Auth]:
    """Every kind of auth of a connector, named or not, with those inside it."""
    for auth in (spec.auth, *spec.auths.values()):
        if isinstance(auth, Auth):
            yield from _kinds_in(auth)


def signs_in(spec: ConnectorSpec) -> bool:
    """Whether a person signs in to the service."""
    forms = (kind.oauth2 for kind in kinds_of(spec) if kind.oauth2 is not None)
    return any(form.kind_of_grant in PERSONAL for form in forms)


def _kinds_in(auth: Auth) -> Iterator[Auth]:
    yield auth
    for inner in (*(auth.one_of or {}).values(), *(auth.all_of or ())):
        yield from _kinds_in(inner)


def _settings_behind(spec: ConnectorSpec, names: set[str]) -> set[str]:
    keys = {key.removesuffix("?"): key for key in spec.settings}
    found: set[str] = set()
    waiting = sorted(names)
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in keys:
            found.add(name)
            shape = spec.settings[keys[name]]
            default = shape.default
            if shape.word is not None and shape.word.default is not None:
                default = shape.word.default.value
            if isinstance(default, str) and "${" in default:
                waiting += [each.names[0] for each in parse_template(default).references]
        if name in spec.values:
            value = spec.values[name]
            waiting += [each.names[0] for each in references_in(value)]
            if isinstance(value, dict) and ".by" in value:
                waiting.append("".join(map(str, value[".by"].parts)))
    return found


def references_in(value: Any) -> Iterator[ast.Reference]:
    """Every look-up inside a form, a word, or lists and maps of them."""
    if isinstance(value, ast.Template):
        yield from value.references
    elif isinstance(value, ast.PathTemplate):
        for part in value.parts:
            if isinstance(part, ast.Reference):
                yield from ast.Template(start=0, end=0, parts=(part,)).references
    elif isinstance(value, Form):
        for key in value.said:
            yield from references_in(getattr(value, key))
    elif isinstance(value, ast.Param):
        yield from references_in(value.constant)
    elif isinstance(value, dict):
        for each in value.values():
            yield from references_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from references_in(each)

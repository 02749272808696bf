"""Derives the set-up form of a connector: fields, choices of auth, what is required."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ferrule_runtime.connector import Connector, Setting
from ferrule_runtime.credentials.choice import (
    missing_names,
    needed_templates,
    with_client_settings,
)
from ferrule_runtime.credentials.kinds import AllOf, OneOf, Request
from ferrule_runtime.frozen import Frozen
from ferrule_runtime.templates import Choice, Ref, Template, TemplateFault

AUTH = "auth"
"""The reserved name under which a body says which of several auth kinds is meant."""

SIGN_IN_GRANT = "authorization_code"


def is_sealed(setting: Setting) -> bool:
    """Whether a setting is kept sealed and never shown; files are, since most are keys."""
    return setting.is_secret or setting.type == "file"


@dataclass(frozen=True, slots=True)
class AuthChoice:
    """One way to authenticate. `name` is None where the connector offers a single one."""

    name: str | None
    kind: str
    signs_in: bool
    settings: tuple[str, ...]
    """The settings that it uses, in the order of the form."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked when a connection is set up."""

    settings: tuple[Setting, ...] = ()
    choices: tuple[AuthChoice, ...] = ()
    always: tuple[str, ...] = ()
    """The settings that are needed whatever the choice."""

    connector: Connector | None = None

    @classmethod
    def of(cls, connector: Connector) -> "Form":
        """The form of a connector."""
        names = tuple(setting.name for setting in connector.settings)
        choices = []
        for name, kind in _kinds(connector).items():
            parts = [
                template
                for each in _resolved(kind, connector)
                for template in _templates(with_client_settings(each))
            ]
            used = _used(parts, connector)
            choices.append(
                AuthChoice(
                    name=name,
                    kind=_kind_name(kind),
                    signs_in=_signs_in(kind, connector),
                    settings=tuple(each for each in names if each in used),
                )
            )
        open_values = {
            setting.name: setting.default
            for setting in connector.settings
            if setting.default is not None
        }
        always = _missing(_addresses(connector), connector, open_values)
        return cls(
            settings=connector.settings,
            choices=tuple(choices),
            always=tuple(name for name in names if name in always),
            connector=connector,
        )

    @property
    def has_choice(self) -> bool:
        """Whether the installer says which auth kind is meant."""
        return any(choice.name is not None for choice in self.choices)

    def choice(self, name: str | None) -> AuthChoice | None:
        """The auth choice of a name; with None the only one there is."""
        for each in self.choices:
            if each.name == name:
                return each
        return self.choices[0] if name is None and len(self.choices) == 1 else None

    def find(self, name: str) -> Setting | None:
        """The setting of a name."""
        return next((each for each in self.settings if each.name == name), None)

    def missing(self, choice: str | None, given: Mapping[str, Any]) -> tuple[str, ...]:
        """The settings that are needed, have no default and are not among the given ones.

        `ANYTHING` may stand for a secret that is set.
        """
        connector = self.connector
        if connector is None:
            return ()
        scope = {
            setting.name: setting.default
            for setting in connector.settings
            if setting.default is not None
        } | dict(given)
        parts = [*_addresses(connector)]
        kind = _kinds(connector).get(choice)
        if kind is not None:
            parts.extend(_needed(kind, connector))
        missing = _missing(parts, connector, scope)
        return tuple(each.name for each in connector.settings if each.name in missing)

    def used_by_addresses(self) -> frozenset[str]:
        """The settings from which a URL is made that calls or credentials are sent to."""
        connector = self.connector
        return frozenset() if connector is None else _used(addresses(connector), connector)

    def moves(
        self, before: Mapping[str, Any], after: Mapping[str, Any], secrets: Iterable[str] = ()
    ) -> bool:
        """Whether settings lead elsewhere than others did: to another address, through another
        proxy, to whoever another authority vouches for. `secrets` are those that are set anew.
        """
        connector = self.connector
        if connector is None:
            return False
        tls = connector.tls
        trusted = () if tls is None else (tls.ca, tls.verify)
        way = list(_templates((connector.proxy, connector.socket, trusted)))
        used = self.used_by_addresses() | _used(way, connector)
        return any(before.get(each) != after.get(each) for each in used) or bool(used & {*secrets})


def addresses(connector: Connector) -> list[Any]:
    """The templates of every URL that is called: of the service, and of what gives out tokens."""
    return [*_addresses(connector), *_asked_for_tokens((connector.auth, connector.auths))]


def _asked_for_tokens(value: Any) -> Iterator[Any]:
    """The URL of every request inside auth kinds, however deep."""
    if isinstance(value, Request):
        yield value.url
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _asked_for_tokens(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _asked_for_tokens(inner)
    elif isinstance(value, Frozen):
        yield from _asked_for_tokens(value._fields())


def _addresses(connector: Connector) -> list[Any]:
    return [
        each
        for each in (connector.base_url, *connector.hosts.values(), connector.origins)
        if each is not None
    ]


def _kinds(connector: Connector) -> dict[str | None, Any]:
    auth = connector.auth
    if isinstance(auth, str):
        auth = connector.auths.get(auth)
    if auth is None:
        return {}
    if isinstance(auth, OneOf):
        return {name: kind for name, kind in auth.kinds.items()}  # noqa: C416 - widens the keys
    return {None: auth}


def _resolved(kind: Any, connector: Connector) -> Iterator[Any]:
    if isinstance(kind, str):
        kind = connector.auths.get(kind)
    if isinstance(kind, AllOf):
        for each in kind.kinds:
            yield from _resolved(each, connector)
    elif kind is not None:
        yield kind


def _needed(kind: Any, connector: Connector) -> list[Any]:
    """The templates of a kind that must have values; the client's own rules say which."""
    return [
        template
        for each in _resolved(kind, connector)
        for template in needed_templates(with_client_settings(each))
    ]


def _templates(value: Any) -> Iterator[Any]:
    """Every template inside a kind, however deep; places of answers are none."""
    if isinstance(value, (Ref, Template, Choice)):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _templates(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _templates(inner)
    elif isinstance(value, Frozen):
        names: tuple[str, ...] = type(value).__slots__
        for name in names:
            yield from _templates(getattr(value, name))


def _missing(parts: Iterable[Any], connector: Connector, scope: Mapping[str, Any]) -> set[str]:
    """The settings without a value that the templates refer to, derived values seen through."""
    found: set[str] = set()
    for part in parts:
        try:
            found.update(missing_names(part, scope, connector))
        except TemplateFault:
            # Its names are there; that a filter refuses the value is for the client to say.
            continue
    return found & {each.name for each in connector.settings}


class _Anything(str):
    """A value that has every attribute that a template may look up."""

    __slots__ = ()

    def get(self, _name: str, _default: Any = None) -> "_Anything":
        """Whatever is looked up is there."""
        return self


ANYTHING = _Anything("x")
"""Stands for a secret that is set, where only its presence matters."""


def _used(parts: Iterable[Any], connector: Connector) -> frozenset[str]:
    found: set[str] = set()
    waiting = [part for part in parts if isinstance(part, (Ref, Template, Choice))]
    seen: set[str] = set()
    while waiting:
        for name in waiting.pop().roots:
            value = connector.values.get(name)
            if value is not None and name not in seen:
                seen.add(name)
                waiting.extend(_templates(value))
            found.add(name)
    return frozenset(found & {each.name for each in connector.settings})


def _signs_in(kind: Any, connector: Connector) -> bool:
    return any(getattr(each, "grant", None) == SIGN_IN_GRANT for each in _resolved(kind, connector))


def _kind_name(kind: Any) -> str:
    return kind if isinstance(kind, str) else type(kind).__name__.lower()

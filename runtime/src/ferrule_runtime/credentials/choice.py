"""Which auth kind a client uses: the installer's choice, the connector's default, an action's."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from ferrule_runtime.connector import Connector
from ferrule_runtime.credentials.authenticators import CHANGING_ROOTS, templates_of
from ferrule_runtime.credentials.kinds import AllOf, NoAuth, OAuth2, OneOf, Request, Token
from ferrule_runtime.credentials.logins import Session
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.scope import JsonSecret
from ferrule_runtime.settings import secrets_in, told
from ferrule_runtime.templates import ref, unset_names

# Names that a call or a token brings along, and no setting.
_LATER = CHANGING_ROOTS | {"token", "redirect", "input", "let", "signature"}


class ChoiceFault(ValueError):
    """No auth kind can be chosen, or one lacks settings; names the keywords and variables."""


def with_client_settings(kind: Any) -> Any:
    """OAuth 2 with the settings `client_id` and `client_secret`, where a spec names no others."""
    if not isinstance(kind, OAuth2):
        return kind
    fields = kind._fields()
    is_anonymous = kind.grant == "jwt_bearer" and kind.client_auth == "none"
    if kind.client_id is None and not is_anonymous:
        fields["client_id"] = ref("client_id")
    if kind.client_secret is None and kind.client_auth in ("basic", "body", "query"):
        fields["client_secret"] = ref("client_secret")
    return OAuth2(**fields)


class Choices:
    """The kinds of one connector, and what the settings of one client make of them."""

    __slots__ = ("_connector", "_defaults", "_kinds", "_scope", "_settings", "chosen", "default")

    def __init__(
        self, connector: Connector, scope: Mapping[str, Any], chosen: str | Omit | None = omit
    ) -> None:
        """`chosen` is the argument `auth=`. Raises ChoiceFault."""
        self._connector = connector
        self._scope = scope
        self._settings = {setting.name: setting for setting in connector.settings}
        self._defaults = {
            setting.name: setting.default
            for setting in connector.settings
            if setting.default is not None
        }
        self._kinds: dict[str, Any] = dict(connector.auths)
        self.chosen: str | None = None
        default = connector.auth
        if isinstance(default, str):
            self.chosen, default = default, self._named(default)
        if isinstance(default, OneOf):
            self._kinds.update(default.kinds)
            self.chosen = self._pick(default, chosen)
            default = default.kinds[self.chosen]
        elif isinstance(chosen, str):
            self.chosen, default = chosen, self._named(chosen)
        self.default = self._checked(default)

    def named(self, name: str) -> Any:
        """The kind of a name, with everything that it needs. Raises ChoiceFault."""
        return NoAuth() if name == "none" else self._checked(self._named(name))

    def first_possible(self, rows: tuple[tuple[str, ...], ...]) -> Any:
        """The kind of the first row whose settings are all given; the installer's choice first."""
        ordered = sorted(rows, key=lambda row: self.chosen not in row)
        for row in ordered:
            kinds = [self._resolved(self._named(name)) for name in row]
            if not any(self.missing(kind) for kind in kinds):
                return kinds[0] if len(kinds) == 1 else (AllOf(kinds) if kinds else NoAuth())
        raise ChoiceFault(self._told_choices({" + ".join(row): row for row in rows}))

    def _named(self, name: str) -> Any:
        if name not in self._kinds:
            known = ", ".join(sorted(self._kinds)) or "none"
            raise ChoiceFault(f"there is no auth {name!r}; there is {known}")
        return self._kinds[name]

    def _resolved(self, kind: Any) -> Any:
        """Names inside replaced by what they name."""
        if isinstance(kind, str):
            return self._resolved(self._named(kind))
        if isinstance(kind, AllOf):
            return AllOf(map(self._resolved, kind.kinds))
        if isinstance(kind, OneOf):
            return self._resolved(kind.kinds[self._pick(kind, omit)])
        return with_client_settings(kind)

    def _checked(self, kind: Any) -> Any:
        kind = self._resolved(kind)
        missing = self.missing(kind)
        if missing:
            needs = "; ".join(self._told(name) for name in missing)
            plural = "settings" if len(missing) > 1 else "setting"
            raise ChoiceFault(f"the {plural} {', '.join(missing)} must be given: {needs}")
        return kind

    def _pick(self, kind: OneOf, chosen: str | Omit | None) -> str:
        if isinstance(chosen, str):
            if chosen not in kind.kinds:
                raise ChoiceFault(f"auth= must be one of {', '.join(kind.kinds)}")
            return chosen
        possible = [
            name for name, each in kind.kinds.items() if not self.missing(self._resolved(each))
        ]
        if len(possible) > 1:
            # One that needs nothing is always possible, and is meant only where no other one is.
            possible = [name for name in possible if self._needs(kind.kinds[name])]
        if len(possible) == 1:
            return possible[0]
        raise ChoiceFault(self._told_choices({name: (name,) for name in kind.kinds}))

    def _told_choices(self, choices: Mapping[str, tuple[str, ...]]) -> str:
        lines = []
        for label, names in choices.items():
            needed = [name for each in names for name in self._needs(self._named(each))]
            told_needs = ", ".join(map(self._told, dict.fromkeys(needed))) or "nothing"
            lines.append(f"{label or 'none'} needs {told_needs}")
        return "choose how to authenticate with auth=: " + "; ".join(lines)

    def told_needs(self, kind: Any) -> str:
        """`; look at key= or ACME_KEY`, for messages; empty where a kind needs no setting."""
        names = ", ".join(map(self._told, dict.fromkeys(self._needs(kind))))
        return f"; look at {names}" if names else ""

    def told_apart(self, kind: Session) -> tuple[tuple[str, ...], Callable[[], list[str]]]:
        """What tells the sessions of one installer from those of another: what is given in the open
        as `name=value`, and what gives the secrets."""
        kinds = [kind] if kind.auth is None else [kind, self._resolved(self._named(kind.auth))]
        templates = [each for one in kinds for each in needed_templates(one)]
        names = missing_names(templates, {}, self._connector)
        used = [self._settings[name] for name in names if name in self._settings]
        given = [(each, self._scope[each.name]) for each in used if each.name in self._scope]
        shown = (f"{each.name}={value!r}" for each, value in given if not each.is_secret)

        def secrets() -> list[str]:
            for _, value in given:
                if isinstance(value, JsonSecret):
                    with suppress(ValueError):
                        value.get("")  # has it read; that it cannot be is told by the login
            return [text for each, value in given for text in secrets_in(each, value)]

        return tuple(shown), secrets

    def _told(self, name: str) -> str:
        setting = self._settings.get(name)
        return f"{name}=" if setting is None else told(setting)

    def missing(self, kind: Any) -> list[str]:
        """The settings that a kind needs and that are not given."""
        return missing_names(needed_templates(kind), self._scope, self._connector)

    def _needs(self, kind: Any) -> list[str]:
        """The settings that a kind needs."""
        return missing_names(
            needed_templates(self._resolved(kind)), self._defaults, self._connector
        )


def needed_templates(kind: Any) -> list[Any]:
    """The templates of a kind that must have values before anything can be sent."""
    if isinstance(kind, AllOf):
        return [each for part in kind.kinds for each in needed_templates(part)]
    if isinstance(kind, OAuth2):
        needed: list[Any] = [kind.client_id, kind.client_secret]
        if kind.assertion is not None:
            needed += kind.assertion.templates
        if kind.grant == "password":
            needed += [ref("username"), ref("password")]
        if kind.grant == "refresh_token":
            needed.append(ref("refresh_token"))
        return needed + _of_request(kind.token) + _of_request(kind.authorize)
    if isinstance(kind, Token) and kind.refresh is not None:
        # The first token may be given or fetched; without it the request must be possible.
        return [kind.scheme, *_of_request(kind.refresh.request)]
    found = templates_of(kind)
    return found if isinstance(found, list) else [found]


def _of_request(request: Request | None) -> list[Any]:
    if request is None:
        return []
    return [request.url, dict(request.query), dict(request.headers), request.body]


def missing_names(templates: Any, scope: Mapping[str, Any], connector: Connector) -> list[str]:
    """The settings behind the unset references of templates; derived values are looked through."""
    found: dict[str, None] = {}
    for dotted in unset_names(templates, scope):
        name = dotted.partition(".")[0]
        if name in _LATER:
            continue
        derived = connector.values.get(name)
        inner = [] if derived is None else missing_names(derived, scope, connector)
        for each in inner or [name]:
            found[each] = None
    return list(found)


def captured_names(*kinds: Any) -> tuple[str, ...]:
    """The names that come with the tokens of these kinds."""
    return tuple(name for kind in _oauth2_in(kinds) for name in kind.captured)


def capturing(names: Sequence[str], *kinds: Any) -> OAuth2 | None:
    """The kind with whose token the first of these names comes that comes with one."""
    found = (kind for name in names for kind in _oauth2_in(kinds) if name in kind.captured)
    return next(found, None)


def _oauth2_in(kinds: Iterable[Any]) -> Iterator[OAuth2]:
    for kind in kinds:
        if isinstance(kind, OAuth2):
            yield kind
        elif isinstance(kind, AllOf):
            yield from _oauth2_in(kind.kinds)
        elif isinstance(kind, OneOf):
            yield from _oauth2_in(kind.kinds.values())

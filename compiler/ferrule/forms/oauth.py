"""OAuth 2 as its author wrote it: where each phase goes, and what is read out of its answers."""

from typing import Annotated, Literal

from msgspec import field

from ferrule.forms.fields import (
    AnswerPlaceWord,
    ConditionWord,
    DurationWord,
    Form,
    MatchedPlaceWord,
    ReadPlaceWord,
    RequestPlaceWord,
    TemplateWord,
    under,
)
from ferrule.forms.kinds import SETTINGS_OF_GRANTS
from ferrule.forms.proofs import Algorithm
from ferrule.forms.requests import Request, TokenRequest
from ferrule.forms.values import Values, named_values

Grant = Literal[
    "authorization_code",
    "client_credentials",
    "device_code",
    "jwt_bearer",
    "password",
    "refresh_token",
]


class Assertion(Form, frozen=True, kw_only=True):
    """A token that the client signs itself, to ask for one or to prove who it is."""

    key: TemplateWord
    algorithm: Algorithm | None = None
    claims: Values = field(default_factory=dict)
    headers: Values = field(default_factory=dict)
    lifetime: DurationWord | None = None


class Discover(Request, frozen=True, kw_only=True):
    """A call after connecting: `let` are read from what was chosen, or from the whole answer."""

    choose: AnswerPlaceWord | None = None
    label: MatchedPlaceWord | None = None


class OAuth2(Form, frozen=True, kw_only=True):
    """OAuth 2: a grant, the requests of its phases, and the places of their answers."""

    token: TokenRequest
    authorize: Annotated[Request, under("get", str)] | None = None
    refresh: TokenRequest | None = None
    revoke: TokenRequest | None = None
    grant: Grant | None = None
    client_id: TemplateWord | None = None
    client_secret: TemplateWord | None = None
    client_auth: Literal["basic", "body", "query", "private_key_jwt", "none"] | None = None
    assertion: Assertion | None = None
    pkce: Literal["s256", "none"] | None = None
    issuer: TemplateWord | None = None
    code: AnswerPlaceWord | None = None
    scopes: list[str] | TemplateWord | None = None
    scope_separator: str = " "
    ok: ConditionWord | None = None
    access_token: ReadPlaceWord | None = None
    refresh_token: ReadPlaceWord | None = None
    expires_in: ReadPlaceWord | None = None
    expires_at: ReadPlaceWord | None = None
    lifetime: DurationWord | None = None
    early: DurationWord | None = None
    apply: RequestPlaceWord | None = None
    scheme: TemplateWord | None = None
    capture: dict[str, MatchedPlaceWord] = field(default_factory=dict)
    discover: Annotated[Discover, under("get", str)] | None = None

    @property
    def kind_of_grant(self) -> Grant:
        """The grant, also where it follows from what else is said."""
        if self.grant is not None:
            return self.grant
        return "client_credentials" if self.authorize is None else "authorization_code"

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings that it uses by their names alone."""
        found = list(SETTINGS_OF_GRANTS.get(self.kind_of_grant, ()))
        said = {*_names(self.token.body), *named_values(self.token.query)}
        found = [name for name in found if name not in said]
        is_proved_by_key = self.kind_of_grant == "jwt_bearer" and self.client_auth is None
        if self.client_id is None and not is_proved_by_key:
            found.append("client_id")
        has_secret = self.client_auth in (None, "basic", "body", "query")
        if self.client_secret is None and has_secret and not is_proved_by_key:
            found.append("client_secret")
        return tuple(found)

    @property
    def captured(self) -> tuple[str, ...]:
        """The names that come with a token."""
        found = () if self.discover is None else tuple(self.discover.let)
        return (*self.capture, *found)


def _names(body: object) -> tuple[str, ...]:
    return tuple(body) if isinstance(body, dict) else ()

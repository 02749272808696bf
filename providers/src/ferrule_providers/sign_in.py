"""What the service asks of a connector that people sign in to in a browser."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ferrule_providers.store.tokens import Token


@dataclass(frozen=True, slots=True)
class Dance:
    """One sign-in: `state` and `verifier` (PKCE) are secrets that belong to it alone."""

    redirect_uri: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)


class SignIn(Protocol):
    """The authorization-code grant of one connector (RFC 6749, RFC 7636, RFC 9207)."""

    def authorize_url(self, settings: Mapping[str, Any], dance: Dance) -> str:
        """Where the browser is sent: a URL of the service, with state and code challenge."""

    def exchange(
        self, settings: Mapping[str, Any], dance: Dance, answer: Mapping[str, str]
    ) -> Token:
        """The token for the parameters with which the browser came back.

        Raises SignInFailed: refused where the service says no, mismatch for another issuer.
        """

    def refresh(self, settings: Mapping[str, Any], token: Token) -> Token:
        """The token that follows. Raises RefreshRefused where the service says no for good."""

    def revoke(self, settings: Mapping[str, Any], token: Token) -> bool:
        """Withdraw a token at the service (RFC 7009); False where it offers no way to."""

    def account(self, settings: Mapping[str, Any], token: Token) -> str | None:
        """Whose account it is, in a form that stays the same; None if the service does not tell."""

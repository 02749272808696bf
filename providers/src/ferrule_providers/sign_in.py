"""Signs people in as a connector says: where the browser goes, what its answer is good for."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from ferrule_providers.clients import guarded_client
from ferrule_providers.faults import RefreshRefused, SignInFailed
from ferrule_providers.installed import Provider
from ferrule_providers.networks import Networks
from ferrule_providers.store.tokens import Token
from ferrule_runtime import errors
from ferrule_runtime.sign_in import KeptToken, PendingSignIn
from ferrule_runtime.sign_in import SignIn as ConnectorSignIn

SECONDS = 20.0
"""How long a service may take for one answer."""

_MISMATCHES = ("state_mismatch", "issuer_mismatch", "malformed")


class SignIn:
    """The authorization code grant of one provider (RFC 6749, RFC 7636, RFC 9207).

    `auth` names the kind where the connector offers several. Nothing is kept here: `settings` and
    tokens come from the caller, and go back to it.
    """

    def __init__(self, provider: Provider, auth: str | None, networks: Networks) -> None:
        self._provider = provider
        self._auth = auth
        self._networks = networks

    def authorize_url(self, settings: Mapping[str, Any], pending: PendingSignIn) -> str:
        """Where the browser is sent: a URL of the service, with state and code challenge.

        Raises SignInFailed (misconfigured) where a setting makes it impossible.
        """
        with self._open(settings) as sign_in:
            return sign_in.url(pending)

    def exchange(
        self, settings: Mapping[str, Any], pending: PendingSignIn, answer: Mapping[str, str]
    ) -> Token:
        """The token for the parameters with which the browser came back.

        Raises SignInFailed: refused where the service says no, mismatch for another issuer.
        """
        with self._open(settings) as sign_in:
            return token_of(sign_in.finish(pending, answer))

    def refresh(self, settings: Mapping[str, Any], token: Token) -> Token:
        """The token that follows. Raises RefreshRefused where the service says no for good."""
        refusal = ""
        with self._client(settings) as client:
            try:
                return token_of(ConnectorSignIn(client, self._auth).refresh(kept_of(token)))
            except errors.ReconnectRequired as error:
                refusal = error.message or "The service refuses the refresh token."
        raise RefreshRefused(refusal)

    def revoke(self, settings: Mapping[str, Any], token: Token) -> bool:
        """Withdraw a token at the service (RFC 7009); False where it offers no way to."""
        with self._client(settings) as client:
            return ConnectorSignIn(client, self._auth).revoke(kept_of(token))

    def account(self, token: Token) -> str | None:
        """Whose account it is, by what the spec captures at a sign-in; None if that is nothing."""
        return json.dumps(token.captured, sort_keys=True) if token.captured else None

    @contextmanager
    def _client(self, settings: Mapping[str, Any]) -> Iterator[Any]:
        with guarded_client(
            self._networks,
            self._provider,
            self._auth,
            settings,
            token_store=None,
            timeout=SECONDS,
        ) as client:
            yield client

    @contextmanager
    def _open(self, settings: Mapping[str, Any]) -> Iterator[ConnectorSignIn]:
        """The connector's own sign-in; what it raises becomes SignInFailed."""
        failure: errors.ConnectorError | None = None
        try:
            with self._client(settings) as client:
                yield ConnectorSignIn(client, self._auth)
        except errors.ConnectorError as error:
            failure = error
        if failure is not None:
            raise SignInFailed(_reason(failure), failure.message or str(failure))


def _reason(error: errors.ConnectorError) -> str:
    if isinstance(error, errors.ConfigurationError):
        return "misconfigured"
    if isinstance(error, errors.SignInFailed):
        return "mismatch" if error.code in _MISMATCHES else "refused"
    return "unreachable" if isinstance(error, errors.ConnectionFailed) else "refused"


def token_of(kept: KeptToken) -> Token:
    """A token as the service stores it."""
    ends = None if kept.expires_at is None else datetime.fromtimestamp(kept.expires_at, UTC)
    return Token(kept.access_token, kept.refresh_token, ends, kept.scopes, dict(kept.captured))


def kept_of(token: Token) -> KeptToken:
    """A stored token as a client knows it."""
    return KeptToken(
        token.access_token,
        token.refresh_token,
        expires_at=None if token.expires_at is None else token.expires_at.timestamp(),
        scopes=token.scopes,
        captured=token.captured,
    )

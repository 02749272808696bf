"""Holds the token of one kind, and shares it through a store with whoever has the same one."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from ferrule_runtime.credentials.authenticators import applied
from ferrule_runtime.credentials.kinds import OAuth2, Token
from ferrule_runtime.credentials.logins import Session
from ferrule_runtime.credentials.shelf import KeptToken, Shelf, mark_of
from ferrule_runtime.credentials.source import TokenSource
from ferrule_runtime.credentials.terms import early_seconds, terms_of
from ferrule_runtime.errors import ConnectorError
from ferrule_runtime.omit import omit
from ferrule_runtime.scope import Scope
from ferrule_runtime.stores import StoreFault
from ferrule_runtime.templates import render_text, roots_of
from ferrule_runtime.wire import Credential, Flow

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy

T = TypeVar("T")


class TokenKeeper(ABC):
    """The token of one kind. With a shelf it is read there first, replaced under the lock of the
    store, and stored before it is used.
    """

    __slots__ = (
        "_clock",
        "_is_unsaved",
        "_last",
        "_refused",
        "_scope",
        "_shelf",
        "_token",
        "kind",
        "on_captured",
        "source",
        "terms",
    )

    def __init__(
        self,
        kind: OAuth2 | Token | Session,
        scope: Scope,
        shelf: Shelf | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`on_captured` is told what comes with a token."""
        self.kind = kind
        self.terms = terms_of(kind)
        self.source = TokenSource(clock)
        self._scope = scope
        self._clock = clock
        self._shelf = shelf
        self.on_captured: Callable[[Mapping[str, Any]], None] | None = None
        given = None if isinstance(kind, Session) else scope.get("refresh_token")
        given = given if isinstance(given, str) and given else None
        self._token = KeptToken(refresh_token=given, given=mark_of(given or ""))
        # An access token that the service did not take, wherever it may be found again.
        self._refused = ""
        self._is_unsaved = False
        self._last: Credential | None = None
        self._begin()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({type(self.kind).__name__})"

    def fetch(self, policy: "Policy", deadline: float | None) -> Flow[Credential]:
        """A new token, stored and held by the source before it is given to anybody."""
        if self._shelf is None:
            return (yield from self._fetch_anew(policy, deadline))
        # Without the lock first: most who come here find a token that another one has fetched.
        found = self._from_shelf(policy)
        if found is not None:
            return found

        def flow() -> Flow[Credential]:
            found = self._from_shelf(policy)
            if found is not None:
                return found
            return (yield from self._fetch_anew(policy, deadline))

        return (yield from self._locked(flow, policy, deadline))

    @abstractmethod
    def _fetch_anew(self, policy: "Policy", deadline: float | None) -> Flow[Credential]:
        """A token from the service, whatever is held or stored."""

    def _begin(self) -> None:
        """A token that the installer gave is good until the service refuses it."""
        kind = self.kind
        if (
            isinstance(kind, Token)
            and kind.value is not None
            and "token" not in roots_of(kind.value)
        ):
            text = render_text(kind.value, self._scope)
            if text is not omit and text:
                self._token.access_token = str(text)
                self._last = applied(str(text), kind.apply, kind.scheme, self._scope)
                self.source.keep(self._last)

    @property
    def spends_refresh_token(self) -> bool:
        """Whether the next fetch may spend something that a cancelled call must not lose."""
        return self._shelf is not None or self._token.refresh_token is not None

    @property
    def scope(self) -> Scope:
        """The names that its requests see: settings, and what came with the token."""
        return self._token_scope()

    def _token_scope(self) -> Scope:
        kept = self._token
        token = {"access_token": kept.access_token, "refresh_token": kept.refresh_token or ""}
        return self._scope.having(
            **kept.captured,
            token={name: text for name, text in token.items() if text},
            refresh_token=omit if kept.refresh_token is None else kept.refresh_token,
            now=time.time(),
        )

    def invalidate(self, refused: Credential) -> None:
        """The service does not take this credential, from whichever store it came."""
        if self._last is refused:
            self._refused = self._token.access_token
        self.source.invalidate(refused)

    def keep(self, kept: KeptToken, policy: "Policy") -> Flow[None]:
        """Take over a token that was obtained elsewhere, and store it."""

        def flow() -> Flow[None]:
            yield from ()
            reason = self._save(kept)
            if reason:
                raise store_error(policy, reason)
            self._held(policy)

        yield from self._locked(flow, policy, None)

    def borrow(self, kept: KeptToken) -> None:
        """Let requests see this token; nothing is held or stored."""
        self._token = kept
        if isinstance(self.kind, OAuth2):
            self._last = applied(kept.access_token, self.kind.apply, self.kind.scheme, self._scope)

    def peek(self, policy: "Policy") -> KeptToken:
        """The token as it is kept now, perhaps an empty one; nothing is fetched."""
        if self._shelf is not None:
            self._from_shelf(policy)
        return self._token

    def forget(self, policy: "Policy") -> None:
        """Hold and keep no token any more."""
        self._token = KeptToken(given=self._token.given)
        self._last = None
        self.source.forget()
        reason = ""
        try:
            if self._shelf is not None:
                self._shelf.delete()
        except StoreFault as fault:
            reason = str(fault)
        if reason:
            raise store_error(policy, reason)

    def _locked(
        self, flow: Callable[[], Flow[T]], policy: "Policy", deadline: float | None
    ) -> Flow[T]:
        """Run a flow under the lock of the store, where there is one."""
        if self._shelf is None:
            return (yield from flow())
        release: Callable[[], None] | None = None
        reason = ""
        try:
            release = yield from self._shelf.locked(policy, deadline)
        except StoreFault as fault:
            reason = str(fault)
        if release is None:
            raise store_error(policy, reason)
        try:
            return (yield from flow())
        finally:
            release()

    def _from_shelf(self, policy: "Policy") -> Credential | None:
        """The stored token, where it is good; what else is stored is taken over in any case."""
        if self._is_unsaved:
            # What could not be stored is newer than what is.
            reason = self._save(self._token)
            if reason:
                raise store_error(policy, reason)
            return self._held(policy)
        assert self._shelf is not None
        kept, reason = None, ""
        try:
            kept = self._shelf.load()
        except StoreFault as fault:
            reason = str(fault)
        if reason:
            raise store_error(policy, reason)
        # Another refresh token that the installer gave begins anew.
        if kept is None or kept.given != self._token.given:
            return None
        self._hide(kept, policy)
        self._token = kept
        self._tell_captured()
        return self._held(policy)

    def _hide(self, kept: KeptToken, policy: "Policy") -> None:
        """Keep what must not be shown of a token out of messages."""
        policy.secrets.add_token(*kept.texts())

    def _held(self, policy: "Policy") -> Credential | None:
        """The credential of the token that was taken over, held by the source, if it is good."""
        kept = self._token
        if not kept.access_token or kept.access_token == self._refused:
            return None
        credential, _ = self._credential(policy)
        if credential is None:
            return None
        if kept.expires_at is None:
            self.source.keep(credential)
        else:
            now, ticks = policy.now(), self._clock()
            early = early_seconds(self.terms, max(kept.expires_at - kept.obtained_at, 0.0))
            if now >= kept.expires_at - early:
                return None
            ends_at = ticks + kept.expires_at - now
            self.source.keep(credential, stale_at=ends_at - early, expires_at=ends_at)
        self._last = credential
        return credential

    def _save(self, kept: KeptToken) -> str:
        """Store a token before anybody uses it. Why that cannot be, or nothing."""
        self._token = kept
        self._tell_captured()
        if self._shelf is None:
            return ""
        self._is_unsaved = True
        try:
            self._shelf.save(kept)
        except StoreFault as fault:
            return str(fault)
        self._is_unsaved = False
        return ""

    def _tell_captured(self) -> None:
        if self.on_captured is not None and self._token.captured:
            self.on_captured(self._token.captured)

    def _credential(self, policy: "Policy") -> tuple[Credential | None, str]:
        """What is sent for the token, or why it cannot be."""
        kind, token = self.kind, self._token.access_token
        assert not isinstance(kind, Session)
        try:
            if isinstance(kind, Token) and "token" in roots_of(kind.value):
                token = str(render_text(kind.value, self._token_scope()))
                policy.secrets.add_token(token)
            return applied(token, kind.apply, kind.scheme, self._scope), ""
        except (ValueError, TypeError) as fault:
            return None, str(fault)


def store_error(policy: "Policy", reason: str) -> ConnectorError:
    """The error of a store that cannot be used."""
    return configuration_error(policy, f"the token store cannot be used: {reason}")


def configuration_error(policy: "Policy", told: str, action: str = "auth.token") -> ConnectorError:
    """An error of the configuration, with every secret taken out of its words."""
    return policy.table().named("ConfigurationError")(
        f"{policy.connector}: {policy.secrets.scrub(told)}", action=action
    )

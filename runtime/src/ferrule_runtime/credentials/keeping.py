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
from ferrule_runtime.flows.failure import plain_error
from ferrule_runtime.omit import omit
from ferrule_runtime.scope import Scope
from ferrule_runtime.stores import StoreFault
from ferrule_runtime.templates import render_text, roots_of
from ferrule_runtime.wire import Call, Credential, Flow, Reply

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy

T = TypeVar("T")


class TokenKeeper(ABC):
    """The token of one kind. With a shelf it is read there first, replaced under the lock of the
    store, and stored before it is used.
    """

    __slots__ = (
        "_clock",
        "_last",
        "_refused",
        "_scope",
        "_shelf",
        "_token",
        "_unsaved",
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
        # Why the token that is held could not be stored: it is newer than what is there.
        self._unsaved: StoreFault | None = None
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
            self._save(kept)
            self._demand_saved(policy)
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
        if self._shelf is not None:
            _asked(self._shelf.delete, policy)

    def _locked(
        self, flow: Callable[[], Flow[T]], policy: "Policy", deadline: float | None
    ) -> Flow[T]:
        """Run a flow under the lock of the store, where there is one."""
        if self._shelf is None:
            return (yield from flow())
        release: Callable[[], None] | None = None
        fault: StoreFault | None = None
        try:
            release = yield from self._shelf.locked(policy, deadline)
        except StoreFault as met:
            fault = met
        if release is None:
            assert fault is not None
            raise store_error(policy, fault)
        try:
            return (yield from flow())
        finally:
            release()

    def _from_shelf(self, policy: "Policy") -> Credential | None:
        """The stored token, where it is good; what else is stored is taken over in any case."""
        if self._unsaved is not None:
            self._save(self._token)
            self._demand_saved(policy)
            return self._held(policy)
        assert self._shelf is not None
        kept = _asked(self._shelf.load, policy)
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

    def _hold(self, credential: Credential, lifetime: float | None, asked_at: float) -> None:
        """Let the source hold the credential of a new token, counted from its request: a slow
        answer does not make it seem younger."""
        self._last = credential
        if lifetime is None:
            self.source.keep(credential)
        else:
            ends_at = asked_at + lifetime
            stale_at = ends_at - early_seconds(self.terms, lifetime)
            self.source.keep(credential, stale_at=stale_at, expires_at=ends_at)

    def _save(self, kept: KeptToken) -> None:
        """Take over a token and store it; `_unsaved` is why it cannot be, if it cannot."""
        self._token = kept
        self._tell_captured()
        if self._shelf is None:
            return
        try:
            self._shelf.save(kept)
        except StoreFault as fault:
            # Without its frames, which hold the token.
            self._unsaved = fault.with_traceback(None)
        else:
            self._unsaved = None

    def _demand_saved(self, policy: "Policy") -> None:
        """Nobody uses a token that could not be stored."""
        if self._unsaved is not None:
            raise store_error(policy, self._unsaved)

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


def _asked(ask: Callable[[], T], policy: "Policy") -> T:
    """What a store answers. Its fault becomes an error of the client, raised where none hangs on
    it."""
    try:
        return ask()
    except StoreFault as met:
        fault = met
    raise store_error(policy, fault)


def store_error(policy: "Policy", fault: StoreFault) -> ConnectorError:
    """The error of a store that cannot be used: of the settings, or one that may pass."""
    if not fault.may_pass:
        return configuration_error(policy, f"the token store cannot be used: {fault}")
    told = policy.secrets.scrub(f"the token store cannot be used now: {fault}")
    return policy.table().named("ConnectionFailed")(
        f"{policy.connector}: {told}", action="auth.token", is_retry_safe=True
    )


def configuration_error(policy: "Policy", told: str, action: str = "auth.token") -> ConnectorError:
    """An error of the configuration, with every secret taken out of its words."""
    return policy.table().named("ConfigurationError")(
        f"{policy.connector}: {policy.secrets.scrub(told)}", action=action
    )


def answer_error(policy: "Policy", call: Call, told: str, reply: Reply) -> ConnectorError:
    """The error of an answer that holds no credential where it should.

    It may hold one elsewhere, under another name: nothing of it is kept but what is told.
    """
    error = plain_error(policy, call, "InvalidResponse", told, reply)
    error.content, error.headers = b"", {}
    return error

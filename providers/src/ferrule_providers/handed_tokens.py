"""The token store of a connected client: tokens come from the service, which refreshes them."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from ferrule_providers.faults import (
    CannotStart,
    ConnectionNeedsAttention,
    ConnectionNotFound,
    Forbidden,
    NoSignIn,
    ProviderBroken,
    ProviderNotFound,
    ProvidersError,
    RefreshRefused,
    Unauthorized,
)
from ferrule_runtime.forks import watch
from ferrule_runtime.sign_in import KeptToken
from ferrule_runtime.stores import StoreFault

if TYPE_CHECKING:
    from ferrule_providers.handing_out import Access

Ask = Callable[[int | None], "Access"]
"""Asks for what a client is made from; a revision says that its token is no longer good."""

# What a later call meets again, unless somebody sets things right.
_LASTING = (
    CannotStart,
    ConnectionNotFound,
    Forbidden,
    NoSignIn,
    ProviderBroken,
    ProviderNotFound,
    Unauthorized,
)


class HandedTokens:
    """A store with one token in it, which somebody else refreshes (`ferrule_runtime.stores`).

    A client that needs a new token takes the store's lock and looks again. Here the lock is free
    when the service has brought one: it is asked in a thread of its own, so that nobody waits
    inside, event loops least of all. The refresh token is never seen here.
    """

    advice = "connect again on the page of the providers service"

    def __init__(self, ask: Ask, access: "Access | None" = None) -> None:
        """`access` is what was handed out before; it is asked for where nothing was."""
        self._ask = ask
        self._mutex = threading.Lock()
        self._access = ask(None) if access is None else access
        self._needs_person = False
        self._asking: _Asking | None = None
        self._loaded_revision: int | None = None
        watch(self)

    def after_fork(self) -> None:
        """The thread that asks lives in the parent; a child asks by itself."""
        self._mutex = threading.Lock()
        self._asking = None

    def __repr__(self) -> str:
        return f"HandedTokens({self._access.provider}/{self._access.name})"

    def load(self, key: str) -> str | None:  # noqa: ARG002 (there is one token)
        """The latest token, without what it is refreshed with."""
        with self._mutex:
            access, needs_person = self._access, self._needs_person
            self._loaded_revision = access.revision
        return KeptToken(
            "" if needs_person else access.access_token or "",
            obtained_at=_seconds(access.obtained_at) or 0.0,
            expires_at=_seconds(access.expires_at),
            captured=access.captured,
            needs_person=needs_person,
        ).as_text()

    def save(self, key: str, text: str) -> None:  # noqa: ARG002 (there is one token)
        """Nothing but that a person is needed can be news to the service."""
        kept = KeptToken.from_text(text)
        if kept is not None and kept.needs_person:
            with self._mutex:
                self._needs_person = True

    def delete(self, key: str) -> None:
        """Nothing is kept here."""

    def try_lock(self, key: str) -> Callable[[], None] | None:  # noqa: ARG002 (there is one token)
        """Free when a newer token is there, or when it is known that there will be none.

        Raises StoreFault where the service cannot bring one now; a later call may.
        """
        with self._mutex:
            asking = self._asking
            if asking is None and self._loaded_revision != self._access.revision:
                # Somebody else has just brought a token that nobody has looked at yet.
                return _nothing
            if asking is None:
                asking = self._asking = _Asking(self._ask, self._access.revision)
                asking.thread.start()
            if asking.thread.is_alive():
                return None
            self._asking = None
            if asking.access is not None:
                self._access, self._needs_person = asking.access, False
                return _nothing
            if isinstance(asking.fault, (ConnectionNeedsAttention, RefreshRefused)):
                self._needs_person = True
                return _nothing
        may_pass = not isinstance(asking.fault, _LASTING)
        raise StoreFault(f"the providers service: {asking.told}", may_pass=may_pass)


class _Asking:
    """One question, in a thread of its own."""

    advice = "connect again on the page of the providers service"

    def __init__(self, ask: Ask, revision: int | None) -> None:
        self._ask = ask
        self._revision = revision
        self.access: Access | None = None
        self.fault: Exception | None = None
        # A client that leaves does not keep the process from ending.
        self.thread = threading.Thread(target=self._run, name="ferrule-access", daemon=True)

    @property
    def told(self) -> str:
        """Why there is no token, in words that hold none."""
        if isinstance(self.fault, ProvidersError):
            return self.fault.detail
        return type(self.fault).__name__

    def _run(self) -> None:
        try:
            self.access = self._ask(self._revision)
        except Exception as error:  # noqa: BLE001 - whatever it is, the waiting client is told
            self.fault = error


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


def _nothing() -> None:
    """The lock is given back: there is nothing to do."""

"""Tells the log and the listeners of a client what its flows do."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from ferrule_runtime.events import (
    AttemptEnded,
    AttemptStarted,
    Event,
    LimitsAway,
    PageRead,
    Refreshed,
    Waited,
)
from ferrule_runtime.secrecy import one_line

if TYPE_CHECKING:
    from ferrule_runtime.log import CallLog
    from ferrule_runtime.secrecy import Secrets
    from ferrule_runtime.wire import Call, WireFault

Listener = Callable[[Event], object]


class Listening:
    """Makes events and hands them on; a listener that fails is logged and harms no call."""

    __slots__ = ("_listener", "_log", "_name", "_secrets")

    def __init__(
        self, name: str, secrets: "Secrets", log: "CallLog", listener: Listener | None
    ) -> None:
        self._name = name
        self._secrets = secrets
        self._log = log
        self._listener = listener

    @property
    def is_on(self) -> bool:
        """Whether anybody reads what is told."""
        return self._listener is not None or self._log.is_on

    def _tell(self, event: Event) -> None:
        if self._log.is_on:
            self._log.write(event)
        if self._listener is None:
            return
        try:
            self._listener(event)
        except Exception:
            logging.getLogger(f"ferrule.{self._name}").exception("a listener to events failed")

    def started(self, call: "Call") -> None:
        """An attempt is sent."""
        method = call.method.decode("latin-1")
        self._tell(AttemptStarted(self._name, call.action, method, call.template, call.attempt))

    def ended(self, call: "Call", status_code: int, request_id: str | None, seconds: float) -> None:
        """An attempt was answered."""
        method = call.method.decode("latin-1")
        event = AttemptEnded(
            self._name,
            call.action,
            method,
            call.template,
            call.attempt,
            seconds,
            status_code=status_code,
            request_id=request_id,
        )
        self._tell(event)

    def failed(self, call: "Call", fault: "WireFault", seconds: float) -> None:
        """An attempt got no usable answer."""
        method = call.method.decode("latin-1")
        told = one_line(self._secrets.scrub(str(fault)))
        event = AttemptEnded(
            self._name, call.action, method, call.template, call.attempt, seconds, fault=told
        )
        self._tell(event)

    def waited(self, call: "Call", reason: str, seconds: float) -> None:
        """A call pauses before another attempt, or has waited for a rate limit."""
        self._tell(Waited(self._name, call.action, reason, seconds, call.attempt))

    def refreshed(self, action: str, seconds: float, error: BaseException | None) -> None:
        """A token was fetched, or could not be."""
        name = None if error is None else type(error).__name__
        self._tell(Refreshed(self._name, action, seconds, name))

    def page(
        self, action: str, number: int, items: int, *, has_next: bool, total: int | None
    ) -> None:
        """A page was read."""
        event = PageRead(self._name, action, number, items, has_next=has_next, total=total)
        self._tell(event)

    def limits_away(self, action: str, fault: str, instead: str) -> None:
        """The store of the shared limits does not answer."""
        self._tell(LimitsAway(self._name, action, one_line(self._secrets.scrub(fault)), instead))

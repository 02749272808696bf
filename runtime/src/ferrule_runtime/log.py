"""Writes one line for each event, and keeps secrets out of httpx's own lines."""

import logging
import os

from ferrule_runtime.events import (
    AttemptEnded,
    AttemptStarted,
    Event,
    LimitsAway,
    PageRead,
    Refreshed,
    Waited,
)
from ferrule_runtime.secrecy import one_line, scrub_for_all


class CallLog:
    """The log of one client: what its events tell, a line each.

    Neither values nor bodies are written, and what comes from the service is scrubbed and put on
    one line. Records go to the logger `ferrule.NAME`, at DEBUG.
    """

    __slots__ = ("_logger", "_name")

    def __init__(self, name: str, *, is_forced: bool) -> None:
        self._name = name
        self._logger = logging.getLogger(f"ferrule.{name}")
        if is_forced or os.environ.get(f"{name.upper()}_LOG", "").lower() == "debug":
            self._logger = _audible(f"ferrule.{name}.debug")

    @property
    def is_on(self) -> bool:
        return self._logger.isEnabledFor(logging.DEBUG)

    def write(self, event: Event) -> None:
        """One line for an event."""
        if isinstance(event, AttemptStarted):
            self._line(event, f"{_of(event)} -> attempt {event.attempt}")
        elif isinstance(event, AttemptEnded):
            self._line(event, f"{_of(event)} <- {self._ending(event)}")
        elif isinstance(event, Waited):
            told = "waits" if event.reason == "retry" else "has waited for its turn for"
            end = " before another attempt" if event.reason == "retry" else ""
            self._line(event, f"{told} {event.seconds:.2f} s{end}")
        elif isinstance(event, Refreshed):
            told = "a new token" if event.error is None else f"no new token: {event.error}"
            self._line(event, f"{told} after {event.seconds * 1000:.0f} ms")
        elif isinstance(event, PageRead):
            more = "" if event.total is None else f" of {event.total}"
            self._line(event, f"read page {event.number}: {event.items} items{more}")
        elif isinstance(event, LimitsAway):
            self._line(event, f"the shared limits are away: {event.fault}; {event.instead}")

    def _ending(self, event: AttemptEnded) -> str:
        spent = f"in {event.seconds * 1000:.0f} ms, attempt {event.attempt}"
        if event.status_code is None:
            return f"no answer {spent}: {event.fault}"
        told = f"{event.status_code} {spent}"
        if event.request_id:
            told += f", request id {one_line(event.request_id, 100)}"
        return told

    def _line(self, event: Event, told: str) -> None:
        self._logger.debug("%s", one_line(f"{self._name}.{event.action} {told}", 1000))


def _of(event: AttemptStarted | AttemptEnded) -> str:
    return f"{event.method} {event.path_template}"


def _audible(name: str) -> logging.Logger:
    """A logger that is on, and writes to stderr where nobody has configured logging."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.DEBUG)
    if not logger.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        logger.addHandler(handler)
    return logger


class _Scrub(logging.Filter):
    """Takes the secrets of this process's clients out of a record; lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        scrubbed = scrub_for_all(text)
        if scrubbed != text:
            record.msg, record.args = scrubbed, ()
        return True


_scrub = _Scrub()


# A filter holds for the logger that it is on and not for those below it. httpcore writes the
# headers of answers at DEBUG, and a service may echo there what it was sent.
_PARTS = ("connection", "http11", "http2", "proxy", "socks")


def guard_logger(name: str) -> None:
    """Keep secrets out of what a library writes: httpx writes whole URLs at INFO."""
    core = name.replace("httpx", "httpcore")
    for each in (name, *(f"{core}.{part}" for part in _PARTS)):
        logging.getLogger(each).addFilter(_scrub)

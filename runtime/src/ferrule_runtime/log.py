"""Writes one line for each request and answer, and keeps secrets out of httpx's own lines."""

import logging
import os
from typing import TYPE_CHECKING

from ferrule_runtime.secrecy import one_line, scrub_for_all

if TYPE_CHECKING:
    from ferrule_runtime.secrecy import Secrets
    from ferrule_runtime.wire import Call, Reply, WireFault


class CallLog:
    """The log of one client: action, method, path template, status, time, attempt, request id.

    Neither values nor bodies are written, and what comes from the service is scrubbed and put on
    one line. Records go to the logger `ferrule.NAME`, at DEBUG.
    """

    __slots__ = ("_logger", "_name", "_secrets")

    def __init__(self, name: str, secrets: "Secrets", *, is_forced: bool) -> None:
        self._name = name
        self._secrets = secrets
        self._logger = logging.getLogger(f"ferrule.{name}")
        if is_forced or os.environ.get(f"{name.upper()}_LOG", "").lower() == "debug":
            self._logger = _audible(f"ferrule.{name}.debug")

    @property
    def is_on(self) -> bool:
        return self._logger.isEnabledFor(logging.DEBUG)

    def request(self, call: "Call") -> None:
        self._logger.debug("%s", self._line(call, f"-> attempt {call.attempt}"))

    def reply(self, call: "Call", reply: "Reply", seconds: float, request_id: str | None) -> None:
        told = f"<- {reply.status} in {seconds * 1000:.0f} ms, attempt {call.attempt}"
        if request_id:
            told += f", request id {one_line(self._secrets.scrub(request_id), 100)}"
        self._logger.debug("%s", self._line(call, told))

    def fault(self, call: "Call", fault: "WireFault", seconds: float) -> None:
        told = f"<- no answer in {seconds * 1000:.0f} ms, attempt {call.attempt}: "
        self._logger.debug("%s", self._line(call, told + one_line(self._secrets.scrub(str(fault)))))

    def pause(self, call: "Call", seconds: float) -> None:
        self._logger.debug("%s", self._line(call, f"waits {seconds:.2f} s before another attempt"))

    def _line(self, call: "Call", told: str) -> str:
        method = call.method.decode("latin-1")
        return one_line(f"{self._name}.{call.action} {method} {call.template} {told}", 1000)


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

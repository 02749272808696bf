"""Remembers answers by their ETag, so that what has not changed is not sent again."""

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

from ferrule_runtime.forks import watch

if TYPE_CHECKING:
    from ferrule_runtime.wire import Call, Lines, Reply

MOST_REPLIES = 128
MOST_BYTES = 1 << 20


class Replies:
    """The latest answers of one client that carried an ETag: few, and none of them large."""

    __slots__ = ("__weakref__", "_kept", "_lock")

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Any, tuple[bytes, Reply]] = OrderedDict()
        watch(self)

    def __repr__(self) -> str:
        return f"Replies({len(self._kept)} kept)"

    def after_fork(self) -> None:
        """In a child process: whoever held the lock is not here."""
        self._lock = Lock()

    def ask(self, call: "Call") -> "Lines":
        """The header that asks whether the answer is still the one that is kept."""
        with self._lock:
            found = self._kept.get(_key(call))
        return [] if found is None else [(b"if-none-match", found[0])]

    def settle(self, call: "Call", reply: "Reply") -> "Reply":
        """The kept answer where nothing has changed; else the answer itself, kept if it can be."""
        key = _key(call)
        with self._lock:
            if reply.status == 304:
                found = self._kept.get(key)
                if found is None:
                    return reply
                self._kept.move_to_end(key)
                return found[1].copy()
            tag = reply.header(b"etag")
            if reply.status == 200 and tag and reply.stream is None:
                if len(reply.content) <= MOST_BYTES:
                    self._kept[key] = (tag, reply.copy())
                    self._kept.move_to_end(key)
                while len(self._kept) > MOST_REPLIES:
                    self._kept.popitem(last=False)
        return reply


def _key(call: "Call") -> Any:
    """Two callers with different credentials or Accept headers do not share an answer."""
    varying = tuple(line for line in call.headers if line[0].lower() in (b"accept", b"cookie"))
    return (call.origin.text, call.path_and_query, varying, call.plan.auth)

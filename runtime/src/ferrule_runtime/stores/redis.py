"""Keeps tokens in Redis, for processes and machines that share them; locked by leases."""

import os
from collections.abc import Callable
from typing import Any

from ferrule_runtime.sharing.redis import redis_client, redis_library
from ferrule_runtime.stores import StoreFault

# Longer than any exchange with a token endpoint; a lock of who has ended is free that soon.
LEASE_SECONDS = 120
_GIVE_BACK = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""


class RedisStore:
    """A token store in Redis: `redis` is a URL, or a sync client of redis-py.

    Tokens stand there as they are: who may read this Redis may use them. Keys begin with `prefix`.
    """

    __slots__ = ("_library", "_prefix", "_redis", "_release")

    def __init__(self, redis: Any, prefix: str = "ferrule:tokens:") -> None:
        self._library = redis_library()
        self._redis = redis_client(redis)
        self._prefix = prefix
        self._release = self._redis.register_script(_GIVE_BACK)

    def __repr__(self) -> str:
        return f"RedisStore(prefix={self._prefix!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a token store in Redis cannot be pickled: make it anew in each process")

    def load(self, key: str) -> str | None:
        """What was saved last; None where there is nothing."""
        found = self._done(lambda: self._redis.get(self._prefix + key))
        return found.decode("utf-8", "replace") if isinstance(found, bytes) else found

    def save(self, key: str, text: str) -> None:
        """Replace what is there."""
        self._done(lambda: self._redis.set(self._prefix + key, text))

    def delete(self, key: str) -> None:
        """Forget it."""
        self._done(lambda: self._redis.delete(self._prefix + key))

    def try_lock(self, key: str) -> Callable[[], None] | None:
        """Take the lock of a key, or None where somebody has it."""
        name, mark = f"{self._prefix}{key}:lock", os.urandom(16).hex()
        is_ours = self._done(lambda: self._redis.set(name, mark, nx=True, ex=LEASE_SECONDS))
        if not is_ours:
            return None

        def release() -> None:
            # One that came after us, when we were too slow, keeps its lock.
            self._done(lambda: self._release(keys=[name], args=[mark]))

        return release

    def _done(self, work: Callable[[], Any]) -> Any:
        reason, may_pass = "", False
        try:
            return work()
        except (self._library.RedisError, OSError) as error:
            reason, may_pass = type(error).__name__, self._may_pass(error)
        # Raised out here, where no frame holds a token; the error's text may hold an address.
        raise StoreFault(f"{self} cannot be used: {reason}", may_pass=may_pass)

    def _may_pass(self, error: Exception) -> bool:
        """Whether it is the connection, or a server that is just changing its place."""
        known = self._library.exceptions
        if isinstance(error, (known.AuthenticationError, known.AuthorizationError)):
            return False
        passing = (known.ConnectionError, known.TimeoutError, known.ReadOnlyError, OSError)
        return isinstance(error, (*passing, known.ClusterError))

"""Keeps rate limits and numbers of calls at once together with other processes and machines.

Redis is asked before each call: `shared_limits=redis_limits("redis://…")`. Needs the extra `redis`.
"""

from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from ferrule_runtime.limiter import Lane
    from ferrule_runtime.sharing.passes import Answered, Pass
    from ferrule_runtime.sharing.redis import RedisLimits

__all__ = ["Away", "SharedLimits", "WhenAway", "redis_limits"]

WhenAway = Literal["local", "open", "closed"]
"""What is done while the store does not answer: the limits of this process, none, or no call."""


class Away(Exception):
    """The store of the limits does not answer; the text says why, without its address."""


class SharedLimits(Protocol):
    """Limits that are kept together with others. Every method may be called from any thread."""

    when_away: WhenAway

    @property
    def is_away(self) -> bool:
        """Whether the store did not answer a moment ago; then it is not asked either."""
        ...

    def pass_of(self, connector: str, lane: "Lane", cost: int) -> "Pass":
        """What a call asks with, until it is over."""
        ...

    def ask(self, given: "Pass") -> "Answered":
        """Whether the call may go, and when. Raises Away."""
        ...

    def renounce(self, given: "Pass") -> None:
        """Give back the time that was promised, before asking for another one. Raises Away."""
        ...

    def should_warn(self) -> bool:
        """Whether nobody has been told yet that the store is away; true once each time it is."""
        ...

    def leave(self, given: "Pass", *, was_used: bool) -> None:
        """The call is over or was given up; never waits."""
        ...


def redis_limits(
    redis: Any,
    *,
    name: str = "",
    when_away: WhenAway = "local",
    lease_seconds: float = 30.0,
) -> "RedisLimits":
    """Limits in Redis: `redis` is a URL, or a sync client of redis-py.

    Clients of one connector with the same `name` share one budget: name the account. A call that
    runs holds its place for `lease_seconds` and renews it; after a crash it is free that soon.
    """
    from ferrule_runtime.sharing.redis import RedisLimits

    return RedisLimits(redis, name=name, when_away=when_away, lease_seconds=lease_seconds)

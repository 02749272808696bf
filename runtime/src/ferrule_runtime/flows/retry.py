"""When a failed attempt is made again: full jitter, what a retry costs, what may be repeated."""

from collections.abc import Callable

from ferrule_runtime.connector import Retry
from ferrule_runtime.wire import Body, Call, WireFault

RETRY_COST = 5
TIMEOUT_COST = 10


def backoff_seconds(retry: Retry, failures: int, random: Callable[[], float]) -> float:
    """The pause after so many failures. Full jitter: anything between nothing and the bound."""
    backoff = retry.backoff
    if backoff is None:
        return 0.0
    if isinstance(backoff, tuple):
        first, longest = backoff
        # Beyond this the power has passed every bound, and a float would overflow.
        bound = min(first * 2.0 ** min(failures - 1, 60), longest)
    else:
        bound = float(backoff)
    return bound * random() if retry.jitter == "full" else bound


def can_send_again(call: Call) -> bool:
    """Whether the body can be read once more."""
    return not isinstance(call.content, Body) or call.content.is_replayable


def may_repeat_fault(call: Call, fault: WireFault) -> bool:
    """Whether trying again can help and cannot do a thing twice."""
    if not fault.may_pass or not call.plan.retry.network:
        return False
    return not fault.was_sent or call.is_replayable

"""When a failed attempt is made again: full jitter, what a retry costs, what may be repeated."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ferrule_runtime.connector import Retry
from ferrule_runtime.quota import Costs
from ferrule_runtime.wire import Body, Call, WireFault

if TYPE_CHECKING:
    from ferrule_runtime.flows.classify import Verdict


def cost_of(costs: Costs, verdict: "Verdict | None", fault: WireFault | None) -> int:
    """What another attempt after this failure is paid with."""
    if fault is not None:
        return costs.timeout if fault.is_timeout else costs.retry
    return costs.limited if verdict is not None and verdict.kind == "limited" else costs.retry


def told_seconds(retry: Retry, told: float, own: float) -> float:
    """The pause where the service has told one and our own would be the other."""
    if retry.told_within is None:
        # Being told to come back at once is no reason to hurry.
        return told or own
    return min(max(told, own), own + retry.told_within)


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

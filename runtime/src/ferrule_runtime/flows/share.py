"""Waits until the shared limits let a call go; without their store, as its owner has chosen."""

from typing import TYPE_CHECKING

from ferrule_runtime.flows.limit import out_of_time
from ferrule_runtime.sharing import Away, SharedLimits
from ferrule_runtime.sharing.passes import Answered, Pass
from ferrule_runtime.wire import Ask, Call, Flow, Pause, WireFault

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy
    from ferrule_runtime.limiter import Lane

# A service of ours that is asked again at the very same moment by all is asked for nothing.
_SPREAD = 0.5


def shared_turn(call: Call, policy: "Policy", lane: "Lane", shared: SharedLimits) -> Flow[Pass]:
    """The pass of a call that may go now. Raises WireFault for a deadline, and where it is closed.

    Whoever is given a pass leaves it when the call is over.
    """
    given = shared.pass_of(policy.connector, lane, call.plan.cost)
    if not given.keys:
        return given
    try:
        while True:
            answered: Answered = yield Ask(lambda: shared.ask(given))
            if not answered.may_go:
                pause = answered.seconds * (1.0 - _SPREAD * policy.random())
                yield Pause(_within(call, policy, pause))
                continue
            go_at = answered.answered_at + answered.seconds
            if go_at > policy.clock():
                yield Pause(_within(call, policy, go_at - policy.clock()))
            if policy.clock() <= answered.asked_at + answered.seconds + given.slack:
                return given
            # Too late to keep what was promised, and going now could break a bound: another time.
            yield Ask(lambda: shared.renounce(given))
            given.slack *= 2
    except Away as away:
        told = str(away)
        goes = shared.when_away != "closed"
        # Its place may have been given all the same: the store can be slow and not gone.
        shared.leave(given, was_used=goes)
        _tell(call, policy, shared, told)
        if goes:
            return given
    except BaseException:
        shared.leave(given, was_used=False)
        raise
    raise WireFault(
        f"the shared limits do not answer ({told}), and without them no call is sent",
        was_sent=False,
    )


def _within(call: Call, policy: "Policy", seconds: float) -> float:
    left = policy.seconds_left(call)
    if left is not None and seconds >= left:
        raise out_of_time("the deadline passes while waiting for a shared rate limit")
    return seconds


_INSTEAD = {
    "local": "the limits of this process hold",
    "open": "no limit holds",
    "closed": "no call is sent",
}


def _tell(call: Call, policy: "Policy", shared: SharedLimits, told: str) -> None:
    instead = _INSTEAD[shared.when_away]
    if shared.should_warn():
        import logging

        logging.getLogger(f"ferrule.{policy.connector}").warning(
            "the shared limits do not answer (%s): %s", told, instead
        )
    if policy.listening is not None:
        policy.listening.limits_away(call.action, told, instead)

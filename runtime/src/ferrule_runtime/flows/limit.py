"""Sends a call when the limiter lets it go, and tells the limiter what the service says of it."""

import re
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from ferrule_runtime.flows.standard_limits import observe_standard
from ferrule_runtime.reading import convert
from ferrule_runtime.waits import UNITS
from ferrule_runtime.wire import Call, Flow, Reply, Rest, Send, WireFault

if TYPE_CHECKING:
    from ferrule_runtime.connector import Observe
    from ferrule_runtime.flows.policy import Policy
    from ferrule_runtime.limiter import Lane, Ticket
    from ferrule_runtime.sharing.passes import Pass

# Being asked is no waiting: shorter than this it is not told of.
NOTED_SECONDS = 0.01
# More digits than any count has would be no number at all.
_NUMBER = r"\s*([0-9]{1,15}(?:\.[0-9]+)?)\s*"
_GAPS = {"used": _NUMBER, "limit": _NUMBER, "remaining": r"\s*(-?[0-9]{1,15}(?:\.[0-9]+)?)\s*"}
_RESET = r"\s*([^;,\s](?:[^;,]*[^;,\s])?)\s*"
# Longer than any header that tells a limit, and short enough to be searched in no time.
_LONGEST = 500


def limited(call: Call, policy: "Policy") -> Flow[Reply]:
    """Send the call as soon as every bound has room for it, in the order of arrival."""
    lane = call.lane
    if lane is not None and _must_wait(call, policy, lane):
        answered: Reply = yield from _in_turn(call, policy, lane)
        return answered
    if policy.listening is not None:
        policy.listening.started(call)
    answered = yield Send(call)
    if lane is not None:
        _learn(call, lane, call.plan.cost, answered, policy)
    return answered


def _must_wait(call: Call, policy: "Policy", lane: "Lane") -> bool:
    shared = policy.shared
    if shared is None:
        return not policy.limiter.pass_at_once(lane, call.plan.cost)
    return shared.when_away != "open" or not shared.is_away


def _in_turn(call: Call, policy: "Policy", lane: "Lane") -> Flow[Reply]:
    """Send the call when those before it have gone, and leave when it is over."""
    limiter, cost = policy.limiter, call.plan.cost
    ticket = limiter.enter(lane, cost)
    shared = policy.shared
    given: Pass | None = None

    def leave() -> None:
        limiter.leave(ticket)
        if shared is not None and given is not None:
            shared.leave(given, was_used=True)

    # Nothing is yielded below `except`: a driver that is cancelled closes the flow there.
    try:
        came_at = policy.clock()
        must_wait = not ticket.may_go
        if must_wait:
            yield from _waiting(call, policy, ticket)
        if shared is not None:
            from ferrule_runtime.flows.share import shared_turn

            given = yield from shared_turn(call, policy, lane, shared)
            must_wait = must_wait or policy.clock() - came_at > NOTED_SECONDS
        if must_wait:
            _tell_of_wait(call, policy, came_at)
        if policy.listening is not None:
            policy.listening.started(call)
        reply: Reply = yield Send(call)
    except BaseException:
        leave()
        raise
    _learn(call, lane, cost, reply, policy)
    if lane.holds:
        if reply.stream is None:
            leave()
        else:
            # A body that is still coming is a call that is still running.
            reply.when_closed(leave)
    return reply


def _waiting(call: Call, policy: "Policy", ticket: "Ticket") -> Flow[None]:
    """Rest until the ticket may go."""
    while not ticket.may_go:
        seconds = policy.limiter.delay(ticket)
        if seconds <= 0.0:
            break
        left = policy.seconds_left(call)
        if left is not None and left <= 0.0:
            raise out_of_time("the deadline passed while waiting for a rate limit")
        assert ticket.signal is not None
        yield Rest(ticket.signal, seconds if left is None else min(seconds, left))


def _tell_of_wait(call: Call, policy: "Policy", came_at: float) -> None:
    now = policy.clock()
    policy.tally.waited(now - came_at)
    if policy.listening is not None:
        # The time of an attempt begins when it is let go.
        call.started_at = now
        policy.listening.waited(call, "limit", now - came_at)


def out_of_time(told: str) -> WireFault:
    """The fault of a call whose own deadline has passed before it was sent."""
    return WireFault(told, was_sent=False, is_timeout=True, may_pass=False, is_own_deadline=True)


def _learn(call: Call, lane: "Lane", cost: int, reply: Reply, policy: "Policy") -> None:
    """What an answer tells of budgets: how much is left, and what the call has cost."""
    if policy.observe:
        _observe(reply, policy)
    place = call.plan.measured_cost
    if place is None or reply.stream is not None:
        return
    from ferrule_runtime.flows.classify import answer_of

    told = place(answer_of(reply))
    actual = convert(told[0] if type(told) is list and told else told, "number")
    if isinstance(actual, (int, float)) and 0 <= actual < 1e9:
        call.plan.cost = max(1, ceil(actual))
        policy.limiter.settle(lane, cost, ceil(actual))


def _observe(reply: Reply, policy: "Policy") -> None:
    for each in policy.observe:
        value = reply.header(each.header.lower().encode("latin-1"))
        if value is None:
            continue
        if not each.pattern:
            observe_standard(value.decode("latin-1"), each.bucket, policy.limiter)
            continue
        match = _pattern(each)[0].fullmatch(value[:_LONGEST].decode("latin-1"))
        if match is None:
            continue
        told: dict[str, float | None] = {}
        for (name, unit), text in zip(_pattern(each)[1], match.groups(), strict=True):
            if name == "reset":
                told["reset_seconds"] = UNITS[unit or "seconds"](text, policy.now())
            else:
                told[name] = float(text)
        policy.limiter.observe(each.bucket, **told)


@lru_cache(maxsize=256)
def _pattern(each: "Observe") -> tuple[re.Pattern[str], tuple[tuple[str, str | None], ...]]:
    text, gaps = "", []
    for part in each.pattern:
        if isinstance(part, str):
            text += re.escape(part)
        else:
            gaps.append((part[0], part[1]))
            text += _RESET if part[0] == "reset" else _GAPS[part[0]]
    return re.compile(text, re.ASCII), tuple(gaps)

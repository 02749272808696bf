"""Several requests in a row, each told what the answers before it said."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.flows.call import calling
from ferrule_runtime.flows.classify import answer_of
from ferrule_runtime.flows.failure import plain_error
from ferrule_runtime.wire import Call, Flow, Reply

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy
    from ferrule_runtime.operation import Arguments, Operation
    from ferrule_runtime.sequences import Step

MakeCall = Callable[["Operation[Any]", "Arguments"], Call]


def stepping(
    steps: "tuple[Step, ...]", arguments: "Arguments", make: MakeCall, policy: "Policy"
) -> Flow[None]:
    """Send the requests of the steps; `arguments.let` then holds what their answers told."""
    for step in steps:
        yield from one_step(step, arguments, make, policy)


def one_step(
    step: "Step", arguments: "Arguments", make: MakeCall, policy: "Policy"
) -> Flow[tuple[Call, Reply]]:
    """Send one request, and keep what its answer tells the later ones."""
    call = make(step.operation, arguments)
    reply = yield from calling(call, policy)
    if step.let:
        told = read_names(step.let, call, reply, policy)
        arguments.let = {**(arguments.let or {}), **told}
    return call, reply


def read_names(
    let: "Mapping[str, Any]", call: Call, reply: Reply, policy: "Policy"
) -> dict[str, Any]:
    """What stands in the places of an answer. Raises InvalidResponse for one that is missing."""
    answer = answer_of(reply)
    found = {name: place(answer) for name, place in let.items()}
    missing = next((name for name, value in found.items() if value is None or value == ""), None)
    if missing is None:
        return found
    told = f"the answer tells no {missing} at {let[missing]}, which the next request needs"
    raise plain_error(policy, call, "InvalidResponse", told, reply)


def mocked_names(steps: "tuple[Step, ...]") -> dict[str, Any]:
    """Names that stand for what the answers of steps would tell; URLs, for they may be asked."""
    return {name: f"https://mocked.invalid/{name}" for step in steps for name in step.let}

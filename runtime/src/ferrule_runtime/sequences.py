"""What generated code says of actions that make more than one request: data only."""

from typing import TYPE_CHECKING, Any

from ferrule_runtime.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ferrule_runtime.operation import Operation

JOB_TIMEOUT_SECONDS = 3600.0
JOB_EVERY_SECONDS = 5.0


class Step(Frozen):
    """A request before the last one, and what its answer tells the later ones, by name."""

    __slots__ = ("let", "operation")
    operation: "Operation[Any]"
    let: "Mapping[str, Any]"

    def __init__(self, operation: "Operation[Any]", let: "Mapping[str, Any] | None" = None) -> None:
        self._fill(operation=operation, let=let or {})


class JobPlan(Frozen):
    """How work that the service does in its own time is begun, asked after and given up.

    `done`, `failed`, `progress` and `message` are read in the answers of `poll`. `every` are the
    alternatives of a wait. Without `has_result` the last answer of `poll` is the result.
    """

    __slots__ = (
        "cancel",
        "done",
        "every",
        "failed",
        "has_result",
        "message",
        "poll",
        "progress",
        "start",
        "timeout_seconds",
    )
    start: Step
    poll: Step
    done: Any
    failed: Any
    progress: Any
    message: tuple[Any, ...]
    every: tuple[Any, ...]
    cancel: "Operation[Any] | None"
    has_result: bool
    timeout_seconds: float

    def __init__(
        self,
        start: Step,
        poll: Step,
        *,
        done: Any,
        failed: Any = None,
        progress: Any = None,
        message: tuple[Any, ...] = (),
        every: tuple[Any, ...] = (),
        cancel: "Operation[Any] | None" = None,
        has_result: bool = False,
        timeout_seconds: float = JOB_TIMEOUT_SECONDS,
    ) -> None:
        self._fill(
            start=start,
            poll=poll,
            done=done,
            failed=failed,
            progress=progress,
            message=message,
            every=every,
            cancel=cancel,
            has_result=has_result,
            timeout_seconds=timeout_seconds,
        )

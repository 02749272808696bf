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


class Items(Frozen):
    """What becomes of the items of an answer before they are read as their type.

    `where` is a condition of which `$` is the item. `rename` maps wire names to others.
    """

    __slots__ = ("derive", "drop", "rename", "where")
    where: Any
    derive: "Mapping[str, Any]"
    rename: "Mapping[str, str]"
    drop: tuple[str, ...]

    def __init__(
        self,
        *,
        where: Any = None,
        derive: "Mapping[str, Any] | None" = None,
        rename: "Mapping[str, str] | None" = None,
        drop: tuple[str, ...] = (),
    ) -> None:
        self._fill(where=where, derive=derive or {}, rename=rename or {}, drop=drop)


class Split(Frozen):
    """A list of a call that is cut into several calls. `target` is a pair (where, name).

    `merge` is the field (as the service calls it) by which items of several answers are one.
    """

    __slots__ = ("merge", "most", "target")
    target: tuple[str, str]
    most: int
    merge: str | None

    def __init__(self, target: tuple[str, str], most: int, *, merge: str | None = None) -> None:
        self._fill(target=target, most=most, merge=merge)


class Each(Frozen):
    """Over what an action is fanned out: the items of another one, or a list that is looked up.

    `into` are triples: a target, the name for what is put there, and the way to it inside an item.
    `parent` names the constant of the other action: `resources.tickets:LIST`.
    """

    __slots__ = ("batch", "into", "listed", "parent")
    into: tuple[tuple[tuple[str, str], str, tuple[Any, ...]], ...]
    parent: str | None
    listed: Any
    batch: int | None

    def __init__(
        self,
        into: tuple[tuple[tuple[str, str], str, tuple[Any, ...]], ...],
        *,
        parent: str | None = None,
        listed: Any = None,
        batch: int | None = None,
    ) -> None:
        self._fill(into=into, parent=parent, listed=listed, batch=batch)


class Since(Frozen):
    """How a list is read in windows of time. `field` is the way to the moment of an item.

    `form` is how a moment is written: a format of the runtime, `date`, or None for ISO 8601.
    """

    __slots__ = ("field", "form", "into", "lookback_seconds", "start", "step_seconds", "until")
    into: tuple[str, str]
    until: tuple[str, str] | None
    field: tuple[Any, ...]
    form: str | None
    start: Any
    step_seconds: float | None
    lookback_seconds: float

    def __init__(
        self,
        into: tuple[str, str],
        *,
        until: tuple[str, str] | None = None,
        field: tuple[Any, ...] = (),
        form: str | None = None,
        start: Any = None,
        step_seconds: float | None = None,
        lookback_seconds: float = 0.0,
    ) -> None:
        self._fill(
            into=into,
            until=until,
            field=field,
            form=form,
            start=start,
            step_seconds=step_seconds,
            lookback_seconds=lookback_seconds,
        )

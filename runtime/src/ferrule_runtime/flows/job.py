"""Work that the service does in its own time: begun, asked after until it ends, given up."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import AnswerFault
from ferrule_runtime.checkpoint import read_checkpoint, write_checkpoint
from ferrule_runtime.flows.call import calling
from ferrule_runtime.flows.classify import answer_of, first_text
from ferrule_runtime.flows.failure import plain_error
from ferrule_runtime.flows.steps import MakeCall, mocked_names, one_step
from ferrule_runtime.secrecy import one_line
from ferrule_runtime.sequences import JOB_EVERY_SECONDS, JobPlan
from ferrule_runtime.waits import RETRY_AFTER, first_wait
from ferrule_runtime.wire import Call, Flow, Pause, Reply

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy
    from ferrule_runtime.operation import Arguments, Operation

# A service that names no time or an endless one is asked again within this one.
_LONGEST_PAUSE_SECONDS = 600.0


class JobRun:
    """One job: what is known of it, and the flows that find out more. Sync and async share it."""

    __slots__ = (
        "_arguments",
        "_clock",
        "_make",
        "_operation",
        "_plan",
        "_policy",
        "ended",
        "is_mocked",
        "next_poll_seconds",
        "progress",
    )

    def __init__(
        self,
        operation: "Operation[Any]",
        arguments: "Arguments",
        make: MakeCall,
        policy: "Policy",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        plan: JobPlan | None = operation.job
        assert plan is not None
        self._operation = operation
        self._arguments = arguments
        self._make = make
        self._policy = policy
        self._plan = plan
        self._clock = clock
        self.progress: Any = None
        # The call and the reply of the poll that said that the work is done.
        self.ended: tuple[Call, Reply] | None = None
        self.next_poll_seconds = 0.0
        # A mocked service answers the request of the result; nothing is begun or asked after.
        self.is_mocked = False

    @property
    def checkpoint(self) -> str:
        """What `resume` needs of the answers so far, as opaque text."""
        return write_checkpoint(self._operation.action, {"let": dict(self._arguments.let or {})})

    def resume(self, checkpoint: str) -> None:
        """Go on with a job that was begun earlier. Raises ValueError for another's checkpoint."""
        told = read_checkpoint(checkpoint, self._operation.action).get("let")
        self._arguments.let = told if isinstance(told, dict) else {}

    def start(self) -> Flow[None]:
        """Begin the work."""
        if self.is_mocked:
            self._arguments.let = mocked_names((self._plan.start, self._plan.poll))
            return
        _, reply = yield from one_step(self._plan.start, self._arguments, self._make, self._policy)
        # Only what the service itself says: `every` is about the answers of a poll.
        told = first_wait(RETRY_AFTER, answer_of(reply), self._policy.now())
        self.next_poll_seconds = min(told or 0.0, _LONGEST_PAUSE_SECONDS)

    def poll(self) -> Flow[bool]:
        """Ask once; whether the work is done. Raises JobFailed where it has failed."""
        if self.ended is not None:
            return True
        plan = self._plan
        if self.is_mocked:
            self.ended = yield from self._last()
            return True
        call, reply = yield from one_step(plan.poll, self._arguments, self._make, self._policy)
        answer = answer_of(reply)
        told = first_wait((*plan.every, *RETRY_AFTER), answer, self._policy.now())
        pause = JOB_EVERY_SECONDS if told is None else told
        self.next_poll_seconds = min(pause, _LONGEST_PAUSE_SECONDS)
        if plan.progress is not None:
            found = plan.progress(answer)
            self.progress = self.progress if found is None else found
        if plan.failed is not None and plan.failed(answer):
            raise self._failure(call, reply)
        if plan.done(answer):
            self.ended = call, reply
        return self.ended is not None

    def wait(self, timeout_seconds: float | None) -> Flow[bool]:
        """Ask until something is new: the work is done (True), or its progress is another one.

        Raises Timeout when the time is over; the work goes on, and can be asked after again.
        """
        before = self.progress
        limit = self._plan.timeout_seconds if timeout_seconds is None else timeout_seconds
        deadline = self._clock() + limit
        while self.ended is None:
            left = deadline - self._clock()
            if self.next_poll_seconds > left:
                yield Pause(max(left, 0.0))
                raise self._out_of_time(limit)
            if self.next_poll_seconds > 0.0:
                yield Pause(self.next_poll_seconds)
            is_done = yield from self.poll()
            if is_done or (self.progress is not None and self.progress != before):
                break
        return self.ended is not None

    def finish(self, timeout_seconds: float | None) -> Flow[tuple[Call, Reply]]:
        """Ask until the work is done; the call and the reply that hold the result."""
        limit = self._plan.timeout_seconds if timeout_seconds is None else timeout_seconds
        deadline = self._clock() + limit
        while not (yield from self.wait(max(deadline - self._clock(), 0.0))):
            pass
        assert self.ended is not None
        if not self._plan.has_result or self.is_mocked:
            return self.ended
        return (yield from self._last())

    def _last(self) -> Flow[tuple[Call, Reply]]:
        call = self._make(self._operation, self._arguments)
        reply = yield from calling(call, self._policy)
        return call, reply

    def cancel(self) -> Flow[None]:
        """Tell the service to give the work up."""
        operation = self._plan.cancel
        if operation is None:
            raise TypeError(f"{self._operation.action}: the service has no way to cancel this")
        yield from calling(self._make(operation, self._arguments), self._policy)

    def _failure(self, call: Call, reply: Reply) -> Exception:
        answer = answer_of(reply)
        errors, secrets = call.plan.classifier.errors, self._policy.secrets
        try:
            message = first_text((*self._plan.message, *errors.message), answer)
            code = first_text(errors.code, answer)
        except AnswerFault:
            message = code = None
        told = "the job failed" + (f": {one_line(message)}" if message else "")
        error = plain_error(self._policy, call, "JobFailed", told, reply)
        error.message = None if message is None else secrets.scrub(message)
        error.code = None if code is None else one_line(secrets.scrub(code), 200)
        # The service was asked and has answered: asking again brings the same.
        error.is_retry_safe = None
        return error

    def _out_of_time(self, limit: float) -> Exception:
        call = self._make(self._plan.poll.operation, self._arguments)
        told = f"the job was not done within {limit:g} s; it can be asked after again"
        error = plain_error(self._policy, call, "Timeout", told)
        error.is_retry_safe = True
        return error

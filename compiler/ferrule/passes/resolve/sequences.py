"""Spells the requests of an action that makes several: steps with their names, and jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ferrule.forms.code import Code
from ferrule.forms.spec import Action, ConnectorSpec
from ferrule.forms.values import named_values
from ferrule.passes.resolve.inherit import request_target
from ferrule.passes.resolve.lowering import Lowering
from ferrule.passes.resolve.policies import Policies
from ferrule.python_text import dict_of, literal, optional_literal, tuple_of
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.requests import Job, Request


_NEEDS_KEY = ("POST", "PATCH")


def local_names(action: Action) -> dict[str, str]:
    """The names that an action adds to what is looked up, each with the root it stands under."""
    local = {key.removesuffix("?"): "input" for key in action.input}
    for request in requests_of(action):
        local.update(dict.fromkeys(request.let, "let"))
    return local


def requests_of(action: Action) -> list[Request]:
    """The requests of an action that makes several."""
    found = list(action.steps or ())
    if action.job is not None:
        job = action.job
        found += [each for each in (job.start, job.poll, job.result, job.cancel) if each]
    return found


class SequenceWriter(Struct, frozen=True):
    """Writes operations whose maps hold values; `shared` is what all requests of an action have."""

    spec: ConnectorSpec
    lowering: Lowering
    policies: Policies
    key: str
    shared: dict[str, Code | None]

    def steps(self, requests: list[Request]) -> Code | None:
        """The requests before the last one: `(Step(Operation(…), {…}), …)`."""
        return tuple_of(map(self._step, requests)) if requests else None

    def job(self, job: Job) -> Code:
        """`JobPlan(Step(…), Step(…), done=…)`."""
        lowering = self.lowering
        messages = [lowering.read(place) for place in job.message or ()]
        return lowering.make(
            "JobPlan",
            self._step(job.start),
            self._step(job.poll),
            done=lowering.condition(job.done),
            failed=None if job.failed is None else lowering.condition(job.failed),
            progress=None if job.progress is None else lowering.read(job.progress),
            message=tuple_of(messages) if messages else None,
            every=None if job.poll.every is None else lowering.wait(job.poll.every),
            cancel=None if job.cancel is None else self.operation(job.cancel),
            has_result=literal(True) if job.result is not None else None,
            timeout_seconds=None if job.timeout is None else literal(job.timeout.seconds),
        )

    def _step(self, request: Request) -> Code:
        let = {name: self.lowering.read(place) for name, place in request.let.items()}
        arguments = [self.operation(request)]
        if let:
            arguments.append(dict_of(let))
        return self.lowering.make("Step", *arguments)

    def operation(self, request: Request) -> Code:
        """A whole operation of which only the request counts."""
        positional, arguments = self.request(request)
        return self.lowering.make("Operation", *positional, **{**self.shared, **arguments})

    def request(self, request: Request) -> tuple[list[Code], dict[str, Code | None]]:
        """The arguments of an operation that say what is sent."""
        target = request_target(request)
        assert target.path is not None
        assert target.method is not None
        positional = [literal(self.key), literal(target.method)]
        arguments: dict[str, Code | None] = {}
        if target.path.is_absolute:
            arguments["url"] = self.lowering.path(target.path)
        else:
            positional.append(self.lowering.path(target.path))
        lowering = self.lowering
        key = self.spec.idempotency_key if target.method in _NEEDS_KEY else None
        arguments |= {
            "host": optional_literal(request.host),
            "query": lowering.values(named_values(request.query)) if request.query else None,
            "headers": lowering.values(named_values(request.headers)) if request.headers else None,
            "cookies": lowering.values(request.cookies) if request.cookies else None,
            "body": None if request.body is None else lowering.value(request.body),
            "send": optional_literal(request.send),
            "idempotency_key": None if key is None else key_place(lowering, key),
        }
        if request.auth == "none":
            arguments["auth"] = lowering.make("NoAuth")
        if request.timeout is not None:
            arguments["timeout"] = self.policies.timeout(request.timeout)
        return positional, arguments


def key_place(lowering: Lowering, place: ast.RequestPlace) -> Code:
    """Where the key of a call goes: the name of a header, or another place of the request."""
    return literal(place.name) if place.where == "header" else lowering.target(place)

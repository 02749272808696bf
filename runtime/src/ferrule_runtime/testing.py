"""A service that answers as a test tells it: no request leaves the process, all the rest is real.

`service.tickets.get.returns(id=7)` writes an answer and reads it back with the decoder that the
client uses, so that a value of the wrong shape fails where the test says it. Flows, decoding and
paging of the client run as always; nothing is retried and no limit is waited for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from ferrule_runtime.connector import Connector, Retry
from ferrule_runtime.mocks.answers import MockAnswer
from ferrule_runtime.mocks.pages import MockPages
from ferrule_runtime.mocks.wire import MockedCall, MockLink, MockWire
from ferrule_runtime.omit import omit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    from ferrule_runtime.operation import Operation, Paging
    from ferrule_runtime.wire import Call, Reply

__all__ = ["MockAction", "MockResource", "MockService", "Mocked", "MockedCall", "MockedPart"]

C = TypeVar("C")
R = TypeVar("R", bound="MockResource")
# Examples by name: status, headers, body.
Examples = dict[str, tuple[int, dict[str, str], Any]]

BASE_URL = "https://mocked.invalid"


class MockService:
    """The base of the `Service` of a package: its actions are attributes, its clients methods."""

    def __init__(self, connector: Connector) -> None:
        self._connector = mocked(connector)
        self._wire = MockWire(connector.name)

    @property
    def calls(self) -> list[MockedCall]:
        """Every call that was made, in order."""
        return list(self._wire.calls)

    def _client(self, kind: type[C]) -> C:
        """A client of this class that talks to this service; its settings need no values."""
        made: Any = type(
            kind.__name__, (kind,), {"_connector": self._connector, "_is_mocked": True}
        )
        client: C = made(max_attempts=1, rate_limits=False)
        # The one place where a client holds its connections.
        made_client: Any = client
        made_client._installation.link = MockLink(self._wire)
        return client

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self._wire.calls)} calls)"


class MockAction:
    """What one action answers. Told several things, it answers them in turn; the last one stays.

    What it is told after it has answered takes the place of the one that stayed.
    """

    def __init__(
        self,
        service: MockService,
        operation: Operation[Any],
        examples: Examples | None = None,
    ) -> None:
        self._service = service
        self._operation = operation
        self._examples = dict(examples or {})

    @property
    def calls(self) -> list[MockedCall]:
        """The calls of this action, in order."""
        return [call for call in self._service._wire.calls if call.action == self._operation.action]

    def returns(self, *value: Any, **fields: Any) -> None:
        """Answer with a value: `returns(id=7)`, `returns([...])`, `returns(None)`.

        Models, dicts under wire or Python names, and lists of them are taken; required fields that
        are left out are made up. Raises TypeError or ValueError at once for what the action could
        not answer.
        """
        from ferrule_runtime.mocks.returned import Returned

        returned = Returned(self._operation, self._service._connector)
        given = returned.given(value, fields)
        if self._paging() is not None and isinstance(given, (list, tuple)):
            self.pages(list(given))
            return
        answer = returned.answer(given)
        self._tell(lambda call, is_async: _reply(answer, call, is_async))

    def pages(self, *pages: list[Any]) -> None:
        """Answer with pages, each a list of items, linked as the action's paging wants it."""
        from ferrule_runtime.mocks.returned import Returned

        paging = self._paging()
        if paging is None:
            raise TypeError(f"{self._operation.action} has no pages: use returns([…])")
        returned = Returned(self._operation, self._service._connector)
        linked = MockPages(paging, [returned.raw_items(page) for page in pages])

        def answer_page(call: Call, is_async: bool) -> Reply:
            index = linked.asked(call)
            answer = returned.of_wire(linked.items(index))
            linked.link(answer, index, call)
            return _reply(answer, call, is_async)

        self._tell(answer_page)

    def example(self, name: str | None = None) -> None:
        """Answer as an example of the spec does: the one of this name, or the first."""
        if not self._examples:
            raise TypeError(f"{self._operation.action} has no examples: use returns(…)")
        chosen = next(iter(self._examples)) if name is None else name
        if chosen not in self._examples:
            known = ", ".join(self._examples)
            raise ValueError(f"{self._operation.action} has no example {name!r}; it has {known}")
        status, headers, body = self._examples[chosen]
        self.answers(status, json=omit if body is None else body, headers=headers)

    def fails(self, kind: type[Exception], **facts: Any) -> None:
        """Raise an error: `fails(zendesk.NotFound, code="gone", message="no such ticket")`.

        `facts` are the attributes of the connector's errors; an exception of another class is
        raised with them as its arguments.
        """
        from ferrule_runtime.mocks.failures import failure

        made = failure(kind, self._operation, self._service._connector, facts)

        def fail(_call: Call, _is_async: bool) -> Reply:
            raise made()

        self._tell(fail)

    def answers(
        self,
        status: int = 200,
        *,
        json: Any = omit,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer with just this: the rules for errors, the decoder and the paging judge it."""
        answer = MockAnswer(status)
        answer.headers.update(headers or {})
        if json is omit:
            answer.content = content
        else:
            answer.body = json
        answer.bytes()  # what cannot be JSON is told here, and not in the call
        self._tell(lambda call, is_async: _reply(answer, call, is_async))

    def _tell(self, answer: Callable[[Call, bool], Reply]) -> None:
        self._service._wire.tell(self._operation.action, answer)

    def _paging(self) -> Paging | None:
        paging = self._operation.paging
        if isinstance(paging, str):
            return self._service._connector.pagings.get(paging)
        return paging

    def __repr__(self) -> str:
        return f"MockAction({self._operation.action}, {len(self.calls)} calls)"


class MockResource:
    """The base of the resources of a mocked service."""

    def __init__(self, service: MockService) -> None:
        self._service = service


class Mocked:
    """An action in the class of a mocked resource; its operation is imported at the first use."""

    __slots__ = ("_attribute", "_constant", "_examples", "_module", "_package")

    def __init__(self, module: str, constant: str, examples: Examples | None = None) -> None:
        self._module = module
        self._constant = constant
        self._examples = examples

    def __set_name__(self, owner: type, name: str) -> None:
        self._attribute = name
        self._package = owner.__module__.rpartition(".")[0]

    @overload
    def __get__(self, instance: None, owner: type, /) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None, /) -> MockAction: ...
    def __get__(self, instance: Any, owner: type | None = None, /) -> Self | MockAction:
        if instance is None:
            return self
        operation = getattr(import_module(self._module, self._package), self._constant)
        made = MockAction(_service_of(instance), operation, self._examples)
        kept: MockAction = instance.__dict__.setdefault(self._attribute, made)
        return kept


class MockedPart(Generic[R]):
    """A resource in the class of a mocked service, or of another resource."""

    __slots__ = ("_attribute", "_kind")

    def __init__(self, kind: type[R]) -> None:
        self._kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self._attribute = name

    @overload
    def __get__(self, instance: None, owner: type, /) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None, /) -> R: ...
    def __get__(self, instance: Any, owner: type | None = None, /) -> Self | R:
        if instance is None:
            return self
        made = self._kind(_service_of(instance))
        kept: R = instance.__dict__.setdefault(self._attribute, made)
        return kept


def _service_of(owner: MockService | MockResource) -> MockService:
    return owner if isinstance(owner, MockService) else owner._service


def _reply(answer: MockAnswer, call: Call, is_async: bool) -> Reply:
    from ferrule_runtime.mocks.wire import reply_of

    return reply_of(answer, is_streaming=call.plan.is_streaming, is_async=is_async)


def mocked(connector: Connector) -> Connector:
    """The connector without credentials, limits and retries, and with a value for each setting."""
    from ferrule_runtime.credentials.kinds import NoAuth, OneOf
    from ferrule_runtime.mocks.settings import with_value

    fields = {name: getattr(connector, name) for name in Connector.__slots__ if name != "memo"}
    names = dict.fromkeys(connector.auths)
    if isinstance(connector.auth, OneOf):
        names |= dict.fromkeys(connector.auth.kinds)
    fields.update(
        settings=tuple(map(with_value, connector.settings)),
        base_url=BASE_URL,
        hosts={
            name: f"https://{name.replace('_', '-')}.mocked.invalid" for name in connector.hosts
        },
        origins=None,
        auth=NoAuth(),
        auths={name: NoAuth() for name in names},
        limits={},
        concurrency=None,
        min_interval=None,
        observe=(),
        retry=Retry(attempts=1),
    )
    return Connector(**fields)

"""What sync and async clients share: settings, options, recipes, results. No I/O."""

import warnings
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ferrule_runtime.answer import AnswerFault
from ferrule_runtime.errors import ConfigurationError, ConnectorError
from ferrule_runtime.flows.call import calling
from ferrule_runtime.flows.classify import answer_of
from ferrule_runtime.flows.failure import fault_error, plain_error, request_id_of
from ferrule_runtime.flows.steps import mocked_names, stepping
from ferrule_runtime.frozen import Frozen
from ferrule_runtime.installation import Installation
from ferrule_runtime.network import Network, NetworkFault
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.operation import Arguments, Operation, Paging
from ferrule_runtime.options import ClientOptions, Options
from ferrule_runtime.raw import RawReply
from ferrule_runtime.resources import Lazy
from ferrule_runtime.urls import Foreign
from ferrule_runtime.wire import Body, Call, Flow, Reply, WireFault

if TYPE_CHECKING:
    from ssl import SSLContext
    from typing import Self

    from ferrule_runtime.answer import Answer
    from ferrule_runtime.connector import Connector, Timeout
    from ferrule_runtime.flows.job import JobRun
    from ferrule_runtime.flows.policy import Policy
    from ferrule_runtime.listening import Listening
    from ferrule_runtime.recipe import Recipe
    from ferrule_runtime.stats import Stats
    from ferrule_runtime.streams import Resume
    from ferrule_runtime.walk import Fetched, Page


W = TypeVar("W")
_OF_WALK = ("page_size", "checkpoint", "start", "since", "until", "parent")


class ConnectionTest(Frozen):
    """Whether a connection works, in the service's words where it has some; true if it does."""

    __slots__ = ("error", "message", "ok")
    ok: bool
    message: str
    error: ConnectorError | None

    def __init__(self, ok: bool, message: str, error: ConnectorError | None = None) -> None:
        self._fill(ok=ok, message=message, error=error)

    def __bool__(self) -> bool:
        return self.ok


def reached_by(client: "ClientCore") -> "tuple[Network, SSLContext]":
    """The way that a client takes by itself and what TLS is done with, for who makes its transport.

    Raises ConfigurationError where its settings hold no usable proxy or certificates.
    """
    network = client._installation.network

    def made() -> "SSLContext":
        network.prepare(verify=client._verifies)
        context: SSLContext = network.context(verify=client._verifies)()
        return context

    return network, client._reached(made)


class _Quiet(type):
    """Makes clients; a configuration error leaves no frame behind that holds the settings."""

    if not TYPE_CHECKING:

        def __call__(cls, *args, **kwargs):
            failure = None
            try:
                return super().__call__(*args, **kwargs)
            except ConfigurationError as error:
                failure = error.with_traceback(None)
            del args
            kwargs.clear()
            raise failure


class ClientCore(metaclass=_Quiet):
    """One client. Copies made by `with_options` share connections, credentials and budgets."""

    _connector: "Connector"
    _is_async = False
    _is_raw = False
    # A mocked service answers the last request of several; the ones before it are not sent.
    _is_mocked = False

    def __init__(
        self,
        settings: Mapping[str, Any],
        options: "ClientOptions",
        auth: "str | Omit" = omit,
    ) -> None:
        """Nothing is sent, imported or opened before the first call."""
        owner = type(self).__name__
        self._options = Options(options, owner)
        self._check_http_client(self._options.get("http_client"), owner)
        self._installation = Installation(self._connector, settings, self._options, auth)
        self._settle()
        if not self._verifies:
            warnings.warn(
                f"{owner}(verify=False) takes any certificate: nothing that is sent is safe",
                stacklevel=4,
            )

    @property
    def _verifies(self) -> bool:
        """Whether certificates are verified: as the client says, else as its settings do."""
        return bool(self._options.get("verify", self._installation.network.verifies))

    def _reached(self, make: Callable[[], W]) -> W:
        """The wire that is made, or the connector's own error without a frame of a secret."""
        reason = ""
        try:
            return make()
        except NetworkFault as fault:
            reason = str(fault)
        raise self._installation.error(reason)

    def _settle(self) -> None:
        """What depends on the options; the rest is shared with the client this is a copy of."""
        self._recipes: dict[Any, Recipe] = {}
        self._scope = self._installation.scope
        self._policy: Policy = self._installation.policy.varied(max_wait=self._options.max_wait)
        self._heard: Policy | None = None
        self._bound: Any = None

    def __repr__(self) -> str:
        base = self._installation.base
        told = [] if base is None else [f"base_url={base[0].text + base[1]!r}"]
        name = self._options.get("name")
        if name is not None:
            told.insert(0, f"name={name!r}")
        return f"{type(self).__name__}({', '.join(told)})"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError(f"a {type(self).__name__} cannot be pickled: it holds secrets")

    def _check_http_client(self, client: Any, owner: str) -> None:
        if client is None:
            return
        from ferrule_runtime.wires.library import library_of

        found = library_of(client)
        kind = "an AsyncClient" if self._is_async else "a Client"
        if found is None or found[1] is not self._is_async:
            given = f"{type(client).__module__}.{type(client).__qualname__}"
            raise TypeError(f"{owner} needs {kind} of httpx or httpx2 as http_client, got {given}")

    def with_options(
        self,
        *,
        timeout: "float | Timeout | Omit | None" = omit,
        deadline: float | Omit | None = omit,
        max_attempts: int | Omit = omit,
        backoff: tuple[float, float] | float | Omit | None = omit,
        retry_all_errors: bool | Omit = omit,
        max_wait: float | Omit = omit,
        max_response_bytes: int | Omit | None = omit,
        max_header_bytes: int | Omit = omit,
        max_nesting: int | Omit = omit,
        max_redirects: int | Omit = omit,
        headers: Mapping[str, str | None] | Omit = omit,
        verify: bool | Omit = omit,
        name: str | Omit = omit,
        debug: bool | Omit = omit,
        on_event: "Callable[[Any], object] | Omit | None" = omit,
        around: Any = omit,
    ) -> "Self":
        """The same client with other options; connections, tokens and limits are shared."""
        changes = {
            "timeout": timeout,
            "deadline": deadline,
            "max_attempts": max_attempts,
            "backoff": backoff,
            "retry_all_errors": retry_all_errors,
            "max_wait": max_wait,
            "max_response_bytes": max_response_bytes,
            "max_header_bytes": max_header_bytes,
            "max_nesting": max_nesting,
            "max_redirects": max_redirects,
            "headers": headers,
            "verify": verify,
            "name": name,
            "debug": debug,
            "on_event": on_event,
            "around": around,
        }
        copy = self._copy()
        copy._options = self._options.varied(changes, type(self).__name__)
        copy._settle()
        if verify is False:
            warnings.warn(
                f"{type(self).__name__}.with_options(verify=False) takes any certificate",
                stacklevel=2,
            )
        return copy

    def _copy(self) -> "Self":
        copy = object.__new__(type(self))
        copy.__dict__.update(
            (name, value) for name, value in self.__dict__.items() if not self._is_bound(name)
        )
        return copy

    def _is_bound(self, name: str) -> bool:
        """Whether an attribute was made for this very client, as its resources are."""
        return isinstance(getattr(type(self), name, None), Lazy | cached_property)

    def __copy__(self) -> "Self":
        return self.with_options()

    def __deepcopy__(self, known: dict[int, Any]) -> "Self":
        """Connections, tokens and limits are shared by all copies."""
        return self.with_options()

    def _as_raw(self) -> "Self":
        copy = self._copy()
        copy._is_raw = True
        return copy

    # --- calls

    def _call(
        self, operation: Operation[Any], arguments: Arguments, *, is_streaming: bool = False
    ) -> Call:
        """The call of these arguments, or an error that names what is wrong with them."""
        failure: tuple[str, str] | None = None
        try:
            recipe = self._recipe(operation, arguments.auth, is_streaming=is_streaming)
            call = recipe.call(arguments)
            if not self._is_async and isinstance(call.content, Body) and call.content.is_async:
                raise TypeError("body: parts that come asynchronously need the async client")
            return call
        except Foreign as fault:
            failure = ("RefusedUrl", str(fault))
        except (ConnectorError, OSError):
            raise
        except ValueError as fault:
            failure = ("InvalidRequest", str(fault))
        except TypeError as fault:
            failure = ("", str(fault))
        name, told = failure
        told = f"{self._connector.name}.{operation.action}: {self._policy.secrets.scrub(told)}"
        if not name:
            raise TypeError(told)
        raise self._policy.table().named(name)(
            told, action=operation.action, method=operation.method, path_template=operation.template
        )

    def _recipe(self, operation: Operation[Any], auth: Any, *, is_streaming: bool) -> "Recipe":
        if auth is omit:
            auth = None
        key = operation if auth is None and not is_streaming else (operation, auth, is_streaming)
        if self._scope is not self._installation.scope:
            # A token has brought other names along, perhaps another place of the service.
            self._scope, self._recipes = self._installation.scope, {}
        recipe = self._recipes.get(key)
        if recipe is None:
            from ferrule_runtime.recipe import Recipe

            chosen = operation.auth if auth is None else auth
            recipe = self._recipes[key] = Recipe(
                operation, self._installation, self._options, chosen, is_streaming=is_streaming
            )
        return recipe

    def _current_policy(self) -> "Policy":
        """The policy, with those who listen where there are any."""
        heard = self._heard
        if heard is None:
            heard = self._heard = self._policy.varied(listening=self._listening())
        assert heard.listening is not None
        return heard if heard.listening.is_on else self._policy

    def _listening(self) -> "Listening":
        from ferrule_runtime.listening import Listening
        from ferrule_runtime.log import CallLog

        name = self._connector.name
        log = CallLog(name, is_forced=bool(self._options.get("debug", False)))
        return Listening(name, self._policy.secrets, log, self._options.get("on_event"))

    def stats(self) -> "Stats":
        """What this client and its copies have done so far, and what they hold now."""
        from ferrule_runtime.stats import Stats

        policy = self._policy
        connections, idle = self._installation.link.counted()
        return Stats(
            **policy.tally.counted(),
            retry_quota=policy.quota.left,
            waiting=policy.limiter.waiting,
            connections=connections,
            idle_connections=idle,
        )

    def _warn_deprecated(self, operation: Operation[Any], stacklevel: int) -> None:
        if not operation.memo.get("was_warned"):
            operation.memo["was_warned"] = True
            warnings.warn(
                f"{self._connector.name}.{operation.action} is deprecated: {operation.deprecated}",
                DeprecationWarning,
                stacklevel=stacklevel,
            )

    def _calling(
        self, operation: Operation[Any], arguments: Arguments, *, is_streaming: bool = False
    ) -> "Flow[tuple[Call, Reply]]":
        """All requests of an action; the call and the reply of the last one."""
        policy = self._current_policy()
        yield from self._awake()
        if operation.before:
            if self._is_mocked:
                arguments.let = mocked_names(operation.before)
            else:
                yield from stepping(operation.before, arguments, self._call, policy)
        call = self._call(operation, arguments, is_streaming=is_streaming)
        reply = yield from calling(call, policy)
        return call, reply

    def _awake(self) -> "Flow[None]":
        """What has to be asked before the first call of all."""
        if self._installation.is_waiting and not self._is_mocked:
            yield from self._installation.waking(self._current_policy())

    def _job_run(self, operation: Operation[Any], given: Mapping[str, Any]) -> "JobRun":
        """A job that was not begun yet, or the one of a checkpoint."""
        from ferrule_runtime.flows.job import JobRun

        checkpoint = given.get("checkpoint", omit)
        arguments = Arguments(**{name: given[name] for name in given if name != "checkpoint"})
        run = JobRun(operation, arguments, self._call, self._current_policy())
        run.is_mocked = self._is_mocked
        if checkpoint is not omit:
            run.resume(checkpoint)
        return run

    # --- results

    def _value(self, operation: Operation[Any], call: Call, reply: Reply, by: Any) -> Any:
        from ferrule_runtime.decode import decoder_of

        decoder = decoder_of(operation)
        if reply.outcome != "success":
            return decoder.nothing()
        told = ""
        value: Any = None
        try:
            value = decoder.value(answer_of(reply), by)
        except AnswerFault as fault:
            told = str(fault)
        if told:
            raise self._invalid(call, reply, told)
        if call.plan.classifier.errors.partial is not None:
            self._refuse_partial(operation, call, reply, value)
        return value

    def _refuse_partial(
        self, operation: Operation[Any], call: Call, reply: Reply, value: Any
    ) -> None:
        """Raise PartialFailure where items of a list of results have failed."""
        from ferrule_runtime.flows.failure import partial_error
        from ferrule_runtime.places import body

        error = partial_error(self._policy, call, reply, operation.at or body(), value)
        if error is not None:
            raise error

    def _result(self, operation: Operation[Any], call: Call, reply: Reply, by: Any) -> Any:
        if not self._is_raw:
            return self._value(operation, call, reply, by)
        return self._raw(call, reply, lambda: self._value(operation, call, reply, by))

    def _raw(self, call: Call, reply: Reply, parse: Callable[[], Any]) -> RawReply[Any]:
        request_id = request_id_of(call.plan, answer_of(reply), self._policy)
        return RawReply(reply, parse, request_id)

    def _invalid(self, call: Call, reply: Reply, told: str) -> ConnectorError:
        told = f"the answer is not what was declared: {told}"
        return plain_error(self._policy, call, "InvalidResponse", told, reply)

    def _failing(self, call: Call, reply: Reply) -> Callable[[AnswerFault], Exception]:
        """Makes the errors of a streamed body that is not what was declared."""
        return lambda fault: self._invalid(call, reply, str(fault))

    def _cut(self, call: Call, fault: WireFault) -> ConnectorError:
        """The error of a streamed body that ended before its end."""
        return fault_error(self._policy, call, fault)

    def _paging(self, operation: Operation[Any]) -> Paging | None:
        paging = operation.paging
        return self._connector.pagings[paging] if isinstance(paging, str) else paging

    def _page_arguments(self, given: Mapping[str, Any]) -> tuple[Arguments, dict[str, Any]]:
        """What goes into the request, and where the walk begins."""
        where = {name: given[name] for name in _OF_WALK if name in given}
        return Arguments(**{name: given[name] for name in given if name not in where}), where

    def _first_request(
        self, operation: Operation[Any], arguments: Arguments, where: Mapping[str, Any]
    ) -> Arguments:
        from ferrule_runtime.walk import Walk

        walk: Walk[Any] = Walk(operation, self._paging(operation), arguments, **where)
        first = walk.next_request()
        assert first is not None
        return first

    def _raw_items(
        self, operation: Operation[Any], call: Call, reply: Reply, by: Any
    ) -> RawReply[Any]:
        return self._raw(call, reply, lambda: self._fetched(operation, call, reply, by).items)

    def _view(self, call: Call, reply: Reply, opened: Any) -> Any:
        return self._raw(call, reply, lambda: opened) if self._is_raw else opened

    def _known_case(self, operation: Operation[Any], by: Any) -> Any:
        """The kind of answer that an argument picks; None where the answer itself tells."""
        if operation.by is None or operation.cases is None:
            return None
        return operation.cases[next(iter(operation.cases)) if by is None or by is omit else by]

    def _met_case(self, operation: Operation[Any], call: Call, reply: Reply) -> Any:
        """The kind of answer that this one is."""
        from ferrule_runtime.decode import case_key

        told = ""
        try:
            return (operation.cases or {})[case_key(operation, answer_of(reply), None)]
        except AnswerFault as fault:
            told = str(fault)
        raise self._invalid(call, reply, told)

    def _stream_fault(self, kind: str, call: Call, reply: Reply) -> ConnectorError | None:
        """The error of an answer that cannot be such a stream, by its media type."""
        from ferrule_runtime.stream_items import mismatch_of

        told = mismatch_of(kind, answer_of(reply).media_type)
        return None if told is None else self._invalid(call, reply, told)

    def _resuming(
        self, operation: Operation[Any], kind: str, call: Call, ask: Callable[[str], Any]
    ) -> "Resume | None":
        """How a stream of events goes on that was cut off; None where it cannot."""
        if kind != "events" or operation.before or call.method != b"GET":
            return None
        from ferrule_runtime.flows.retry import backoff_seconds
        from ferrule_runtime.streams import Resume

        retry, policy = call.plan.retry, self._policy
        return Resume(
            ask,
            retry.attempts - 1 if retry.network else 0,
            lambda failures: backoff_seconds(retry, failures, policy.random),
            policy.max_wait,
        )

    def _preload_package(self) -> None:
        from ferrule_runtime.preload import preload

        preload(self._connector.package)

    def _fetched(
        self,
        operation: Operation[Any],
        call: Call,
        reply: Reply,
        by: Any,
        names: Mapping[str, Any] | None = None,
    ) -> "Fetched[Any]":
        from ferrule_runtime.decode import decoder_of
        from ferrule_runtime.walk import Fetched

        items: list[Any] = []
        received: int | None = None
        answer = answer_of(reply)
        told = ""
        if reply.outcome not in ("ignore", "restart"):
            try:
                decoder = decoder_of(operation, self._paging(operation))
                items, answer = decoder.page(answer, by, names)
                if operation.items is not None or operation.hooks is not None:
                    received = decoder.received(answer, by)
            except AnswerFault as fault:
                told = str(fault)
        if told:
            raise self._invalid(call, reply, told)
        if call.plan.classifier.errors.partial is not None and reply.outcome != "restart":
            self._refuse_partial(operation, call, reply, items)
        credential = call.credential
        return Fetched(
            items,
            answer,
            outcome=reply.outcome,
            url=call.origin.text + call.path_and_query,
            secret_query=() if credential is None else tuple(credential.query),
            received=received,
        )

    def page_read(self, operation: Operation[Any], number: int, page: "Page[Any]") -> None:
        """Count a page that was read; told by pagers."""
        policy = self._current_policy()
        next(policy.tally.pages)
        if policy.listening is not None:
            policy.listening.page(
                operation.action,
                number,
                len(page.items),
                has_next=page.has_next,
                total=page.total,
            )

    @property
    def package_of_connector(self) -> str:
        """The package that was generated for the connector; asked for by sweeps."""
        return self._connector.package

    def paging_of(self, operation: Operation[Any]) -> Paging | None:
        """How an action goes on; asked for by sweeps."""
        return self._paging(operation)

    def _sweep_arguments(self, where: Mapping[str, Any]) -> dict[str, Any]:
        return {**where, "scope": self._installation.scope}

    def paging_loop(self, operation: Operation[Any], reason: str) -> Exception:
        """The error of a service that leads in a circle; asked for by pagers."""
        return self._policy.table().named("PagingLoop")(
            f"{self._connector.name}.{operation.action}: {reason}",
            action=operation.action,
            method=operation.method,
            path_template=operation.template,
        )

    # --- the connection test

    def _test_operation(self) -> Operation[Any]:
        if self._connector.test is None:
            raise self._installation.error("the connector declares no test of its connection")
        return self._connector.test.operation

    def _tested(self, reply: Reply) -> ConnectionTest:
        test, answer = self._connector.test, answer_of(reply)
        assert test is not None
        has_failed = test.failed is not None and test.failed(answer)
        is_ok = not has_failed and (test.ok is None or test.ok(answer))
        message = self._test_message(answer)
        default = "the connection works" if is_ok else "the service does not say that it works"
        return ConnectionTest(is_ok, message or default)

    def _test_failed(self, error: ConnectorError) -> ConnectionTest:
        from ferrule_runtime.answer import Answer

        said = None
        if error.status_code is not None:
            said = self._test_message(Answer(error.status_code, (), error.content))
        return ConnectionTest(False, said or error.message or str(error), error)

    def _test_message(self, answer: "Answer") -> str | None:
        test = self._connector.test
        message = None if test is None else test.message
        # One place or several: the first that holds something is taken.
        places = message if isinstance(message, tuple) else (message,)
        texts = (place(answer) for place in places if place is not None)
        found = next((text for text in texts if text), None)
        if not isinstance(found, str):
            return None
        from ferrule_runtime.secrecy import one_line

        return one_line(self._policy.secrets.scrub(found))

"""OpenTelemetry spans of attempts, by the conventions for HTTP clients; needs the extra `otel`."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit

from ferrule_runtime import __version__
from ferrule_runtime.errors import ConfigurationError
from ferrule_runtime.middleware import Incoming, Outgoing


class Tracing:
    """Opens a span for each attempt, those that fetch tokens among them: `around=Tracing()`.

    A span is a child of the one that is current where the call is made; with `propagates` its
    context goes out in the headers of the request. Spans hold neither values nor query strings.
    """

    def __init__(self, tracer_provider: Any = None, *, propagates: bool = True) -> None:
        """Raises ConfigurationError where opentelemetry-api is not installed."""
        is_missing = False
        try:
            from opentelemetry import propagate, trace
        except ImportError:
            is_missing = True
        if is_missing:
            raise ConfigurationError(
                "Tracing needs opentelemetry-api: pip install 'ferrule-runtime[otel]'"
            )
        self._trace = trace
        self._tracer = trace.get_tracer("ferrule_runtime", __version__, tracer_provider)
        self._inject = propagate.inject if propagates else None

    def around(self, call_next: Callable[[Outgoing], Incoming]) -> Callable[[Outgoing], Incoming]:
        """The layer of a sync client."""

        def handle(outgoing: Outgoing) -> Incoming:
            with self._span(outgoing) as span:
                self._send_context(outgoing)
                try:
                    incoming = call_next(outgoing)
                except Exception as error:
                    self._failed(span, error)
                    raise
                return self._ended(span, incoming)

        return handle

    def around_async(
        self, call_next: Callable[[Outgoing], Awaitable[Incoming]]
    ) -> Callable[[Outgoing], Awaitable[Incoming]]:
        """The layer of an async client."""

        async def handle(outgoing: Outgoing) -> Incoming:
            with self._span(outgoing) as span:
                self._send_context(outgoing)
                try:
                    incoming = await call_next(outgoing)
                except Exception as error:
                    self._failed(span, error)
                    raise
                return self._ended(span, incoming)

        return handle

    def _span(self, outgoing: Outgoing) -> AbstractContextManager[Any]:
        place = urlsplit(outgoing.origin)
        attributes: dict[str, Any] = {
            "http.request.method": outgoing.method,
            "server.address": place.hostname or "",
            "server.port": place.port or {"http": 80}.get(place.scheme, 443),
            "url.scheme": place.scheme,
            "ferrule.action": outgoing.action,
        }
        if outgoing.path_template:
            attributes["url.template"] = outgoing.path_template
        if outgoing.attempt > 1:
            attributes["http.request.resend_count"] = outgoing.attempt - 1
        name = f"{outgoing.method} {outgoing.path_template}".strip()
        kind = self._trace.SpanKind.CLIENT
        # The text of a fault is kept out: what a service says may hold what it was sent.
        manager: AbstractContextManager[Any] = self._tracer.start_as_current_span(
            name,
            kind=kind,
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        )
        return manager

    def _send_context(self, outgoing: Outgoing) -> None:
        if self._inject is None:
            return
        carrier: dict[str, str] = {}
        self._inject(carrier)
        for name, value in carrier.items():
            outgoing.add_header(name, value)

    def _ended(self, span: Any, incoming: Incoming) -> Incoming:
        span.set_attribute("http.response.status_code", incoming.status_code)
        if incoming.status_code >= 400:
            span.set_attribute("error.type", str(incoming.status_code))
            span.set_status(self._trace.StatusCode.ERROR)
        return incoming

    def _failed(self, span: Any, error: Exception) -> None:
        span.set_attribute("error.type", type(error).__name__)
        span.set_status(self._trace.StatusCode.ERROR)

"""Sends calls through an httpx or httpx2 client, ours or the user's, by what is public of it."""

import time
from collections.abc import AsyncIterator, Iterator
from types import ModuleType
from typing import Any

from ferrule_runtime.network import Network
from ferrule_runtime.wire import Body, Call, Reply, WireFault
from ferrule_runtime.wires.attempt import (
    AsyncParts,
    Gathered,
    Parts,
    check_headers,
    headers_fit,
    is_late,
    lines_of,
    settled,
    too_late,
)
from ferrule_runtime.wires.content import Unpacker, encodings_of, too_large
from ferrule_runtime.wires.deadline import bind, deadline
from ferrule_runtime.wires.early import our_call, watch
from ferrule_runtime.wires.faults import as_fault
from ferrule_runtime.wires.library import (
    client_arguments,
    is_proxied,
    made_client,
    transport_arguments,
)

_MOST_URLS = 512
_LONGEST_KEPT_URL = 500


class _Public:
    """What the sync and the async wire share: requests, timeouts, and how bodies are bounded."""

    __slots__ = ("_client", "_has_proxy", "_httpx", "_is_ours", "_urls")

    def __init__(self, httpx: ModuleType, client: Any, *, is_ours: bool) -> None:
        self._httpx = httpx
        self._client = client
        self._is_ours = is_ours
        self._has_proxy = False
        self._urls: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._httpx.__name__})"

    def _settled(self, call: Call, fault: WireFault) -> WireFault:
        """The fault of an attempt; of a proxy that may be to blame it tells."""
        met = settled(call, fault)
        may_blame = self._is_ours and met is fault and not fault.was_sent and fault.may_pass
        if may_blame and "proxy" not in str(fault):
            if self._has_proxy:
                met.args = (f"{met} (through the proxy)",)
            elif is_proxied(call.origin):
                met.args = (f"{met} (through the proxy of the environment)",)
        return met

    def counted(self) -> None:
        """The connections are httpx's own, and it does not count them for others."""
        return

    def _request(self, call: Call, parts: type[Any]) -> Any:
        timeout = self._timeout(call)
        url = self._url(call)
        headers = lines_of(call)
        content: Any = call.sent_content
        if isinstance(content, Body):
            if content.length is not None:
                headers.append((b"content-length", b"%d" % content.length))
            content = parts(content)
        method = call.method.decode("ascii")
        if self._is_ours:
            return self._httpx.Request(
                method, url, headers=headers, content=content, extensions={"timeout": timeout or {}}
            )
        own = self._httpx.USE_CLIENT_DEFAULT
        request = self._client.build_request(
            method,
            url,
            headers=headers,
            content=content,
            timeout=own if timeout is None else self._httpx.Timeout(**timeout),
        )
        if self._client.params:
            # httpx puts the parameters of its client in place of those of the URL.
            request.url = self._with_client_params(call, url)
        return request

    def _with_client_params(self, call: Call, url: Any) -> Any:
        from urllib.parse import urlencode

        present = set(url.params)
        more = [pair for pair in self._client.params.multi_items() if pair[0] not in present]
        mark = "&" if "?" in call.target else "?"
        return self._httpx.URL(f"{url}{mark}{urlencode(more)}") if more else url

    def _url(self, call: Call) -> Any:
        text = call.origin.text + call.target
        url = self._urls.get(text)
        if url is not None:
            return url
        try:
            url = self._httpx.URL(text)
        except self._httpx.InvalidURL:
            url = None
        if url is None:
            raise WireFault("the URL is too long or malformed", was_sent=False, may_pass=False)
        # The few that are asked for again and again: parsing one costs more than all that we do.
        if len(self._urls) < _MOST_URLS and len(text) < _LONGEST_KEPT_URL:
            self._urls[text] = url
        return url

    def _timeout(self, call: Call) -> dict[str, float | None] | None:
        """The bounds of this attempt's steps; None leaves them to the user's client."""
        timeout, at = call.timeout, call.deadline
        steps: dict[str, Any]
        if timeout is not None:
            steps = {
                "connect": timeout.connect,
                "read": timeout.read,
                "write": timeout.write,
                "pool": timeout.pool,
            }
        elif at is not None:
            steps = self._client.timeout.as_dict()
        else:
            return None
        if at is None:
            return steps
        left = at - time.monotonic()
        if left <= 0.0:
            raise too_late(was_sent=False)
        if None not in steps.values() and max(steps.values()) <= left:
            # Nothing has to be shortened: the client's own are as good as they are.
            return None if timeout is None else steps
        return {name: left if own is None else min(own, left) for name, own in steps.items()}

    def _auth(self, call: Call) -> Any:
        """None keeps httpx from adding credentials of its own: netrc, or those of the client."""
        return self._httpx.USE_CLIENT_DEFAULT if self._uses_client_auth(call) else None

    def _uses_client_auth(self, call: Call) -> bool:
        return call.plan.allows_client_auth and not self._is_ours

    def _unpacker(self, call: Call, response: Any) -> Unpacker:
        raw = response.headers.raw
        check_headers(call, raw)
        limit, length = call.plan.max_bytes, response.headers.get("content-length", "")
        is_told = limit is not None and length.isdecimal() and call.method != b"HEAD"
        if is_told and limit is not None and int(length[:20]) > limit:
            raise too_large(limit)
        return Unpacker(encodings_of(raw))


def _may_stream(call: Call, response: Any) -> bool:
    """Whether the body is handed on as it comes; what is refused is read to its error."""
    is_wanted = call.plan.is_streaming and 200 <= response.status_code < 300
    return is_wanted and headers_fit(call, response.headers.raw)


def _already_read(call: Call, response: Any) -> bytes:
    """What a mock transport or a hook has read, and httpx has unpacked."""
    content: bytes = response.content
    if call.plan.max_bytes is not None and len(content) > call.plan.max_bytes:
        raise too_large(call.plan.max_bytes)
    return content


class PublicWire(_Public):
    """Sends in this thread. The user's hooks, mounts, proxies and mock transports keep working."""

    __slots__ = ()

    def __init__(self, httpx: ModuleType, client: Any, *, is_ours: bool) -> None:
        super().__init__(httpx, client, is_ours=is_ours)
        # Of the calls that a user's client sends for others nothing is bounded: they have no
        # deadline here.
        bind(client)

    @classmethod
    def own(cls, httpx: ModuleType, network: Network, *, verify: bool) -> "PublicWire":
        """A wire with a client of our own."""
        arguments = client_arguments(httpx, network, verify=verify)
        if network.socket is not None:
            given = transport_arguments(httpx, network, verify=verify)
            arguments["transport"] = httpx.HTTPTransport(**given)
        made = cls(httpx, made_client(httpx, "Client", arguments), is_ours=True)
        made._has_proxy = network.proxy is not None
        return made

    def send(self, call: Call) -> Reply:
        """Send once. Raises WireFault, and whatever a hook of the user's client raises."""
        with deadline(call.deadline):
            request = self._request(call, Parts)
            fault: WireFault | None = None
            try:
                response = self._client.send(
                    request, stream=True, auth=self._auth(call), follow_redirects=False
                )
            except Exception as error:
                fault = as_fault(error, request, may_be_replaced=self._uses_client_auth(call))
                # No frame on the way of somebody else's error may show the request.
                del request
                if fault is None:
                    raise
            if fault is not None:
                raise self._settled(call, fault)
            if _may_stream(call, response):
                return self._streamed(call, response, request)
            return self._read(call, response)

    def _read(self, call: Call, response: Any) -> Reply:
        fault: WireFault | None = None
        content = b""
        try:
            gathered = Gathered(self._unpacker(call, response), call.plan.max_bytes)
            if response.is_stream_consumed:
                content = _already_read(call, response)
            else:
                for data in response.iter_raw():
                    gathered.add(data)
                    if is_late(call):
                        raise too_late(was_sent=True)
                content = gathered.whole()
        except WireFault as met:
            fault = met
        except Exception as error:
            fault = as_fault(error, None)
            if fault is None:
                raise
        finally:
            response.close()
        if fault is not None:
            raise settled(call, fault)
        return Reply(response.status_code, response.headers.raw, content)

    def _streamed(self, call: Call, response: Any, request: Any) -> Reply:
        if call.timeout is not None and "timeout" in request.extensions:
            # The deadline bounds the call up to here; from here on silence is bounded.
            request.extensions["timeout"]["read"] = call.timeout.read
        unpacker = Unpacker(encodings_of(response.headers.raw))
        reply = Reply(response.status_code, response.headers.raw)

        def close() -> None:
            response.close()
            reply.closed()

        def parts() -> Iterator[bytes]:
            fault: WireFault | None = None
            try:
                if response.is_stream_consumed:
                    yield response.content
                    return
                for data in response.iter_raw():
                    yield from unpacker.feed(data)
                unpacker.finish()
            except WireFault as met:
                fault = met
            except Exception as error:
                fault = as_fault(error, None)
                if fault is None:
                    raise
            finally:
                close()
            if fault is not None:
                raise fault

        reply.stream, reply.close = parts(), close
        return reply

    def close(self) -> None:
        """Close the connections of a client of our own; a user's client stays open."""
        if self._is_ours:
            self._client.close()


class AsyncPublicWire(_Public):
    """Sends on the running event loop, to which its connections belong."""

    __slots__ = ()

    def __init__(self, httpx: ModuleType, client: Any, *, is_ours: bool) -> None:
        super().__init__(httpx, client, is_ours=is_ours)
        watch(client, is_ours=is_ours)

    @classmethod
    def own(cls, httpx: ModuleType, network: Network, *, verify: bool) -> "AsyncPublicWire":
        """A wire with a client of our own."""
        arguments = client_arguments(httpx, network, verify=verify)
        if network.socket is not None:
            given = transport_arguments(httpx, network, verify=verify)
            arguments["transport"] = httpx.AsyncHTTPTransport(**given)
        made = cls(httpx, made_client(httpx, "AsyncClient", arguments), is_ours=True)
        made._has_proxy = network.proxy is not None
        return made

    async def send(self, call: Call) -> Reply:
        """Send once. Raises WireFault, and whatever a hook of the user's client raises."""
        if call.deadline is None:
            return await self._send(call)
        import asyncio

        left = call.deadline - time.monotonic()
        fault: WireFault | None = None
        try:
            # A read may always be in time and the whole never end: the task itself is bounded.
            async with asyncio.timeout(max(left, 0.0)):
                return await self._send(call)
        except TimeoutError:
            if not is_late(call):
                raise
            fault = too_late(was_sent=left > 0.0)
        raise fault

    async def _send(self, call: Call) -> Reply:
        request = self._request(call, AsyncParts)
        fault: WireFault | None = None
        try:
            with our_call(in_parts=isinstance(call.sent_content, Body)):
                response = await self._client.send(
                    request, stream=True, auth=self._auth(call), follow_redirects=False
                )
        except RuntimeError as error:
            del request
            if not self._is_of_another_loop(error):
                raise
            response = None
        except Exception as error:
            fault = as_fault(error, request, may_be_replaced=self._uses_client_auth(call))
            del request
            if fault is None:
                raise
        if fault is not None:
            raise self._settled(call, fault)
        if response is None:
            raise WireFault(
                "the http_client given belongs to another event loop: an AsyncClient works in the "
                "loop that it was first used in; give none, or one for each loop",
                was_sent=False,
                may_pass=False,
            )
        if _may_stream(call, response):
            return self._streamed(call, response, request)
        return await self._read(call, response)

    def _is_of_another_loop(self, error: RuntimeError) -> bool:
        told = str(error)
        return not self._is_ours and ("Event loop is closed" in told or "different loop" in told)

    async def _read(self, call: Call, response: Any) -> Reply:
        fault: WireFault | None = None
        content = b""
        try:
            gathered = Gathered(self._unpacker(call, response), call.plan.max_bytes)
            if response.is_stream_consumed:
                content = _already_read(call, response)
            else:
                async for data in response.aiter_raw():
                    gathered.add(data)
                content = gathered.whole()
        except WireFault as met:
            fault = met
        except Exception as error:
            fault = as_fault(error, None)
            if fault is None:
                raise
        finally:
            await response.aclose()
        if fault is not None:
            raise settled(call, fault)
        return Reply(response.status_code, response.headers.raw, content)

    def _streamed(self, call: Call, response: Any, request: Any) -> Reply:
        if call.timeout is not None and "timeout" in request.extensions:
            request.extensions["timeout"]["read"] = call.timeout.read
        unpacker = Unpacker(encodings_of(response.headers.raw))
        reply = Reply(response.status_code, response.headers.raw)

        async def close() -> None:
            await response.aclose()
            reply.closed()

        async def parts() -> AsyncIterator[bytes]:
            fault: WireFault | None = None
            try:
                if response.is_stream_consumed:
                    yield response.content
                    return
                async for data in response.aiter_raw():
                    for part in unpacker.feed(data):
                        yield part
                unpacker.finish()
            except WireFault as met:
                fault = met
            except Exception as error:
                fault = as_fault(error, None)
                if fault is None:
                    raise
            finally:
                await close()
            if fault is not None:
                raise fault

        reply.stream, reply.close = parts(), close
        return reply

    async def aclose(self) -> None:
        """Close the connections of a client of our own; a user's client stays open."""
        if self._is_ours:
            await self._client.aclose()

"""Actions on any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, ref, template
from ferrule_runtime.omit import Omit, omit

CALL: Operation[Any] = Operation(
    "any.call", None, url=template(ref("input", "url")), returns=Any
)


class AnyResource(Resource):
    """Actions on any."""

    def call(
        self,
        *,
        url: str,
        method: Literal["GET", "POST"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: Any | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any:
        """Any method to any URL."""
        return self._run(
            CALL,
            url=url,
            method=method,
            query=query,
            headers=headers,
            body=body,
            auth=auth,
        )

    @property
    def with_raw_response(self) -> RawAnyResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawAnyResource(self._as_raw())


class RawAnyResource:
    """any, with whole answers."""

    def __init__(self, raw: AnyResource) -> None:
        self.call = as_raw(raw.call)


class AsyncAnyResource(AsyncResource):
    """Actions on any."""

    async def call(
        self,
        *,
        url: str,
        method: Literal["GET", "POST"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: Any | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any:
        """Any method to any URL."""
        return await self._run(
            CALL,
            url=url,
            method=method,
            query=query,
            headers=headers,
            body=body,
            auth=auth,
        )

    @property
    def with_raw_response(self) -> AsyncRawAnyResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAnyResource(self._as_raw())


class AsyncRawAnyResource:
    """any, with whole answers."""

    def __init__(self, raw: AsyncAnyResource) -> None:
        self.call = as_raw_async(raw.call)

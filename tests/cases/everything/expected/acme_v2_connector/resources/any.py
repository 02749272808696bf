"""Actions on any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ferrule_runtime.contract import Operation, ref, template
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

CALL = Operation[Any]("any.call", None, url=template(ref("input", "url")))


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


class RawAnyResource(Resource):
    """any, with whole answers."""

    call = as_raw(AnyResource.call)


class AsyncAnyResource(AsyncResource):
    """Actions on any."""

    call = as_async(AnyResource.call)

    @property
    def with_raw_response(self) -> AsyncRawAnyResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAnyResource(self._as_raw())


class AsyncRawAnyResource(AsyncResource):
    """any, with whole answers."""

    call = as_raw_async(AsyncAnyResource.call)

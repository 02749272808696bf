"""Actions on composite."""

from __future__ import annotations

from collections.abc import Sequence

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit

from ..models.composite import PartInput, PartResult

RUN: Operation[list[PartResult]] = Operation(
    "composite.run",
    "POST",
    "/composite",
    returns=list[PartResult],
    at=body("compositeResponse"),
)


class Composite(Resource):
    """Actions on composite."""

    def run(
        self, *, composite_request: Sequence[PartInput], all_or_none: bool | Omit = omit
    ) -> list[PartResult]:
        """Run up to 25 dependent requests in one. POST /composite."""
        return self._run(
            RUN, body={"allOrNone": all_or_none, "compositeRequest": composite_request}
        )

    @property
    def with_raw_response(self) -> RawComposite:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawComposite(self._as_raw())


class RawComposite:
    """composite, with whole answers."""

    def __init__(self, raw: Composite) -> None:
        self.run = as_raw(raw.run)


class AsyncComposite(AsyncResource):
    """Actions on composite."""

    async def run(
        self, *, composite_request: Sequence[PartInput], all_or_none: bool | Omit = omit
    ) -> list[PartResult]:
        """Run up to 25 dependent requests in one. POST /composite."""
        return await self._run(
            RUN, body={"allOrNone": all_or_none, "compositeRequest": composite_request}
        )

    @property
    def with_raw_response(self) -> AsyncRawComposite:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawComposite(self._as_raw())


class AsyncRawComposite:
    """composite, with whole answers."""

    def __init__(self, raw: AsyncComposite) -> None:
        self.run = as_raw_async(raw.run)

"""Actions on composite."""

from __future__ import annotations

from collections.abc import Sequence

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.composite import PartInput, PartResult

RUN = Operation[list[PartResult]](
    "composite.run", "POST", "/composite", at=body("compositeResponse")
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


class RawComposite(Resource):
    """composite, with whole answers."""

    run = as_raw(Composite.run)


class AsyncComposite(AsyncResource):
    """Actions on composite."""

    run = as_async(Composite.run)

    @property
    def with_raw_response(self) -> AsyncRawComposite:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawComposite(self._as_raw())


class AsyncRawComposite(AsyncResource):
    """composite, with whole answers."""

    run = as_raw_async(AsyncComposite.run)

"""Actions on company."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body, ref, template

from ..models.company import Company

GET: Operation[Company] = Operation(
    "company.get",
    "GET",
    template("/companyinfo/", ref("realm_id")),
    returns=Company,
    at=body("CompanyInfo"),
)


class CompanyResource(Resource):
    """Actions on company."""

    def get(self) -> Company:
        """Show the company. GET /companyinfo/${realm_id}."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawCompanyResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawCompanyResource(self._as_raw())


class RawCompanyResource:
    """company, with whole answers."""

    def __init__(self, raw: CompanyResource) -> None:
        self.get = as_raw(raw.get)


class AsyncCompanyResource(AsyncResource):
    """Actions on company."""

    async def get(self) -> Company:
        """Show the company. GET /companyinfo/${realm_id}."""
        return await self._run(GET)

    @property
    def with_raw_response(self) -> AsyncRawCompanyResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCompanyResource(self._as_raw())


class AsyncRawCompanyResource:
    """company, with whole answers."""

    def __init__(self, raw: AsyncCompanyResource) -> None:
        self.get = as_raw_async(raw.get)

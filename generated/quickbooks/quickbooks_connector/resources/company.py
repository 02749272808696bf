"""Actions on company."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body, ref, template
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.company import Company

GET = Operation[Company](
    "company.get",
    "GET",
    template("/companyinfo/", ref("realm_id")),
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


class RawCompanyResource(Resource):
    """company, with whole answers."""

    get = as_raw(CompanyResource.get)


class AsyncCompanyResource(AsyncResource):
    """Actions on company."""

    get = as_async(CompanyResource.get)

    @property
    def with_raw_response(self) -> AsyncRawCompanyResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCompanyResource(self._as_raw())


class AsyncRawCompanyResource(AsyncResource):
    """company, with whole answers."""

    get = as_raw_async(AsyncCompanyResource.get)

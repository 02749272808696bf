"""Actions on contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ferrule_runtime.client import (
    AsyncResource,
    Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.contract import Operation, Paging, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.contacts import Contact, FilterGroupInput

LIST: Operation[list[Contact]] = Operation(
    "contacts.list",
    "GET",
    "/crm/v3/objects/contacts",
    returns=list[Contact],
    at=body("results"),
    arrays="csv",
    paging="default",
)
GET: Operation[Contact] = Operation(
    "contacts.get",
    "GET",
    "/crm/v3/objects/contacts/{contact_id}",
    returns=Contact,
    arrays="csv",
)
CREATE: Operation[Contact] = Operation(
    "contacts.create", "POST", "/crm/v3/objects/contacts", returns=Contact
)
SEARCH: Operation[list[Contact]] = Operation(
    "contacts.search",
    "POST",
    "/crm/v3/objects/contacts/search",
    returns=list[Contact],
    at=body("results"),
    paging=Paging(
        cursor=body("paging", "next", "after"),
        into=(("body", "after"),),
        size=("body", "limit"),
        default_size=100,
        max_size=200,
    ),
    limits=("search",),
    replay="safe",
)


class Contacts(Resource):
    """Actions on contacts."""

    def list(
        self,
        *,
        properties: Sequence[str] | Omit = omit,
        archived: bool | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Contact]:
        """List contacts. GET /crm/v3/objects/contacts."""
        return self._pages(
            LIST,
            query={"properties": properties, "archived": archived},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def get(
        self, *, contact_id: str, properties: Sequence[str] | Omit = omit
    ) -> Contact:
        """Show a contact. GET /crm/v3/objects/contacts/{contact_id}."""
        return self._run(GET, path=(contact_id,), query={"properties": properties})

    def create(self, *, properties: Mapping[str, str]) -> Contact:
        """Create a contact. POST /crm/v3/objects/contacts."""
        return self._run(CREATE, body={"properties": properties})

    def search(
        self,
        *,
        filter_groups: Sequence[FilterGroupInput] | Omit = omit,
        query: str | Omit = omit,
        sorts: Sequence[str] | Omit = omit,
        properties: Sequence[str] | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Contact]:
        """Find contacts by the values of their properties. POST /crm/v3/objects/contacts/search."""
        return self._pages(
            SEARCH,
            body={
                "filterGroups": filter_groups,
                "query": query,
                "sorts": sorts,
                "properties": properties,
            },
            page_size=page_size,
            checkpoint=checkpoint,
        )

    @property
    def with_raw_response(self) -> RawContacts:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawContacts(self._as_raw())


class RawContacts:
    """contacts, with whole answers."""

    def __init__(self, raw: Contacts) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw(raw.get)
        self.create = as_raw(raw.create)
        self.search = as_raw_page(raw.search)


class AsyncContacts(AsyncResource):
    """Actions on contacts."""

    def list(
        self,
        *,
        properties: Sequence[str] | Omit = omit,
        archived: bool | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Contact]:
        """List contacts. GET /crm/v3/objects/contacts."""
        return self._pages(
            LIST,
            query={"properties": properties, "archived": archived},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    async def get(
        self, *, contact_id: str, properties: Sequence[str] | Omit = omit
    ) -> Contact:
        """Show a contact. GET /crm/v3/objects/contacts/{contact_id}."""
        return await self._run(
            GET, path=(contact_id,), query={"properties": properties}
        )

    async def create(self, *, properties: Mapping[str, str]) -> Contact:
        """Create a contact. POST /crm/v3/objects/contacts."""
        return await self._run(CREATE, body={"properties": properties})

    def search(
        self,
        *,
        filter_groups: Sequence[FilterGroupInput] | Omit = omit,
        query: str | Omit = omit,
        sorts: Sequence[str] | Omit = omit,
        properties: Sequence[str] | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Contact]:
        """Find contacts by the values of their properties. POST /crm/v3/objects/contacts/search."""
        return self._pages(
            SEARCH,
            body={
                "filterGroups": filter_groups,
                "query": query,
                "sorts": sorts,
                "properties": properties,
            },
            page_size=page_size,
            checkpoint=checkpoint,
        )

    @property
    def with_raw_response(self) -> AsyncRawContacts:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawContacts(self._as_raw())


class AsyncRawContacts:
    """contacts, with whole answers."""

    def __init__(self, raw: AsyncContacts) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw_async(raw.get)
        self.create = as_raw_async(raw.create)
        self.search = as_raw_page(raw.search)

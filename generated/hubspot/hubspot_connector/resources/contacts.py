"""Actions on contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ferrule_runtime.contract import Operation, Paging, Split, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.contacts import Contact, FilterGroupInput

LIST = Operation[list[Contact]](
    "contacts.list",
    "GET",
    "/crm/v3/objects/contacts",
    at=body("results"),
    arrays="csv",
    paging="default",
)
GET = Operation[Contact](
    "contacts.get",
    "GET",
    "/crm/v3/objects/contacts/{contact_id}",
    arrays="csv",
    split=Split(("query", "properties"), 100, merge="id"),
)
CREATE = Operation[Contact]("contacts.create", "POST", "/crm/v3/objects/contacts")
SEARCH = Operation[list[Contact]](
    "contacts.search",
    "POST",
    "/crm/v3/objects/contacts/search",
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


class RawContacts(Resource):
    """contacts, with whole answers."""

    list = as_raw_page(Contacts.list)
    get = as_raw(Contacts.get)
    create = as_raw(Contacts.create)
    search = as_raw_page(Contacts.search)


class AsyncContacts(AsyncResource):
    """Actions on contacts."""

    list = as_async_pager(Contacts.list)
    get = as_async(Contacts.get)
    create = as_async(Contacts.create)
    search = as_async_pager(Contacts.search)

    @property
    def with_raw_response(self) -> AsyncRawContacts:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawContacts(self._as_raw())


class AsyncRawContacts(AsyncResource):
    """contacts, with whole answers."""

    list = as_raw_page(AsyncContacts.list)
    get = as_raw_async(AsyncContacts.get)
    create = as_raw_async(AsyncContacts.create)
    search = as_raw_page(AsyncContacts.search)

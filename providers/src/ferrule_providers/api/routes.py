"""The routes of the API: each reads a request, asks the service, writes a document."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy import text as statement

from ferrule_providers import checking, handing_out, listing, resetting, setting_up, signing_in
from ferrule_providers.api import documents, lanes, problems, schemas
from ferrule_providers.api.bodies import read_object
from ferrule_providers.api.gate import Gate
from ferrule_providers.api.recent import Recent
from ferrule_providers.core import DEFAULT_CONNECTION, Core
from ferrule_providers.faults import FieldFault, InvalidRequest
from ferrule_providers.installed import NAME
from ferrule_providers.listing import LARGEST_LIMIT, Question
from ferrule_providers.setting_up import Expected
from ferrule_providers.states import State
from ferrule_providers.store import audit, connections

ADMIN = "/v1/admin"
PROVIDERS = f"{ADMIN}/connector-providers"
CONNECTION = f"{PROVIDERS}/{{provider_slug}}/connections/{{connection_name}}"
USAGE_DAYS = 30
RECENT_LISTS = 64

Limit = Annotated[int, Query(ge=1, le=LARGEST_LIMIT)]
Words = Annotated[str, Query(max_length=200)]
Name = Annotated[str, Query(pattern=f"^{NAME.pattern}$")]

_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e]*)"')


def _problems(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Which problems a route may answer with, for its OpenAPI description."""
    found: dict[int | str, dict[str, Any]] = {}
    reading = ("unauthorized", "forbidden", "invalid-request", "too-many-attempts")
    for code in (*reading, "host-refused", "database-unavailable", *codes):
        kind = problems.KINDS[code]
        found[kind.status] = {
            "description": kind.title,
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return found


_WRITING = ("body-too-large", "unsupported-media-type", "origin-refused")
_ONE = ("connection-not-found",)


def _body(description: str, *, required: bool) -> dict[str, Any]:
    schema = {"type": "object", "description": description}
    return {
        "requestBody": {"required": required, "content": {"application/json": {"schema": schema}}}
    }


async def _read_body(request: Request) -> bytes:
    return await request.body()


Body = Annotated[bytes, Depends(_read_body)]


def make_router(gate: Gate) -> APIRouter:
    """The routes under /v1/admin, and /health."""
    core = gate.core
    router = APIRouter()

    @router.get("/health", response_model=schemas.Health, responses=_problems(), tags=["service"])
    def health() -> Response:
        """Whether the database answers. Needs no key."""
        with core.database.reading() as db:
            db.execute(statement("SELECT 1"))
        return documents.answer({"status": "ok"})

    _add_lists(router, gate)
    _add_set_up(router, gate)
    _add_connection(router, gate)
    _add_access(router, gate)
    _add_audit(router, gate)
    return router


def _add_lists(router: APIRouter, gate: Gate) -> None:
    core = gate.core
    pages = Recent(RECENT_LISTS)

    @router.get(
        PROVIDERS, response_model=schemas.RowPage, responses=_problems(), tags=["providers"]
    )
    def list_providers(
        request: Request,
        state: Annotated[State | None, Query()] = None,
        q: Words = "",
        limit: Limit = listing.DEFAULT_LIMIT,
        after: Words = "",
    ) -> Response:
        """Every provider with its connections, by slug and name; one row for each connection."""
        gate.visit(request, "read")
        text = q.replace("\0", "")
        question = Question(state=state, text=text, after=documents.read_cursor(after), limit=limit)
        tag = f'"{listing.version(core, question)}"'
        if _names_tag(request.headers, tag):
            return Response(status_code=304, headers={"ETag": tag})
        body, following = pages.get(tag, lambda: _list_body(core, question))
        headers = {"ETag": tag}
        if following is not None:
            url = request.url.include_query_params(after=following)
            headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
        return Response(body, media_type="application/json", headers=headers)

    @router.get(
        f"{PROVIDERS}/{{provider_slug}}",
        response_model=schemas.Provider,
        responses=_problems("provider-not-found"),
        tags=["providers"],
    )
    def get_provider(
        request: Request,
        provider_slug: str,
        limit: Limit = listing.DEFAULT_LIMIT,
        after: Words = "",
    ) -> Response:
        """One provider: its set-up form and its connections."""
        gate.visit(request, "read")
        provider = core.installed[provider_slug]
        question = Question(slug=provider.slug, after=documents.read_cursor(after), limit=limit)
        page = listing.read(core, question)
        rows = [documents.row(each) for each in page.rows if each.name is not None]
        return documents.answer(
            {
                **documents.provider(provider),
                "connections": rows,
                "next": documents.cursor(page.next),
            }
        )


def _add_set_up(router: APIRouter, gate: Gate) -> None:
    core = gate.core

    @router.post(
        f"{PROVIDERS}/{{provider_slug}}/setup",
        response_model=schemas.Connection,
        responses=_problems(
            *("provider-not-found", "provider-broken", "revision-conflict"),
            *("credentials-refused", "service-unreachable", *_WRITING),
        ),
        openapi_extra=_body("Settings by name; null clears, left out keeps.", required=True),
        tags=["providers"],
    )
    @lanes.asking
    def set_up(
        request: Request,
        provider_slug: str,
        body: Body,
        connection: Name = DEFAULT_CONNECTION,
        test: bool = False,
    ) -> Response:
        """Create a connection, or change what the body names and keep the rest."""
        _, actor = gate.visit(request, "write")
        core.installed[provider_slug]
        refusal = _not_json(request.headers, body)
        if refusal is not None:
            return refusal
        done = setting_up.set_up(
            core,
            provider_slug,
            connection,
            read_object(body),
            actor,
            expected=_expected(request.headers),
            test=test,
        )
        text, tag = documents.tagged(done.view, documents.connection(done.view))
        return Response(text, media_type="application/json", headers={"ETag": tag})

    @router.delete(
        f"{PROVIDERS}/{{provider_slug}}/setup",
        response_model=schemas.ResetConnection,
        responses=_problems("provider-not-found", "revision-conflict", *_WRITING),
        tags=["providers"],
    )
    @lanes.asking
    def reset(
        request: Request,
        provider_slug: str,
        connection: Name = DEFAULT_CONNECTION,
        revoke: bool = True,
    ) -> Response:
        """Delete a connection with all that it holds; again and again with the same result."""
        _, actor = gate.visit(request, "write")
        expected = _expected(request.headers)
        done = resetting.reset(
            core, provider_slug, connection, actor, expected=expected, revoke=revoke
        )
        return documents.answer({**documents.connection(done.view), "revoked": done.revoked})


def _add_connection(router: APIRouter, gate: Gate) -> None:
    core = gate.core

    @router.get(
        CONNECTION,
        response_model=schemas.Connection,
        responses=_problems(*_ONE),
        tags=["connections"],
    )
    def get_connection(request: Request, provider_slug: str, connection_name: str) -> Response:
        """One connection with its state, last error and use by day."""
        gate.visit(request, "read")
        with core.database.reading() as db:
            stored = core.must_find(db, provider_slug, connection_name)
            usage = connections.read_usage(db, stored.id, days=USAGE_DAYS)
        view = core.view(stored)
        text, tag = documents.tagged(view, documents.connection(view, usage))
        if _names_tag(request.headers, tag):
            return Response(status_code=304, headers={"ETag": tag})
        return Response(text, media_type="application/json", headers={"ETag": tag})

    @router.post(
        f"{CONNECTION}/test",
        response_model=schemas.Outcome,
        responses=_problems(*_ONE, "provider-broken", *_WRITING),
        openapi_extra=_body("Nothing, or settings to try without saving them.", required=False),
        tags=["connections"],
    )
    @lanes.asking
    def test_connection(
        request: Request, provider_slug: str, connection_name: str, body: Body
    ) -> Response:
        """Run the connector's test; a test that fails is told with status 200."""
        _, actor = gate.visit(request, "write")
        core.installed[provider_slug]
        if not body.strip():
            outcome = checking.check(core, provider_slug, connection_name, actor)
            return documents.answer(documents.outcome(outcome))
        refusal = _not_json(request.headers, body)
        if refusal is not None:
            return refusal
        outcome = checking.try_out(core, provider_slug, connection_name, read_object(body), actor)
        return documents.answer(documents.outcome(outcome))

    @router.post(
        f"{CONNECTION}/authorize",
        response_model=schemas.Started,
        responses=_problems(*_ONE, "no-sign-in", *_WRITING),
        tags=["connections"],
    )
    def authorize(
        request: Request,
        provider_slug: str,
        connection_name: str,
        accept_account: bool = False,
    ) -> Response:
        """Start to sign in, or to sign in again; what works goes on working until it is done."""
        _, actor = gate.visit(request, "write")
        started = signing_in.start(
            core,
            provider_slug,
            connection_name,
            actor,
            origin=gate.configuration.origin,
            accepts_account=accept_account,
        )
        return documents.answer(documents.started(started))


def _add_access(router: APIRouter, gate: Gate) -> None:
    core = gate.core

    @router.post(
        f"{CONNECTION}/access",
        response_model=schemas.Access,
        responses=_problems(
            *_ONE, "needs-attention", "refresh-refused", "refresh-failed", *_WRITING
        ),
        openapi_extra=_body('{"refused_revision": 3}, or nothing.', required=False),
        tags=["connections"],
    )
    @lanes.handing_out
    def hand_out(
        request: Request, provider_slug: str, connection_name: str, body: Body
    ) -> Response:
        """What a client is made from. Needs the scope `use`; every call stands in the audit log."""
        _, actor = gate.visit(request, "use")
        core.installed[provider_slug]
        refusal = _not_json(request.headers, body) if body.strip() else None
        if refusal is not None:
            return refusal
        asked = read_object(body, may_be_empty=True)
        refused = asked.pop("refused_revision", None)
        is_number = isinstance(refused, int) and not isinstance(refused, bool)
        if asked or not (refused is None or is_number):
            detail = "Expected nothing, or the revision of the refused token."
            raise InvalidRequest([FieldFault("/refused_revision", "type", detail)])
        access = handing_out.hand_out(core, provider_slug, connection_name, actor, refused=refused)
        return documents.answer(documents.access(access))


def _add_audit(router: APIRouter, gate: Gate) -> None:
    core = gate.core

    @router.get(
        f"{ADMIN}/audit",
        response_model=schemas.AuditPage,
        responses=_problems(),
        tags=["audit"],
    )
    def read_audit(
        request: Request,
        connection: Annotated[str | None, Query(max_length=130)] = None,
        after: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
        limit: Limit = listing.DEFAULT_LIMIT,
    ) -> Response:
        """The audit log from the newest line back; `connection` is provider/name."""
        gate.visit(request, "read")
        with core.database.reading() as db:
            target = connection.replace("\0", "") if connection is not None else None
            lines = audit.newest(db, target=target, before=after, limit=limit + 1)
        following = str(lines[limit - 1].id) if len(lines) > limit else None
        data = [documents.entry(each) for each in lines[:limit]]
        return documents.answer({"data": data, "next": following})


def _list_body(core: Core, question: Question) -> tuple[str, str | None]:
    page = listing.read(core, question)
    following = documents.cursor(page.next)
    found = {"data": [documents.row(each) for each in page.rows], "next": following}
    return json.dumps(found, separators=(",", ":")), following


def _not_json(headers: Mapping[str, str], body: bytes) -> Response | None:
    """A refusal of a body that does not call itself JSON; forms of other sites cannot."""
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == "application/json" or (media.endswith("+json") and "/" in media):
        return None
    del body
    return problems.response("unsupported-media-type", "The body must be application/json.")


def _tags(text: str) -> list[str]:
    return _TAG.findall(text)


def _names_tag(headers: Mapping[str, str], tag: str) -> bool:
    """Whether If-None-Match names a tag, so that nothing needs to be sent."""
    given = headers.get("if-none-match", "").strip()
    return given == "*" or tag.strip('"') in _tags(given)


def _expected(headers: Mapping[str, str]) -> Expected:
    """What If-Match and If-None-Match say about a connection that is to be changed."""
    nothing = headers.get("if-none-match", "").strip() == "*"
    given = headers.get("if-match")
    if given is None:
        return Expected(nothing=nothing)
    if given.strip() == "*":
        return Expected(tags=(), nothing=nothing)
    # The part behind the last dash tells about the document; the revision stands before it.
    named = tuple(tag.rpartition("-")[0] for tag in _tags(given))
    return Expected(tags=named or ("none",), nothing=nothing)

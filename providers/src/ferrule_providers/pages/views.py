"""The routes of the pages: list, set-up, connection, reset, audit, sign-in."""

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Form, Request
from fastapi.responses import RedirectResponse, Response

from ferrule_providers import listing, signing_in
from ferrule_providers.api import documents, lanes, problems
from ferrule_providers.api.gate import Gate, address, request_id
from ferrule_providers.faults import (
    ProvidersError,
    SignInFailed,
    TooManyAttempts,
    Unauthorized,
)
from ferrule_providers.listing import Question
from ferrule_providers.pages.connection_page import add_connection_page
from ferrule_providers.pages.frame import PREFIX, Pages, Sent, is_script
from ferrule_providers.pages.rendering import STATE_WORDS, page, part, static_file
from ferrule_providers.pages.sessions import FORM_FIELD, SIGN_IN_COOKIE
from ferrule_providers.pages.set_up_page import add_set_up_page
from ferrule_providers.states import REASONS, STATES
from ferrule_providers.store import audit

AUDIT_PAGE = 50


def add_pages(app: FastAPI, gate: Gate) -> None:
    """Put the pages beside the API."""
    pages = Pages(gate)
    router = APIRouter(include_in_schema=False)
    _add_frame(router, pages)
    _add_list(router, pages)
    add_connection_page(router, pages)
    add_set_up_page(router, pages)
    _add_sign_in(router, pages)
    app.include_router(router)


def _add_frame(router: APIRouter, pages: Pages) -> None:
    @router.get("/")
    def root() -> Response:
        return RedirectResponse(PREFIX, status_code=303)

    @router.get("/favicon.ico")
    def favicon() -> Response:
        return _static("icon.svg")

    @router.get(f"{PREFIX}/static/{{name}}")
    def static(name: str, v: str = "") -> Response:
        return _static(name, v)

    @router.get(f"{problems.PAGES}/{{code}}")
    def problem(code: str) -> Response:
        kind = problems.KINDS.get(code)
        status = 404 if kind is None else 200
        return page(
            "problem.html",
            status=status,
            code=code if kind is not None else "not-found",
            kind=kind or problems.KINDS["not-found"],
            detail=None,
            **pages.common(None),
        )

    @router.get(f"{PREFIX}/login")
    def login_form(request: Request) -> Response:
        if pages.sessions.find(request) is not None:
            return RedirectResponse(PREFIX, status_code=303)
        return page("login.html", error=None, **pages.common(None))

    @router.post(f"{PREFIX}/login")
    def login(request: Request, key: Annotated[str, Form(max_length=200)] = "") -> Response:
        try:
            visitor = pages.gate.keys.check(key.strip(), address(request))
            visitor.require("read")
        except ProvidersError as refused:
            headers = {}
            if isinstance(refused, TooManyAttempts):
                headers["Retry-After"] = str(refused.retry_after_seconds)
            words = "This key does not open the pages."
            told = words if isinstance(refused, Unauthorized) else refused.detail
            status = problems.KINDS[refused.code].status
            answer = page("login.html", status=status, error=told, **pages.common(None))
            answer.headers.update(headers)
            return answer
        session = pages.sessions.open(request, visitor)
        answer = RedirectResponse(PREFIX, status_code=303)
        pages.sessions.keep(answer, session)
        return answer

    @router.post(f"{PREFIX}/logout")
    def logout(request: Request, sent: Sent) -> Response:
        session = pages.sessions.must_find(request)
        session.check_form(str(sent.get(FORM_FIELD, "")))
        pages.sessions.close(session)
        answer = RedirectResponse(f"{PREFIX}/login", status_code=303)
        pages.sessions.forget(answer)
        return answer


def _static(name: str, version: str = "") -> Response:
    found = static_file(name)
    if found is None:
        return problems.response("not-found", problems.KINDS["not-found"].help)
    content, media_type, digest = found
    # A page of another version of the service, running beside this one, may ask for another file.
    is_meant = version == digest
    kept = "public, max-age=31536000, immutable" if is_meant else "no-cache"
    headers = {"Cache-Control": kept, "ETag": f'"{digest}"'}
    return Response(content, media_type=media_type, headers=headers)


def _add_list(router: APIRouter, pages: Pages) -> None:
    core = pages.gate.core

    @router.get(PREFIX)
    def show_list(request: Request, state: str = "", q: str = "", after: str = "") -> Response:
        session = pages.sessions.find(request)
        if session is None:
            if pages.gate.keys.any_exist():
                return RedirectResponse(f"{PREFIX}/login", status_code=303)
            session = pages.sessions.open(request, pages.gate.identify(request, None))
            answer = RedirectResponse(str(request.url), status_code=303)
            pages.sessions.keep(answer, session)
            return answer
        session.visitor.require("read")
        question = Question(
            state=next((each for each in STATES if each == state), None),
            text=q[:200].strip().replace("\0", ""),
            after=documents.read_cursor(after[:200]),
        )
        found = listing.read(core, question)
        values = {
            "rows": found.rows,
            "next": documents.cursor(found.next),
            "question": question,
            "states": STATE_WORDS,
            "reasons": REASONS,
            "may_sign_in": {
                each.slug for each in core.installed if any(c.signs_in for c in each.form.choices)
            },
            **pages.common(session),
        }
        if is_script(request) and request.headers.get("hx-target") == "rows":
            return part("list.html", "rows", **values)
        return page("list.html", **values)

    @router.get(f"{PREFIX}/audit")
    def show_audit(request: Request, connection: str = "", after: int = 0) -> Response:
        session = pages.session(request)
        with core.database.reading() as db:
            lines = audit.newest(
                db,
                target=connection.replace("\0", "")[:130] or None,
                before=after if 0 < after < 2**31 else None,
                limit=AUDIT_PAGE + 1,
            )
        following = lines[AUDIT_PAGE - 1].id if len(lines) > AUDIT_PAGE else None
        return page(
            "audit.html",
            lines=lines[:AUDIT_PAGE],
            next=following,
            connection=connection,
            **pages.common(session),
        )


def _add_sign_in(router: APIRouter, pages: Pages) -> None:
    core = pages.gate.core

    @router.get(f"{signing_in.START_PATH}/{{state}}")
    @lanes.asking
    def leave(request: Request, state: str) -> Response:
        try:
            leaving = signing_in.leave(core, state, request.cookies.get(SIGN_IN_COOKIE))
        except SignInFailed as failed:
            return page("signed_in.html", status=400, failed=failed, arrived=None, **_nobody())
        answer = page("leaving.html", leaving=leaving, **_nobody())
        pages.sessions.keep_sign_in(answer, leaving.session)
        return answer

    @router.get(signing_in.CALLBACK_PATH)
    @lanes.asking
    def come_back(request: Request) -> Response:
        parameters = dict(request.query_params)
        session = request.cookies.get(SIGN_IN_COOKIE)
        try:
            arrived = signing_in.finish(core, parameters, session, request_id(request))
        except SignInFailed as failed:
            return page("signed_in.html", status=400, failed=failed, arrived=None, **_nobody())
        return page("signed_in.html", failed=None, arrived=arrived, **_nobody())

    def _nobody() -> dict[str, Any]:
        return pages.common(None)

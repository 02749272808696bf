"""The page of one connection: its state, test, sign-in, switch and reset."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from ferrule_providers import checking, resetting, signing_in
from ferrule_providers.api import documents, lanes
from ferrule_providers.api.gate import actor
from ferrule_providers.api.problems import KINDS
from ferrule_providers.core import Core, View
from ferrule_providers.faults import InvalidRequest, ProvidersError
from ferrule_providers.pages.frame import PREFIX, Pages, Sent, is_script
from ferrule_providers.pages.rendering import page, part
from ferrule_providers.pages.sessions import Session
from ferrule_providers.setting_up import Expected
from ferrule_providers.states import REASONS
from ferrule_providers.store import audit, connections

AUDIT_LINES = 20
USAGE_DAYS = 14


def add_connection_page(router: APIRouter, pages: Pages) -> None:
    """Add the page and what its forms are sent to."""
    core = pages.gate.core
    one = f"{PREFIX}/connection/{{slug}}/{{name}}"

    @router.get(one)
    def show(request: Request, slug: str, name: str) -> Response:
        session = pages.session(request)
        return page("connection.html", **_values(pages, session, _view(core, slug, name)))

    @router.post(f"{one}/test")
    @lanes.asking
    def test(request: Request, slug: str, name: str, sent: Sent) -> Response:
        session = pages.sender(request, sent)
        failure: ProvidersError | None = None
        try:
            outcome = checking.check(core, slug, name, actor(request, session.visitor))
            told = f"{'It works' if outcome.ok else 'It does not work'}: {outcome.message}"
        except InvalidRequest:
            raise
        except ProvidersError as failed:
            failure, told = failed, failed.detail
        if failure is None and not is_script(request):
            # What came of it is kept, and stands on the page.
            return RedirectResponse(f"{PREFIX}/connection/{slug}/{name}#health", status_code=303)
        values = _values(pages, session, _view(core, slug, name), told)
        if is_script(request):
            return part("connection.html", "health", **values)
        status = KINDS[failure.code].status if failure is not None else 200
        return page("connection.html", status=status, **values)

    @router.post(f"{one}/switch")
    def switch(request: Request, slug: str, name: str, sent: Sent) -> Response:
        session = pages.sender(request, sent)
        enabled = sent.get("enabled") == "yes"
        resetting.switch(core, slug, name, actor(request, session.visitor), enabled=enabled)
        return RedirectResponse(f"{PREFIX}/connection/{slug}/{name}", status_code=303)

    @router.get(f"{one}/reset")
    def ask_reset(request: Request, slug: str, name: str) -> Response:
        session = pages.session(request, "write")
        return page("reset.html", error=None, **_values(pages, session, _view(core, slug, name)))

    @router.post(f"{one}/reset")
    @lanes.asking
    def reset(request: Request, slug: str, name: str, sent: Sent) -> Response:
        session = pages.sender(request, sent)
        view = _view(core, slug, name)
        if str(sent.get("confirm", "")).strip() != name:
            told = f"Type {name} to reset this connection."
            return page("reset.html", status=422, error=told, **_values(pages, session, view))
        resetting.reset(
            core,
            slug,
            name,
            actor(request, session.visitor),
            expected=Expected(tags=(str(sent.get("tag", "")),)),
        )
        return RedirectResponse(PREFIX, status_code=303)

    @router.post(f"{one}/connect")
    def connect(request: Request, slug: str, name: str, sent: Sent) -> Response:
        session = pages.sender(request, sent)
        started = signing_in.start(
            core,
            slug,
            name,
            actor(request, session.visitor),
            origin=pages.gate.configuration.origin,
            accepts_account=sent.get("accept_account") == "yes",
        )
        # A redirect that leaves for the service would break form-action; this one stays here, and
        # the page that it leads to has an ordinary link.
        path = started.url.removeprefix(pages.gate.configuration.origin)
        return RedirectResponse(path, status_code=303)


def _values(pages: Pages, session: Session, view: View, told: str | None = None) -> dict[str, Any]:
    core = pages.gate.core
    stored = view.stored
    assert stored is not None
    with core.database.reading() as db:
        usage = connections.read_usage(db, stored.id, days=USAGE_DAYS)
        lines = audit.newest(db, target=stored.target, limit=AUDIT_LINES)
    provider = core.installed.find(view.provider)
    choice = provider.form.choice(stored.auth_choice) if provider is not None else None
    return {
        "view": view,
        "stored": stored,
        "provider": provider,
        "reason": REASONS.get(view.attention or ""),
        "signs_in": choice is not None and choice.signs_in,
        "usage": usage,
        "uses": documents.USES,
        "lines": lines,
        "told": told,
        **pages.common(session),
    }


def _view(core: Core, slug: str, name: str) -> View:
    with core.database.reading() as db:
        return core.view(core.must_find(db, slug, name))

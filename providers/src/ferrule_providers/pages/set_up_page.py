"""The page on which a connection is set up or changed."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from ferrule_providers import setting_up, signing_in
from ferrule_providers.api import lanes
from ferrule_providers.api.documents import required_names
from ferrule_providers.api.gate import actor
from ferrule_providers.api.problems import KINDS
from ferrule_providers.core import DEFAULT_CONNECTION, View
from ferrule_providers.faults import FieldFault, InvalidRequest, ProvidersError
from ferrule_providers.form import AUTH
from ferrule_providers.installed import Provider
from ferrule_providers.pages import fields
from ferrule_providers.pages.frame import Pages, Sent
from ferrule_providers.pages.rendering import page
from ferrule_providers.pages.sessions import Session
from ferrule_providers.setting_up import Expected


def add_set_up_page(router: APIRouter, pages: Pages) -> None:
    """Add the form and what takes it."""
    core = pages.gate.core
    path = "/admin/set-up/{slug}"

    def stored_view(slug: str, name: str) -> View | None:
        with core.database.reading() as db:
            stored = core.find(db, slug, name)
        return core.view(stored) if stored is not None else None

    def draw(
        session: Session,
        provider: Provider,
        name: str,
        view: View | None,
        *,
        sent: dict[str, Any] | None = None,
        faults: tuple[FieldFault, ...] = (),
        told: str | None = None,
        status: int = 200,
    ) -> Response:
        stored = view.stored if view is not None else None
        chosen = stored.auth_choice if stored is not None else None
        if sent is not None:
            chosen = str(sent.get(AUTH) or "") or chosen
        return page(
            "set_up.html",
            status=status,
            provider=provider,
            name=name,
            view=view,
            is_new=sent["tag"] == "new" if sent is not None and "tag" in sent else view is None,
            tag=(sent or {}).get("tag") or (view.entity_tag if view is not None else "new"),
            fields=fields.draw(
                provider.form, view, required_names(provider.form), typed=sent, faults=faults
            ),
            choices=[each for each in provider.form.choices if each.name is not None],
            chosen=chosen,
            auth_error=next((each.detail for each in faults if each.pointer == f"/{AUTH}"), None),
            name_error=next(
                (each.detail for each in faults if each.pointer == "/connection"), None
            ),
            loose_errors=[each.detail for each in faults if not each.pointer],
            faults=faults,
            told=told,
            redirect_uri=(
                pages.gate.configuration.origin + signing_in.CALLBACK_PATH
                if any(each.signs_in for each in provider.form.choices)
                else None
            ),
            **pages.common(session),
        )

    @router.get(path)
    def show(request: Request, slug: str, connection: str = "") -> Response:
        session = pages.session(request, "write")
        provider = core.installed[slug]
        provider.loaded()
        view = stored_view(slug, connection) if connection else None
        name = connection
        if not connection and stored_view(slug, DEFAULT_CONNECTION) is None:
            name = DEFAULT_CONNECTION
        return draw(session, provider, name, view)

    @router.post(path)
    @lanes.asking
    def take(request: Request, slug: str, sent: Sent) -> Response:
        session = pages.sender(request, sent)
        provider = core.installed[slug]
        provider.loaded()
        name = str(sent.get("connection", "")).strip()
        tag = str(sent.get("tag", "new"))
        expected = Expected(nothing=True) if tag == "new" else Expected(tags=(tag,))
        body = fields.read(provider.form, sent)
        if tag == "new":
            body = {key: value for key, value in body.items() if value is not None}
        try:
            setting_up.set_up(
                core,
                slug,
                name,
                body,
                actor(request, session.visitor),
                expected=expected,
                test=sent.get("action") == "test",
            )
        except ProvidersError as failed:
            faults = failed.faults if isinstance(failed, InvalidRequest) else ()
            told = None if faults else failed.detail
            view = None if tag == "new" else stored_view(slug, name)
            status = KINDS[failed.code].status
            return draw(
                session, provider, name, view, sent=sent, faults=faults, told=told, status=status
            )
        return RedirectResponse(f"/admin/connection/{slug}/{name}", status_code=303)

"""What all pages share: sent forms, sessions, the values of the frame, how faults are shown."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from ferrule_providers.api import problems
from ferrule_providers.api.gate import Gate
from ferrule_providers.faults import ProvidersError, Unauthorized
from ferrule_providers.pages.rendering import page
from ferrule_providers.pages.sessions import FORM_FIELD, SIGN_IN_PATH, Session, Sessions

MOST_FIELDS = 500
PREFIX = "/admin"


async def read_form(request: Request) -> dict[str, Any]:
    """The fields of a sent form; a file is its bytes."""
    found: dict[str, Any] = {}
    async with request.form(max_files=20, max_fields=MOST_FIELDS) as form:
        for name, value in form.multi_items():
            found[name] = await value.read() if isinstance(value, UploadFile) else value
    return found


Sent = Annotated[dict[str, Any], Depends(read_form)]


class Pages:
    """What every page needs: the gate, the sessions, the values that stand on each of them."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.sessions = Sessions(gate)

    def session(self, request: Request, scope: str = "read") -> Session:
        """The visitor's session. Raises Unauthorized or Forbidden."""
        session = self.sessions.must_find(request)
        session.visitor.require(scope)
        return session

    def sender(self, request: Request, sent: dict[str, Any]) -> Session:
        """The session of a visitor who sent a form of ours, and may change things."""
        session = self.sessions.must_find(request)
        session.check_form(str(sent.get(FORM_FIELD, "")))
        session.visitor.require("write")
        return session

    def common(self, session: Session | None) -> dict[str, Any]:
        """The values of the frame around every page."""
        may_write = session is not None and (
            session.visitor.key is None or session.visitor.key.may("write")
        )
        return {
            "session": session,
            "form_token": session.form_token if session is not None else "",
            "may_write": may_write,
            "is_open": session is not None and session.visitor.key is None,
        }


def is_script(request: Request) -> bool:
    """Whether the script of a page asks, and wants a part of it."""
    return request.headers.get("hx-request") == "true"


def is_page(path: str) -> bool:
    """Whether a person asks, rather than a program."""
    return path == PREFIX or path.startswith((f"{PREFIX}/", f"{SIGN_IN_PATH}/"))


def problem(
    path: str, code: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """A problem as those read it who ask at a path: a page for people, JSON for programs."""
    if not is_page(path):
        return problems.response(code, detail, headers, **more)
    kind = problems.KINDS[code]
    answer = page(
        "problem.html",
        status=kind.status,
        code=code,
        kind=kind,
        detail=detail,
        session=None,
        form_token="",
        may_write=False,
        is_open=False,
    )
    answer.headers.update(headers or {})
    return answer


def told(request: Request, error: ProvidersError) -> Response:
    """A fault as a page; who has no session is led to where one begins."""
    if isinstance(error, Unauthorized):
        if is_script(request):
            return Response(status_code=204, headers={"HX-Redirect": f"{PREFIX}/login"})
        return RedirectResponse(f"{PREFIX}/login", status_code=303)
    code = error.code if error.code in problems.KINDS else "internal"
    return problem(request.url.path, code, error.detail)

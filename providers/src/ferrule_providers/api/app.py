"""Puts the application together: guards, routes, pages, and how faults are told."""

import logging
import os
import traceback
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from ferrule_providers.api import problems, schemas
from ferrule_providers.api.gate import Gate
from ferrule_providers.api.guards import Guards
from ferrule_providers.api.routes import make_router
from ferrule_providers.api_keys import ApiKeys
from ferrule_providers.configuration import Configuration, read_configuration
from ferrule_providers.core import Core
from ferrule_providers.faults import ProvidersError, not_taken
from ferrule_providers.installed import Installed
from ferrule_providers.networks import Networks
from ferrule_providers.opening import open_core
from ferrule_providers.pages.frame import is_page, problem, told
from ferrule_providers.pages.views import add_pages
from ferrule_providers.sealing import Keyring
from ferrule_providers.store.engine import Database

logger = logging.getLogger("ferrule_providers")

TITLE = "Ferrule connector providers"
VERSION = "1"
RETRY_SECONDS = "2"


def create_app(core: Core, configuration: Configuration, keys: ApiKeys | None = None) -> ASGIApp:
    """The whole service as an ASGI application."""
    gate = Gate(core, configuration, keys or ApiKeys(core.database, core.clock))
    return Guards(make_api(gate), configuration)


def make_api(gate: Gate) -> FastAPI:
    """The routes without the guards around them."""
    app = FastAPI(title=TITLE, version=VERSION, docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(make_router(gate))
    add_pages(app, gate)
    app.add_exception_handler(ProvidersError, _told)
    app.add_exception_handler(RequestValidationError, _told_parameters)
    app.add_exception_handler(HTTPException, _told_http)
    # A server that was demoted to a copy, which only lets read, says so as an internal error.
    for kind in (OperationalError, InterfaceError, InternalError, PoolTimeout):
        app.add_exception_handler(kind, _told_database)
    # Handlers for Exception run outside everything else and raise again; this one stands inside.
    app.add_middleware(_Failures)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]

    @app.get("/v1/openapi.json", include_in_schema=False)
    def openapi(request: Request) -> Response:
        gate.visit(request, "read")
        from ferrule_providers.api import documents

        return documents.answer(describe(app))

    return app


def app_from_environment() -> ASGIApp:
    """What a server's worker runs: everything from the environment. Raises CannotStart."""
    set_up_logging()
    configuration = read_configuration(os.environ)
    return create_app(open_core(configuration, os.environ), configuration)


def api_description() -> dict[str, Any]:
    """The OpenAPI document, without opening a database or reading a key."""
    core = Core(
        database=Database("unopened.db"),
        keyring=Keyring({"none": bytes(32)}),
        installed=Installed(()),
        networks=Networks(),
    )
    keys = ApiKeys(core.database, core.clock)
    return describe(make_api(Gate(core, Configuration(database="unopened.db"), keys)))


def set_up_logging() -> None:
    """Write our own lines to stderr, unless whoever embeds the service has said otherwise."""
    if not logging.getLogger().handlers:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    # Their lines hold URLs, in which a code or a token may stand.
    for noisy in ("httpx", "httpcore", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document."""
    if app.openapi_schema is None:
        found = get_openapi(
            title=TITLE,
            version=VERSION,
            openapi_version="3.1.0",
            description="Lists, sets up, tests and resets the connections of installed connectors.",
            routes=app.routes,
        )
        components = found.setdefault("components", {})
        kinds = components.setdefault("schemas", {})
        kinds.pop("HTTPValidationError", None)
        kinds.pop("ValidationError", None)
        problem = schemas.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        kinds.update(problem.pop("$defs", {}))
        kinds["Problem"] = problem
        components["securitySchemes"] = {
            "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}
        }
        found["security"] = [{"key": []}]
        for path in found["paths"].values():
            for operation in path.values():
                _describe_parameters(operation)
        found["paths"]["/health"]["get"]["security"] = []
        app.openapi_schema = found
    return app.openapi_schema


def _describe_parameters(operation: dict[str, Any]) -> None:
    conditional = operation["operationId"].startswith(("set_up", "reset"))
    parameters = operation.setdefault("parameters", [])
    for name in ("If-Match", "If-None-Match") if conditional else ():
        parameters.append({"name": name, "in": "header", "schema": {"type": "string"}})


def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProvidersError)
    if is_page(request.url.path):
        return told(request, error)
    return problems.response_for(error)


_PARAMETERS = {"query": "?", "path": "/", "header": "#"}


def _told_parameters(request: Request, error: Exception) -> Response:
    """Name each parameter and what is expected; what was given is not repeated."""
    assert isinstance(error, RequestValidationError)
    errors = [
        {
            "pointer": _PARAMETERS.get(str(each["loc"][0]), "/") + str(each["loc"][-1]),
            "code": str(each["type"]),
            "detail": str(each["msg"]),
        }
        for each in error.errors()
    ]
    words = not_taken([each["pointer"].lstrip("?/#") for each in errors])
    return problem(request.url.path, "invalid-request", words, errors=errors)


_HTTP_CODES: Mapping[int, str] = {404: "not-found", 405: "method-not-allowed"}


def _told_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _HTTP_CODES.get(error.status_code, "invalid-request")
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(sorted(_methods(request)))
    return problem(request.url.path, code, problems.KINDS[code].help, headers)


def _methods(request: Request) -> set[str]:
    """Every method that some route takes at this path; a framework tells those of one route."""
    found: set[str] = set()
    for route in request.app.routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            found |= getattr(route, "methods", None) or set()
    return found


def _told_database(request: Request, error: Exception) -> Response:
    # Only the driver's own first line: locked, full, refused. What follows may hold values.
    cause = getattr(error, "orig", None)
    words = str(cause).strip().partition("\n")[0] if cause is not None else ""
    logger.error("the database does not answer: %s: %s", type(error).__name__, words)
    return problem(
        request.url.path,
        "database-unavailable",
        "The database does not answer.",
        {"Retry-After": RETRY_SECONDS},
    )


def _telling(frames: list[traceback.FrameSummary]) -> list[traceback.FrameSummary]:
    """The last frames of our own and of connectors, and the one in which it ended."""
    own = (f"{os.sep}ferrule_", f"_connector{os.sep}")
    ours = [each for each in frames if any(part in each.filename for part in own)]
    return [*ours[-5:], *(frames[-1:] if frames[-1:] != ours[-1:] else [])]


class _Failures:
    """Tells what nobody expected, with its place and without its words, which may hold anything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Any) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            frames = _telling(traceback.extract_tb(error.__traceback__))
            places = " < ".join(
                f"{frame.name} ({os.path.basename(frame.filename)}:{frame.lineno})"  # noqa: PTH119
                for frame in reversed(frames)
            )
            kind = type(error).__name__
            request_id = scope.get("state", {}).get("request_id", "")
            logger.error("%s in request %s: %s", kind, request_id, places)  # noqa: TRY400
            if begun:
                raise
            words = f"The service failed; its log tells where, for the request {request_id}."
            answer = problem(scope.get("path", ""), "internal", words)
            await answer(scope, receive, send)

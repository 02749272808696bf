"""Makes a spec from an OpenAPI document: Swagger 2.0, OpenAPI 3.0, 3.1 and 3.2, JSON or YAML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile, Span
from ferrule.imports.openapi.api import Api
from ferrule.imports.openapi.assembly import assemble, connector_name
from ferrule.imports.openapi.documents import Document, read_document
from ferrule.imports.openapi.openapi3 import read_openapi3
from ferrule.imports.openapi.own_words import OwnWords
from ferrule.imports.openapi.references import Fetch, Files
from ferrule.imports.openapi.swagger2 import read_swagger2
from ferrule.imports.openapi.told import Teller

__all__ = ["Imported", "connector_name", "import_openapi"]


class Imported(Struct):
    """What an import makes: the data of a spec, and what it was made from."""

    data: dict[str, Any]
    document: Document
    api: Api
    names: dict[tuple[str, str], str] = field(default_factory=dict)


def import_openapi(
    name: str,
    content: bytes,
    report: Report,
    *,
    connector: str | None = None,
    home: Path | None = None,
    address: str | None = None,
    allowed_hosts: frozenset[str] = frozenset(),
    fetch: Fetch | None = None,
    known_names: dict[tuple[str, str], str] | None = None,
    on_read: Callable[[Document], None] | None = None,
) -> Imported | None:
    """The spec that a document comes to; None where it is no such document.

    `home` is the file that the bytes are from, `address` their URL: references are relative to
    them. `known_names` keep the names of actions, by method and path. `on_read` hears of the
    document before it is understood.
    """
    teller = Teller()
    whole = Report()

    def tell(source: SourceFile, span: Span | None, message: str) -> None:
        whole.add("import-unreadable", source, span, message)

    document = read_document(name, content, tell, home=home, address=address)
    if document is None:
        report.extend(list(whole))
        return None
    for each in whole:
        teller.of_text(each.source or document.source, each.span, each.message)
    if on_read is not None:
        on_read(document)
    folder = home.parent if home is not None else None
    files = Files(teller, folder, allowed_hosts, fetch)
    api = _read(document, files, report)
    if api is None:
        return None
    own = OwnWords.of(api)
    wanted = connector or (own.connector if own is not None else None)
    wanted = connector_name(wanted or api.title or Path(name).stem)
    made = assemble(api, files, wanted, address=address, known_names=known_names)
    teller.finish(report)
    return Imported(made.data, document, api, made.names)


def _read(document: Document, files: Files, report: Report) -> Api | None:
    data = document.data
    if not isinstance(data, dict):
        message = "this is no OpenAPI document: a map with `openapi` or `swagger` is expected"
        report.add("import-unreadable", document.source, None, message)
        return None
    root = files.root(document)
    if "swagger" in data and "openapi" not in data:
        return read_swagger2(root, files)
    if "openapi" in data or "components" in data:
        return read_openapi3(root, files)
    if "definitions" in data or ("paths" in data and "basePath" in data):
        return read_swagger2(root, files)
    if "paths" in data:
        return read_openapi3(root, files)
    message = "this is no OpenAPI document: there is neither `openapi` nor `swagger` nor `paths`"
    report.add("import-unreadable", document.source, None, message)
    return None

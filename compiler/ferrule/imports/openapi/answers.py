"""What an operation answers: one type, cases by status or media type, streams, files."""

from __future__ import annotations

from ferrule.imports.openapi.api import Content, Operation, Response
from ferrule.imports.openapi.drafts import ActionDraft, Result
from ferrule.imports.openapi.guesses.places import body_place
from ferrule.imports.openapi.media import bare, in_order, kind_of
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.schemas import Schemas
from ferrule.imports.openapi.types import (
    ANY,
    FILE,
    NULL,
    TEXT,
    Hint,
    ListOf,
    MapOf,
    Object,
    OneOf,
    Ref,
    Type,
    Word,
    same_place,
    without_null,
)
from ferrule.imports.openapi.xml_names import has_own_root, root_of

_BYTES = Word("bytes")


def add_results(schemas: Schemas, draft: ActionDraft, hint: Hint) -> None:
    """Fill what an action returns."""
    operation = draft.operation
    good = _successes(operation)
    if not good:
        _without_success(draft)
        return
    results = {each.status: _of_response(schemas, draft, each, hint) for each in good}
    distinct: dict[object, dict[str, Result]] = {}
    for status, cases in results.items():
        distinct.setdefault(_signature(cases), cases)
        del status
    if len(distinct) == 1:
        draft.results = next(iter(distinct.values()))
        return
    draft.results = _by_status(draft, results)


def _successes(operation: Operation) -> list[Response]:
    """The answers that are no errors: 2xx, else what `default` says."""
    found = [each for each in operation.responses if each.is_success]
    if found:
        return found
    others = [each for each in operation.responses if each.status == "default"]
    has_errors_only = any(each.is_failure for each in operation.responses)
    is_error = others and has_errors_only and _is_error_like(others[0])
    return [] if is_error else others


def _is_error_like(response: Response) -> bool:
    return "error" in (response.doc or "").lower()


def _without_success(draft: ActionDraft) -> None:
    operation = draft.operation
    redirects = [each for each in operation.responses if each.status[:1] == "3"]
    if any(each.status != "304" for each in redirects):
        draft.results = {"": Result(word="redirect")}
        return
    if operation.method in ("get", "post", "put", "patch"):
        operation.node.counted(
            "{count} operations do not say what they answer: anything is taken", operation.label
        )
        draft.results = {"": Result(ANY)}
    else:
        draft.results = {"": Result(word="none")}


def _signature(cases: dict[str, Result]) -> tuple[object, ...]:
    return tuple(
        (key, None if each.type is None else same_place(each.type), each.word, each.stream)
        for key, each in cases.items()
    )


def _by_status(draft: ActionDraft, results: dict[str, dict[str, Result]]) -> dict[str, Result]:
    """Cases by status. Ranges, and several media types under one, cannot be told apart."""
    found: dict[str, Result] = {}
    for status, cases in results.items():
        if not status.isdigit():
            message = f"the range {status} beside single statuses is left out"
            draft.operation.node.tell("import-degraded", message)
            continue
        if len(cases) > 1:
            names = ", ".join(list(cases)[1:])
            message = f"under the status {status} the first media type counts, not {names}"
            draft.operation.node.tell("import-degraded", message)
        found[status] = next(iter(cases.values()))
    return found or {"": Result(ANY)}


def _of_response(
    schemas: Schemas, draft: ActionDraft, response: Response, hint: Hint
) -> dict[str, Result]:
    """What one status answers, by media type where these differ; the key "" stands alone."""
    if response.status in ("204", "205") or draft.operation.method == "head":
        return {"": Result(word="none")}
    by_media = {each.media: each for each in response.contents}
    if not by_media:
        return {"": _undeclared(draft, response)}
    found: dict[str, tuple[str, Result]] = {}
    for media in in_order(by_media):
        content = by_media[media]
        kind = kind_of(media)
        result = _of_content(schemas, content, kind, hint)
        key = kind if kind in ("json", "xml", "text", "csv") else bare(media)
        if kind == "bytes" or (result.type == _BYTES and result.stream is None):
            key = "bytes"
        found.setdefault(key, (media, result))
    return _chosen(draft, response, found)


def _chosen(
    draft: ActionDraft, response: Response, found: dict[str, tuple[str, Result]]
) -> dict[str, Result]:
    """The cases that a client can tell apart and that a caller may want."""
    if "json" in found:
        kept = {"json": found.pop("json")}
        for key, each in found.items():
            is_other = key in ("text", "csv", "bytes") and each[1].type not in (
                kept["json"][1].type,
                ANY,
            )
            is_stream = each[1].stream is not None
            if is_other and not is_stream and each[1].type in (TEXT, Word("text"), _BYTES):
                declared = _declares(response, each[0])
                if declared:
                    kept[key] = each
                    continue
            what = "{count} answers come in other media types too: JSON is asked for"
            response.node.counted(what, bare(each[0]))
    else:
        first = next(iter(found))
        kept = {first: found[first]}
        if first == "xml" and kept["xml"][1].stream is None:
            advice = "`returns: xml(T)` would read it as a tree"
            response.node.lost("an answer of XML without a schema is given as text", advice)
        for key, each in found.items():
            if key == first:
                continue
            what = "{count} answers come in other media types too: the first is asked for"
            response.node.counted(what, bare(each[0]))
        media = bare(found[first][0])
        if first != "json" and len(found) > 1 and "*" not in media:
            draft.fixed_headers.setdefault("Accept", media)
    if len(kept) == 1:
        return {"": next(iter(kept.values()))[1]}
    return {key: each[1] for key, each in kept.items()}


def _declares(response: Response, media: str) -> bool:
    """Whether a media type has a schema of its own, and is not one of a list for all answers."""
    nodes = {id(each.schema.value) for each in response.contents if each.schema is not None}
    own = next((each for each in response.contents if each.media == media), None)
    return own is not None and own.schema is not None and len(nodes) > 1


def _undeclared(draft: ActionDraft, response: Response) -> Result:
    """An answer of which only the status is known."""
    if draft.operation.method != "get":
        return Result(word="none")
    response.node.counted(
        "{count} answers to reads have no declared body: anything is taken", draft.operation.label
    )
    return Result(ANY)


def _of_content(schemas: Schemas, content: Content, kind: str, hint: Hint) -> Result:
    made = schemas.of(content.schema, hint) if content.schema is not None else None
    type_: Type = made.type if made is not None else ANY
    plain = without_null(type_)
    if plain in (FILE, _BYTES) or (content.schema is not None and _is_file(schemas, content)):
        return Result(_BYTES)
    if kind == "json":
        return Result(word="none") if type_ == NULL else Result(type_)
    if kind in ("lines", "events"):
        item = plain.item if isinstance(plain, ListOf) else plain
        return Result(ANY if item == TEXT else item, stream=kind)
    if kind == "xml" and content.schema is not None:
        return _tree(schemas, content.schema, hint) or Result(Word("text"))
    return Result(Word("text")) if kind in ("xml", "text", "csv") else Result(_BYTES)


def _tree(schemas: Schemas, schema: Node, hint: Hint) -> Result | None:
    """An answer in XML under its root; None where the document does not say what it is made of."""
    root = None if has_own_root(schema) else root_of(schemas.files, schema)
    type_ = without_null(schemas.of_xml(schema, hint).type)
    if has_own_root(schema):
        return Result(type_, stream="xml")
    if root is None or not isinstance(type_, Object | Ref | ListOf | MapOf | OneOf):
        return None
    keys = (root.name.rpartition(":")[2], *((root.item,) if root.item is not None else ()))
    return Result(type_, stream="xml", at=body_place(keys))


def _is_file(schemas: Schemas, content: Content) -> bool:
    assert content.schema is not None
    target = schemas.files.target(content.schema)
    if not target.is_map:
        return False
    if target.value.get("type") == "file":
        return True
    return (target.value.get("type"), target.value.get("format")) == ("string", "binary")

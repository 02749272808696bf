"""Bodies of requests: JSON, forms, multipart, text and bytes, or several of them."""

from __future__ import annotations

from ferrule.diagnostics.wording import said
from ferrule.imports.openapi.api import Body, Content
from ferrule.imports.openapi.drafts import ActionDraft, BodyDraft
from ferrule.imports.openapi.media import bare, in_order, is_plain_json, kind_of
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.parameters import shape_of, style_of
from ferrule.imports.openapi.schemas import Schemas
from ferrule.imports.openapi.types import (
    ANY,
    FILE,
    TEXT,
    Const,
    Facts,
    Field,
    Hint,
    ListOf,
    Made,
    MapOf,
    Object,
    OneOf,
    Ref,
    Tagged,
    Type,
    Word,
    without_null,
)
from ferrule.imports.openapi.xml_names import has_own_root, root_of

_JSON_PART = "application/json"


def add_body(schemas: Schemas, draft: ActionDraft, hint: Hint) -> None:
    """Fill the body of an action."""
    body = draft.operation.body
    if body is None:
        return
    by_media = {each.media: each for each in body.contents}
    if not by_media:
        if body.is_required:
            body.node.tell("import-degraded", "a body without a media type: anything is sent")
            draft.body = BodyDraft(ANY, not body.is_required)
        return
    groups = _groups(by_media, keeps_all=schemas.keeps_names)
    if not groups or _is_empty_on_read(schemas, draft, groups, hint):
        return
    made = [_one(schemas, group, hint) for group in groups]
    made = made if schemas.keeps_names else _distinct(body, made)
    if len(made) == 1:
        draft.body = made[0]
        _set_media(draft, made[0])
    else:
        draft.body = BodyDraft(is_optional=not body.is_required)
        for each in made:
            if each.send in draft.body.bodies:
                body.node.counted(
                    "{count} bodies can also be sent in other media types: the first is taken",
                    bare(each.media or each.send),
                )
            draft.body.bodies.setdefault(each.send, _under_root(each) or ANY)
        if len(draft.body.bodies) == 1:
            draft.body = made[0]
            _set_media(draft, made[0])
    assert draft.body is not None
    draft.body.is_optional = not body.is_required
    draft.body.doc = body.doc.strip() or None if body.doc else None


def _groups(by_media: dict[str, Content], *, keeps_all: bool) -> list[Content]:
    """One content for each kind of media type that says something of its own.

    `keeps_all` is set where every one of them was once written by an author.
    """
    found: dict[str, Content] = {}
    for media in in_order(by_media):
        kind = kind_of(media)
        if "/" not in media and media != "*":
            by_media[media].node.degraded("a media type is expected here", "it is left out")
            continue
        found.setdefault(kind, by_media[media])
    if "json" in found and not keeps_all:
        first = found["json"].schema
        for kind, each in list(found.items()):
            is_same = _same_schema(first, each.schema) and kind != "json"
            if is_same or kind in ("xml", "csv", "lines", "events"):
                each.node.counted(
                    "{count} bodies can also be sent in other media types: JSON is sent",
                    bare(each.media),
                )
                del found[kind]
    return list(found.values())


def _same_schema(one: Node | None, other: Node | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.value is other.value or (one.ref is not None and one.ref == other.ref)


def _is_empty_on_read(
    schemas: Schemas, draft: ActionDraft, groups: list[Content], hint: Hint
) -> bool:
    """A body without fields on a request that reads: generators write it where there is none."""
    if not draft.is_reading:
        return False
    for content in groups:
        type_ = schemas.of(content.schema, hint).type if content.schema is not None else ANY
        if not (type_ == MapOf(ANY) or (isinstance(type_, Object) and not type_.fields)):
            return False
    return True


def _one(schemas: Schemas, content: Content, hint: Hint) -> BodyDraft:
    kind = kind_of(content.media)
    if kind in ("form", "multipart"):
        return _fields(schemas, content, kind, hint)
    if kind == "json":
        type_ = schemas.of(content.schema, hint).type
        type_ = without_null(type_)
        if type_ == FILE:
            return BodyDraft(FILE, send="bytes", media=content.media)
        if isinstance(type_, Const):
            type_ = ANY
        return BodyDraft(type_, media=content.media)
    if kind in ("text", "csv", "xml", "lines", "events"):
        if kind == "xml":
            made = _tree(schemas, content, hint)
            if made is not None:
                return made
            message = "a body of XML without a named root is sent as the text that the caller gives"
            content.node.lost(message, "write `send: xml` where a field for each element is better")
        elif kind in ("lines", "events"):
            content.node.lost(f"a body of the type `{bare(content.media)}` is sent as text")
        return BodyDraft(Word("text"), send="text", media=content.media)
    return BodyDraft(Word("bytes"), send="bytes", media=content.media)


def _tree(schemas: Schemas, content: Content, hint: Hint) -> BodyDraft | None:
    """A body in XML under its root; None where the document does not say what it is made of."""
    if content.schema is None:
        return None
    is_rootless = has_own_root(content.schema)
    root = None if is_rootless else root_of(schemas.files, content.schema)
    type_ = without_null(schemas.of_xml(content.schema, hint).type)
    if root is None:
        return BodyDraft(type_, send="xml", media=content.media) if is_rootless else None
    if root.is_list and root.item is not None:
        fields = {root.item: Field(root.item, type_, Facts(), False, content.node)}
        type_ = Object(hint, content.node, fields=fields)
    if not isinstance(type_, Object | Ref | MapOf):
        return None
    made = BodyDraft(type_, send="xml", media=content.media, wrap=root.name, node=content.node)
    made.fixed = root.declared
    return made


def _under_root(body: BodyDraft) -> Type | None:
    """The type of one of several bodies, its root a field where it has one."""
    if body.wrap is None or body.type is None or body.node is None:
        return body.type
    root = Field(body.wrap, body.type, Facts(), False, body.node)
    for name in body.fixed:
        body.node.lost(f"`{name[1:]}` of the root is not written")
    return Object((body.wrap,), body.node, fields={body.wrap: root})


def _set_media(draft: ActionDraft, body: BodyDraft) -> None:
    """Say the media type where it is another than the one that `send` means."""
    media = body.media or ""
    name = bare(media)
    usual = {
        "json": is_plain_json(media),
        "text": name == "text/plain" or "*" in name,
        "bytes": name == "application/octet-stream" or "*" in name,
        "xml": name == "application/xml",
    }
    if not usual.get(body.send, True) and "/" in name:
        draft.fixed_headers.setdefault("Content-Type", name)


def _distinct(body: Body, made: list[BodyDraft]) -> list[BodyDraft]:
    """Of bodies that are said in several ways, one: a client needs no choice of spellings."""
    kept: list[BodyDraft] = []
    for each in made:
        same = next((one for one in kept if _says_the_same(one, each)), None)
        if same is None:
            kept.append(each)
            continue
        body.node.counted(
            "{count} bodies can also be sent in other media types: the first is taken",
            bare(each.media or each.send),
        )
    solid = [each for each in kept if each.type != ANY]
    return solid if len(kept) > 1 and solid else kept


def _says_the_same(one: BodyDraft, other: BodyDraft) -> bool:
    if one.type == other.type:
        return one.send != "bytes" or other.send != "bytes"
    both = (without_null(one.type or ANY), without_null(other.type or ANY))
    if all(isinstance(each, Object) for each in both):
        names = [set(each.fields) if isinstance(each, Object) else set() for each in both]
        has_files = any(
            _has_file(each.type)
            for body in both
            if isinstance(body, Object)
            for each in body.fields.values()
        )
        return names[0] == names[1] and not has_files
    return False


def _has_file(type_: Type) -> bool:
    if isinstance(type_, ListOf):
        return _has_file(type_.item)
    if isinstance(type_, OneOf):
        return any(_has_file(each) for each in type_.members)
    return type_ == FILE


# --- forms


def _fields(schemas: Schemas, content: Content, kind: str, hint: Hint) -> BodyDraft:
    found = BodyDraft(send=kind, media=content.media)
    if kind == "multipart" and bare(content.media) != "multipart/form-data":
        content.node.lost(f"`{said(bare(content.media))}` is sent as multipart/form-data")
    if content.fields is not None:
        found.type = _of_parameters(schemas, content, hint)
    else:
        made = schemas.of(content.schema, hint, in_form=True)
        found.type = _as_fields(schemas, content, made, kind)
    if isinstance(found.type, Object):
        for field in found.type.fields.values():
            _set_part(schemas, content, field, kind)
        found.arrays = _nested_style(schemas, found.type) if kind == "form" else None
    return found


def _of_parameters(schemas: Schemas, content: Content, hint: Hint) -> Type:
    """The fields of a form of Swagger 2."""
    found = Object(hint, content.node)
    for parameter in content.fields or ():
        made = schemas.of(parameter.schema, (*hint, parameter.name), in_form=True)
        facts = Facts(doc=parameter.doc.strip() or None if parameter.doc else None)
        name = schemas.wire_name(parameter.node, parameter.name)
        field = Field(
            name, made.type, facts.over(made.facts), not parameter.is_required, parameter.node
        )
        field.style = style_of(schemas, parameter, made.type)
        found.fields[name] = field
    return found


def _as_fields(schemas: Schemas, content: Content, made: Made, kind: str) -> Type:
    """A form has fields: what is none becomes any fields."""
    type_ = without_null(made.type)
    target = type_
    if isinstance(type_, Ref):
        component = schemas.components.get(type_.key)
        target = component.made.type if component is not None else ANY
    if isinstance(target, Object):
        # Files are files here only, so that the fields are those of this body alone.
        if kind == "multipart" and content.schema is not None and isinstance(type_, Ref):
            again = schemas.of(_unnamed(schemas, content.schema), ("",), in_form=True).type
            if isinstance(again, Object):
                again.hint = target.hint
                return _with_bases(schemas, again, set())
        return _with_bases(schemas, type_, set()) if isinstance(type_, Object) else type_
    if isinstance(target, MapOf | Ref | Tagged) or target == ANY:
        return type_ if isinstance(target, MapOf) else MapOf(ANY)
    if isinstance(target, OneOf) and all(
        isinstance(each, Object | Ref | MapOf) for each in target.members
    ):
        return MapOf(ANY)
    content.node.degraded("a form has fields", "any fields are sent")
    return MapOf(ANY)


def _with_bases(schemas: Schemas, found: Object, seen: set[str]) -> Object:
    """The fields of a form with those of what it is composed of, which are read as a form's."""
    fields: dict[str, Field] = {}
    kept: list[Ref] = []
    for ref in found.bases:
        is_loose = ref.key.startswith("?")
        component = schemas.components.get(ref.key.removeprefix("?"))
        again = None
        if component is not None and component.key not in seen:
            again = schemas.of(component.node, ("",), in_form=True).type
        if component is None or not isinstance(again, Object):
            kept.append(ref)
            continue
        base = _with_bases(schemas, again, {*seen, component.key})
        found.rest, found.demanded = found.rest or base.rest, found.demanded | base.demanded
        for name, each in base.fields.items():
            fields[name] = each.copy(is_optional=True) if is_loose else each
    for name, each in found.fields.items():
        known = fields.get(name)
        says_less = known is not None and each.type == ANY
        fields[name] = each.copy(type=known.type) if known is not None and says_less else each
    for name in found.demanded & set(fields):
        fields[name] = fields[name].copy(is_optional=False)
    found.fields, found.bases = fields, kept
    return found


def _unnamed(schemas: Schemas, node: Node) -> Node:
    return schemas.files.target(node)


def _set_part(schemas: Schemas, content: Content, field: Field, kind: str) -> None:
    """How a field travels: its style in a form, its media type in a part."""
    encoding = content.encoding.map(field.name) if content.encoding is not None else None
    type_ = without_null(field.type)
    shape = shape_of(schemas, type_)
    given = encoding.line("contentType") if encoding is not None else None
    if kind == "multipart":
        is_styled = encoding is not None and (encoding.has("style") or encoding.has("explode"))
        if is_styled and given is None and shape != "single" and not _has_file(type_):
            assert encoding is not None
            field.style = _encoded_style(encoding, shape)
            return
        _set_part_type(schemas, field, type_, shape, given)
        return
    if type_ == FILE:
        field.type = TEXT
    if encoding is not None and (encoding.has("style") or encoding.has("explode")):
        field.style = _encoded_style(encoding, shape)
    elif given is not None and "json" in given and shape != "single":
        field.style = "json"
    elif shape == "object" and content.fields is None:
        field.style = "json" if given else field.style


def _encoded_style(encoding: Node, shape: str) -> str | None:
    """The style that the encoding of a field asks for."""
    style = encoding.text("style") or "form"
    explode = encoding.flag("explode") if encoding.has("explode") else style == "form"
    return _form_style(style, explode, shape)


def _form_style(style: str, explode: bool, shape: str) -> str | None:
    if style == "deepObject":
        return {"object": "deep", "list": "brackets"}.get(shape)
    if style == "form" and not explode:
        return "csv" if shape != "single" else None
    if style == "form" and shape == "object":
        return "spread"
    return (
        {"spaceDelimited": "spaces", "pipeDelimited": "pipes"}.get(style)
        if shape != "single"
        else None
    )


def _set_part_type(
    schemas: Schemas, field: Field, type_: Type, shape: str, given: str | None
) -> None:
    if isinstance(type_, ListOf) and without_null(type_.item) == FILE:
        field.type = ListOf(FILE)
        shape = "file"
    elif type_ == FILE or _has_file(type_):
        field.type = FILE
        shape = "file"
    if shape == "file":
        field.style = None
    first = (given or "").partition(",")[0].strip()
    if shape == "object" or (shape == "list" and _holds_objects(schemas, type_)):
        field.part = first if "json" in first else _JSON_PART
    elif given is not None and "," not in given and "*" not in given and "/" in given:
        is_text = bare(given) == "text/plain" and shape == "single"
        is_bytes = bare(given) == "application/octet-stream"
        field.part = None if is_text or is_bytes else given


def _holds_objects(schemas: Schemas, type_: Type) -> bool:
    return isinstance(type_, ListOf) and shape_of(schemas, type_.item) == "object"


def _nested_style(schemas: Schemas, body: Object) -> str | None:
    """The style of a whole form, where all its lists and objects that say one say the same."""
    styles = {
        each.style
        for each in body.fields.values()
        if shape_of(schemas, without_null(each.type)) != "single"
    }
    if styles and styles <= {"deep", "brackets"}:
        for each in body.fields.values():
            each.style = None
        return "brackets"
    return None

"""Puts a spec together: the head, settings, auth, what is guessed, actions and models."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from ferrule import naming
from ferrule.imports.merged_names import path_key
from ferrule.imports.openapi.action_names import name_actions
from ferrule.imports.openapi.actions import ActionWriter
from ferrule.imports.openapi.answers import add_results
from ferrule.imports.openapi.api import Api, Operation
from ferrule.imports.openapi.bodies import add_body
from ferrule.imports.openapi.drafts import ActionDraft
from ferrule.imports.openapi.english import singular, snake
from ferrule.imports.openapi.guesses.errors import guess_errors
from ferrule.imports.openapi.guesses.limits import guess_limits
from ferrule.imports.openapi.guesses.lists import reads_as_list
from ferrule.imports.openapi.guesses.paging import Guess, guess_lists
from ferrule.imports.openapi.guesses.sharing import Plan, envelope_of, plan_pagings
from ferrule.imports.openapi.media import is_plain_json
from ferrule.imports.openapi.model_names import ModelNames, class_name
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.own_words import OwnWords, own_name
from ferrule.imports.openapi.parameters import add_parameters, spec_path
from ferrule.imports.openapi.references import Files
from ferrule.imports.openapi.routes import Route, route_of
from ferrule.imports.openapi.schemas import XML, Schemas
from ferrule.imports.openapi.security import read_auth
from ferrule.imports.openapi.servers import read_servers
from ferrule.imports.openapi.settling import Settler
from ferrule.imports.openapi.soundness import make_sound
from ferrule.imports.openapi.spelling import Speller
from ferrule.imports.openapi.types import Type
from ferrule.imports.openapi.usage import Usage
from ferrule.imports.openapi.word_sets import words
from ferrule.imports.plain_text import doc_text, one_line
from ferrule.imports.spec_text import Noted

_PAGING_NAMES = words("""
    page limit offset cursor perpage pagesize pagenumber pagetoken startingafter start startat
    maxresults skip top size count
    """)
_LONGEST_DESCRIPTION = 1200
_FEW = 3


class Assembly(Struct):
    """The data of a spec. `names` are the names of actions by method and path."""

    data: dict[str, Any]
    names: dict[tuple[str, str], str] = field(default_factory=dict)


def assemble(
    api: Api,
    files: Files,
    connector: str,
    *,
    address: str | None = None,
    known_names: dict[tuple[str, str], str] | None = None,
) -> Assembly:
    """The spec of an API, as data in the order in which it is written.

    `known_names` are names of actions that stand already, by method and path (`path_key`).
    """
    own = OwnWords.of(api)
    schemas = Schemas(files, keeps_names=own is not None)
    schemas.learn_families(api.schemas)
    settler = Settler(schemas)
    names = _name(api, files, known_names or {})
    drafts = [
        _draft(schemas, operation, name)
        for operation, name in zip(api.operations, names, strict=True)
    ]
    head = _head(api, connector)
    if own is not None:
        own.put_in_order(drafts)
        own.place(settler, drafts)
        own.add_head(head)
        plan = Plan()
    else:
        guesses = guess_lists(settler, drafts)
        plan = plan_pagings(drafts, guesses)
        _add_connection(api, connector, address, drafts, head)
        head |= {"headers": shared} if (shared := _shared_headers(drafts)) else {}
    usage = Usage(schemas, settler)
    for draft in drafts:
        for type_ in _types_of(draft):
            usage.take(type_)
    needed = _needed(api, files, schemas, own, drafts)
    for type_ in needed:
        usage.take(type_)
    make_sound(usage)
    speller = Speller(usage, ModelNames(naming.class_name(connector)))
    speller.name_components()
    send = str(own.head.get("send", "json")) if own is not None else _usual_send(drafts)
    writer = ActionWriter(speller, send, plan.default, plan.named)
    data = head
    if own is None:
        if send != "json":
            data["send"] = send
        _add_guesses(api, schemas, settler, data, plan.default, plan.named, guesses.values())
    actions: dict[str, Any] = {}
    for draft in drafts:
        made = writer.write(draft)
        made = own.complete(draft, made) if own is not None else made
        actions[draft.name] = _with_remarks(api, draft, made)
    if actions:
        data["actions"] = actions
    for type_ in needed:
        speller.word(type_)
    models = speller.finish()
    if models:
        data["models"] = models
    _tell_unused(api, usage)
    return Assembly(data, {(d.operation.method, d.operation.path): d.name for d in drafts})


def _needed(
    api: Api, files: Files, schemas: Schemas, own: OwnWords | None, drafts: list[ActionDraft]
) -> list[Type]:
    """Models that no operation names, but what a connector says of itself."""
    if own is None or api.schemas is None:
        return []
    named = dict(api.schemas.items())
    return [schemas.component(files.target(named[name])).type for name in own.needs(drafts, named)]


def _add_connection(
    api: Api,
    connector: str,
    address: str | None,
    drafts: list[ActionDraft],
    data: dict[str, Any],
) -> None:
    """Base URL, settings and auth, and what single actions say of host and auth."""
    hosts = read_servers(api, address)
    security = read_auth(api, connector, hosts.base_url)
    oauth = {name for name, scheme in api.schemes.items() if scheme.kind in ("oauth2", "openid")}
    for draft in drafts:
        draft.host = hosts.host_of(draft.operation.servers)
        draft.auth = security.of_action(draft.operation)
        draft.scopes = security.scopes_of(draft.operation, oauth)
        _leave_to_auth(api, draft)
    data["base_url"] = Noted(hosts.base_url, (), hosts.why) if hosts.why else hosts.base_url
    if hosts.hosts:
        data["hosts"] = hosts.hosts
    settings = {**hosts.settings, **security.settings}
    if settings:
        data["settings"] = settings
    if hosts.values:
        data["values"] = hosts.values
    if security.auth is not None:
        data["auth"] = _guessed(api.node, security.auth, security.why, "auth")
    if security.auths:
        data["auths"] = security.auths


def _leave_to_auth(api: Api, draft: ActionDraft) -> None:
    """Parameters that are the operation's credentials, whatever is chosen, are no arguments."""
    needed = draft.operation.security if draft.operation.security is not None else api.security
    always = [{name for name, _ in requirement} for requirement in needed]
    for name in sorted(set.intersection(*always)) if always else ():
        scheme = api.schemes.get(name)
        if scheme is None or scheme.kind != "key":
            continue
        places = {"query": draft.query, "header": draft.headers, "cookie": draft.cookies}
        fields = places.get(scheme.where, {})
        for wire in [each for each in fields if each.lower() == scheme.parameter.lower()]:
            node = fields.pop(wire).node
            node.counted("{count} parameters are what auth sends: they are no arguments", wire)


def _name(api: Api, files: Files, known: dict[tuple[str, str], str]) -> list[str]:
    routes: list[Route] = []
    fixed: dict[int, str] = {}
    for number, operation in enumerate(api.operations):
        route = route_of(operation)
        nouns = frozenset(singular(word) for word in route.words[-2:])
        route.returns_list = _answers_list(files, operation, nouns)
        inputs = {re.sub(r"[^a-z]", "", each.name.lower()) for each in operation.parameters}
        route.pages = bool(inputs & _PAGING_NAMES)
        routes.append(route)
        name = known.get((operation.method, path_key(spec_path(operation))))
        name = name or own_name(operation)
        if name is not None and name not in fixed.values():
            fixed[number] = name
    name_actions(routes, fixed=fixed)
    return [".".join(route.name) for route in routes]


def _answers_list(files: Files, operation: Operation, nouns: frozenset[str]) -> bool:
    """Whether the good answer is a list, or an object around one, at a glance."""
    for response in operation.responses:
        if not response.is_success and response.status != "default":
            continue
        for content in response.contents[:1]:
            if content.schema is None:
                continue
            schema = files.target(content.schema)
            if not schema.is_map:
                continue
            if schema.value.get("type") == "array" or "items" in schema.value:
                return True
            properties = schema.value.get("properties")
            if isinstance(properties, dict):
                return reads_as_list(properties, nouns)
    return False


def _draft(schemas: Schemas, operation: Operation, name: str) -> ActionDraft:
    draft = ActionDraft(operation, name)
    teller = operation.node.teller
    teller.operation = operation.label
    try:
        *resource, verb = name.split(".")
        noun = class_name(singular(resource[-1])) if resource else class_name(verb)
        owner = (noun or "Item",)
        add_parameters(schemas, draft, owner)
        add_body(schemas, draft, owner if verb in ("create", "update") else (*owner, verb))
        several = class_name(resource[-1]) if resource else noun
        is_plain = verb in ("get", "list", "create", "update", "replace", "delete")
        result_owner = (several if verb == "list" else noun) or "Item"
        add_results(schemas, draft, (result_owner,) if is_plain else (result_owner, verb))
    finally:
        teller.operation = None
    return draft


def _types_of(draft: ActionDraft) -> Iterable[Type]:
    for _, fields in draft.sections:
        yield from (each.type for each in fields.values())
    if draft.body is not None:
        if draft.body.type is not None:
            yield draft.body.type
        yield from draft.body.bodies.values()
    for result in draft.results.values():
        if result.type is not None:
            yield result.type


def _shared_headers(drafts: list[ActionDraft]) -> dict[str, str]:
    """Constant headers that most requests have: they are said once, not with every action."""
    found: dict[str, str] = {}
    for name in ("Accept", "Content-Type"):
        agreeing = [each for each in drafts if _says_itself(each, name)]
        values = Counter(each.fixed_headers.get(name, "") for each in drafts)
        values.pop("", None)
        value, count = values.most_common(1)[0] if values else ("", 0)
        if count < _FEW or (count + len(agreeing)) * 4 < len(drafts) * 3:
            continue
        if name == "Content-Type" and not is_plain_json(value):
            continue
        found[name] = value.replace("$", "$$")
        for each in drafts:
            if each.fixed_headers.get(name) == value:
                del each.fixed_headers[name]
            elif name not in each.fixed_headers and _must_be_without(each, name):
                each.without_headers.append(name)
    return found


def _says_itself(draft: ActionDraft, header: str) -> bool:
    body = draft.body
    return header == "Content-Type" and body is not None and header not in draft.fixed_headers


def _must_be_without(draft: ActionDraft, header: str) -> bool:
    """Whether a constant would say something else than the action does."""
    body = draft.body
    if header == "Accept":
        return True
    return body is not None and (body.send != "json" or bool(body.bodies))


def _usual_send(drafts: list[ActionDraft]) -> str:
    """How most bodies are sent, where that is a form."""
    sends = Counter(d.body.send for d in drafts if d.body is not None and not d.body.bodies)
    if not sends:
        return "json"
    word, count = sends.most_common(1)[0]
    return word if word == "form" and count * 2 > sum(sends.values()) else "json"


# --- the head


def _head(api: Api, connector: str) -> dict[str, Any]:
    data: dict[str, Any] = {"ferrule": 1, "connector": connector, "version": "1.0.0"}
    title = one_line(api.title)
    if title and title != connector:
        data["title"] = title
    description = doc_text(api.description)
    if description and description.strip() != title:
        if len(description) > _LONGEST_DESCRIPTION:
            first = description[:_LONGEST_DESCRIPTION].rsplit("\n\n", 1)[0].rstrip()
            api.node.teller.count(
                "import-left-out",
                "the description of the API is kept to its beginning",
                api.node.document,
                ("info", "description"),
            )
            description = doc_text(first)
        if description:
            data["description"] = description
    if api.docs and re.match(r"https?://", api.docs):
        data["docs"] = api.docs
    return data


def _guessed(node: Node, value: Any, why: str, key: str) -> Any:
    if not why:
        return value
    node.teller.count("import-guess", f"`{key}`: {why}", node.document, ())
    return Noted(value, (f"A guess: {why}.",))


def _add_guesses(
    api: Api,
    schemas: Schemas,
    settler: Settler,
    data: dict[str, Any],
    default: Guess | None,
    named: dict[str, Guess],
    guesses: Iterable[Guess],
) -> None:
    observe, rule, why = guess_limits(api.operations)
    if observe:
        data["observe"] = _guessed(api.node, observe, why, "observe")
    if default is not None:
        data["paging"] = _guessed(api.node, default.paging, default.why, "paging")
    if named:
        data["pagings"] = {
            name: _guessed(api.node, guess.paging, guess.why, f"pagings.{name}")
            for name, guess in named.items()
        }
    if default is not None:
        envelope = _envelope(guesses)
        if envelope:
            data["envelope"] = envelope
    errors = guess_errors(schemas, settler, api.operations)
    if errors is not None or rule is not None:
        found = dict(errors[0]) if errors is not None else {}
        if rule is not None:
            found["rules"] = [rule]
        why = errors[1] if errors is not None else why
        data["errors"] = _guessed(api.node, found, why, "errors")


def _envelope(guesses: Iterable[Guess]) -> dict[str, Any]:
    """What surrounds the lists of a connector; nothing where lists contradict each other."""
    found: dict[str, Any] = {}
    for guess in guesses:
        if not _joined(found, envelope_of(guess)):
            return {}
    return found


def _joined(found: dict[str, Any], more: dict[str, Any]) -> bool:
    """Put the fields of one envelope into another; whether they agree."""
    for key, value in more.items():
        known = found.setdefault(key, value if isinstance(value, str) else {})
        if isinstance(known, dict) != isinstance(value, dict):
            return False
        if isinstance(known, dict):
            if not _joined(known, value):
                return False
        elif known != value:
            plain = {part for word in (known, value) for part in word.split(" | ")}
            words = sorted(plain - {"null"})
            if len(words) > 1:
                return False
            found[key] = f"{words[0]} | null" if "null" in plain else words[0]
    return True


def _with_remarks(api: Api, draft: ActionDraft, data: dict[str, Any]) -> Any:
    """The action, with what was lost of it above it."""
    told = api.node.teller.about(draft.operation.label)
    lost = dict.fromkeys(each.message for each in told if each.rule == "import-lost")
    remarks = tuple(f"Not carried over: {message}." for message in lost)
    if isinstance(draft.paging, Guess):
        where = draft.operation.node
        where.teller.tell(
            "import-guess", where.document, where.path, f"{draft.name} pages: {draft.paging.why}"
        )
    return Noted(data, remarks) if remarks else data


def _tell_unused(api: Api, usage: Usage) -> None:
    if api.schemas is None:
        return
    used = {key for key, count in usage.refs.items() if count}
    for name, node in api.schemas.items():
        key = f"{node.document.source.path}{node.address}"
        known = usage.schemas.components
        if key not in used and key not in known and f"{key}{XML}" not in known:
            node.counted("{count} schemas that no operation uses are left out", name)


def connector_name(text: str) -> str:
    """A name for a connector: small letters and digits, with single `_` between them."""
    found = re.sub(r"_+", "_", snake(text)).strip("_")[:64].strip("_")
    found = re.sub(r"_(openapi|swagger|api|spec|json|yaml)$", "", found) or found
    found = (
        found if re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", found) else f"api_{found}".strip("_")
    )
    taken = ("ferrule", "ferrule_runtime", "python", "pip", "setuptools")
    return f"{found}_api" if found in naming.KEYWORDS or found in taken else found

"""Gathers what reference pages say of a connector, from its spec and its package."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ferrule.exports.docs.examples import examples_of, set_up_examples
from ferrule.exports.docs.rows import fields_of, row, rows, type_text
from ferrule.forms.package import ActionRow, PackageIR
from ferrule.forms.reference import (
    ActionPage,
    ErrorRow,
    FieldRow,
    ModelPage,
    Reference,
    ResourcePage,
)
from ferrule.forms.spec import METHODS, ConnectorSpec

_GAP = re.compile(r"(?<!\$)\{([^}:?]+)\??(?::([^}]*))?\}")
_SECTIONS = (("query", "query"), ("headers", "header"), ("cookies", "cookie"), ("input", "input"))
_LIMITS = (
    ("rate_limit", "Rate"), ("rate_limits", "Rate"), ("concurrency", "Calls at a time"),
    ("min_interval", "Time between calls"), ("timeout", "Timeout"), ("retry", "Retries"),
)  # fmt: skip
_FACTS = (
    ("limit", "Counts against"), ("cost", "Costs"), ("scopes", "Scopes"), ("auth", "Auth"),
    ("host", "Host"), ("timeout", "Timeout"), ("retry", "Retries"), ("cache", "Cached by"),
    ("send", "Body sent as"), ("idempotency_key", "Idempotency key in"),
)  # fmt: skip


def reference_of(spec: ConnectorSpec, data: Mapping[str, Any], package: PackageIR) -> Reference:
    """All that the pages say. `data` is the spec as it is written."""
    gatherer = _Gatherer(spec, data, package)
    return gatherer.reference()


class _Gatherer:
    def __init__(self, spec: ConnectorSpec, data: Mapping[str, Any], package: PackageIR) -> None:
        self.spec = spec
        self.data = data
        self.package = package
        self.class_name = package.readme.class_name

    def reference(self) -> Reference:
        spec, readme = self.spec, self.package.readme
        distribution = str(readme.distribution)
        return Reference(
            connector=spec.connector,
            title=spec.title or spec.connector,
            version=spec.version,
            description=(spec.description or "").strip(),
            docs=spec.docs,
            distribution=distribution,
            package=self.package.package,
            base_url=str(self.data.get("base_url", "")),
            settings=tuple(self._settings()),
            auth=tuple(self._auth()),
            set_up=set_up_examples(self.package.package, self.class_name, distribution),
            limits=tuple(self._limits()),
            resources=tuple(self._resources()),
            models=tuple(self._models()),
            errors=tuple(ErrorRow(plain(each.name), plain(each.doc)) for each in readme.errors),
            error_rules=tuple(self._error_rules()),
        )

    # --- set-up

    def _settings(self) -> Iterator[FieldRow]:
        names = [plain(each.environment) for each in self.package.readme.settings]
        declared = self.data.get("settings", {})
        known = {plain(each.name): name for each, name in
                 zip(self.package.readme.settings, names, strict=True)}  # fmt: skip
        for each in rows(declared):
            variable = known.get(each.name, "")
            yield FieldRow(
                each.name, each.type, each.doc, each.is_required, variable, each.level,
                each.default, each.notes,
            )  # fmt: skip

    def _auth(self) -> Iterator[FieldRow]:
        auth = self.data.get("auth")
        auths = self.data.get("auths", {})
        if isinstance(auth, Mapping) and "one_of" in auth:
            auths = {**auth["one_of"], **auths}
        elif isinstance(auth, Mapping):
            auths = {"": auth, **auths}
        for name, kind in auths.items():
            word = next(iter(kind), "none") if isinstance(kind, Mapping) else str(kind)
            is_usual = isinstance(auth, str) and auth == name
            doc = "Used where an action says nothing else." if is_usual else ""
            yield FieldRow(name or word, word, doc, is_required=False)

    def _limits(self) -> Iterator[tuple[str, str]]:
        for key, label in _LIMITS:
            value = self.data.get(key)
            if isinstance(value, Mapping):
                for name, each in value.items():
                    yield f"{label}: {name}", _told(each)
            elif value is not None:
                yield label, _told(value)
        for place in self.data.get("observe", {}):
            yield "Read from answers", str(place)

    def _error_rules(self) -> Iterator[tuple[str, str]]:
        errors = self.data.get("errors", {})
        for name, codes in (errors.get("codes") or {}).items():
            listed = codes.get("codes", ()) if isinstance(codes, Mapping) else codes
            yield ", ".join(map(str, listed)), name
        for name, statuses in (errors.get("statuses") or {}).items():
            listed = statuses.get("statuses", ()) if isinstance(statuses, Mapping) else statuses
            yield ", ".join(map(str, listed)), name
        for rule in errors.get("rules") or ():
            yield str(rule.get("when", "")), str(rule.get("then", ""))

    # --- actions

    def _resources(self) -> Iterator[ResourcePage]:
        found: dict[str, list[ActionPage]] = {}
        for each in self.package.readme.actions:
            resource = each.key.rpartition(".")[0]
            found.setdefault(resource, []).append(self._action(each))
        for name, actions in found.items():
            shown = name or self.spec.connector
            slug = "actions" if not name else f"actions-{slug_of(name)}"
            yield ResourcePage(shown, slug, tuple(actions))

    def _action(self, made: ActionRow) -> ActionPage:
        data = self.data["actions"][made.key]
        action = self.spec.actions[made.key]
        verb = next((each for each in METHODS if each in data), "")
        request = plain(made.request)
        summary = str(data.get("summary") or "").strip()
        return ActionPage(
            key=made.key,
            method=plain(made.name),
            anchor=slug_of(made.key),
            verb=verb.upper() or "CALL",
            path=_GAP.sub(r"{\1}", str(data[verb])) if verb else request,
            summary=summary or made.key,
            description=str(data.get("description") or "").strip(),
            docs=data.get("docs"),
            deprecated=data.get("deprecated"),
            arguments=tuple(self._arguments(made, data, verb)),
            result=plain(made.returns),
            answers=tuple(_answers(data.get("returns"))),
            facts=tuple(self._facts(data, made)),
            examples=examples_of(self.spec, made, action, self.package.package, self.class_name),
        )

    def _arguments(self, made: ActionRow, data: Mapping[str, Any], verb: str) -> Iterator[FieldRow]:
        names = {(where, wire): name for name, where, wire in made.arguments}

        def named(found: FieldRow) -> FieldRow:
            name = names.get((found.place, found.name), "") if not found.level else ""
            if not name or name == found.name:
                return found
            return FieldRow(
                name, found.type, found.doc, found.is_required, f"{found.place}.{found.name}",
                found.level, found.default, found.notes,
            )  # fmt: skip

        for name, word in _GAP.findall(str(data.get(verb, ""))):
            declared = data.get("path", {}).get(name, word or "string")
            yield named(row(name, "string" if declared == "slashes" else declared, "path"))
        for section, place in _SECTIONS:
            given = data.get(section, data.get(f"{section}?"))
            for each in rows(given, place):
                if each.type != "constant" and each.type != "none":
                    yield named(each)
        for key in ("body", "body?"):
            if key not in data:
                continue
            body = data[key]
            if fields_of(body):
                yield from map(named, rows(body, "body"))
            else:
                yield row("body", body, "body", is_required=key == "body")
        for kind, body in data.get("bodies", {}).items():
            yield row("body", type_text(body), f"body ({kind})")

    def _facts(self, data: Mapping[str, Any], made: ActionRow) -> Iterator[tuple[str, str]]:
        if made.kind == "pages":
            yield "Pages", "walked by themselves; iterate, or ask for one page at a time"
        for key, label in _FACTS:
            if key in data:
                yield label, _told(data[key])
        replay = data.get("replay")
        if replay is not None:
            yield "Repeated after a failure", str(replay)

    # --- models

    def _models(self) -> Iterator[ModelPage]:
        for name, declared in self.data.get("models", {}).items():
            given = declared if isinstance(declared, Mapping) else {}
            tagged = ".by" in given
            made = () if tagged else tuple(rows(given))
            bases = given.get(".is", ())
            shown = ", ".join(bases) if isinstance(bases, list) else str(bases or "")
            word = type_text(declared)
            if made:
                word = f"all of {shown}, and" if shown else ""
            if tagged:
                word = f"{word}, told apart by {given['.by']}"
            enum = given.get(".enum")
            if enum is not None:
                word += ": " + ", ".join(
                    map(str, enum.values() if isinstance(enum, dict) else enum)
                )
            yield ModelPage(name, slug_of(name), str(given.get(".doc", "")).strip(), word, made)


def _answers(returns: Any) -> Iterator[tuple[str, str]]:
    if isinstance(returns, Mapping):
        for key, each in returns.items():
            yield str(key), str(each)


def plain(code: object) -> str:
    """The text of a piece of Markdown in which marks are escaped."""
    text = str(code).strip()
    if text.startswith("`") and text.endswith("`"):
        return text.strip("`").strip().replace("\\|", "|")
    text = re.sub(r"\\([\\`*_{}\[\]<>#|~!$&.+=:)-])", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def slug_of(name: str) -> str:
    """A name as it can stand in a file name and after `#`."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "x"


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_told(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)

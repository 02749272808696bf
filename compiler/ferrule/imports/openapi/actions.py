"""Writes actions as a spec has them: short where little is to be said."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ferrule.imports.openapi.arguments import name_arguments
from ferrule.imports.openapi.drafts import ActionDraft, BodyDraft, Result
from ferrule.imports.openapi.guesses.paging import Guess
from ferrule.imports.openapi.own_words import own_name
from ferrule.imports.openapi.spelling import Speller, field_key, long_form, says_nothing
from ferrule.imports.openapi.types import (
    ANY,
    Const,
    Field,
    MapOf,
    Object,
    Ref,
    Type,
    Word,
    without_null,
)
from ferrule.imports.plain_text import doc_lines, doc_text, one_line
from ferrule.imports.spec_text import Noted

_IN_GAP = frozenset(("integer", "number", "boolean", "uuid", "date", "datetime", "time"))
_FUNCTION = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\(\)")
_LONGEST_SUMMARY = 120
_DEPRECATION = re.compile(r"\bdeprecat|\buse\b.*\binstead\b", re.IGNORECASE)
_SAYS_SO = re.compile(r"^deprecated\s*[:;,.–-]\s*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_LONGEST_REASON = 200


class ActionWriter(Struct):
    """Writes one action after the other. `send` is the connector's own way to send bodies."""

    speller: Speller
    send: str = "json"
    default_paging: Guess | None = None
    pagings: dict[str, Guess] | None = None

    def write(self, draft: ActionDraft) -> dict[str, Any]:
        """An action as data."""
        found: dict[str, Any] = {}
        self._about(draft, found)
        body = self._body_fields(draft)
        names = name_arguments(
            [(place, fields.values()) for place, fields in draft.sections]
            + [("body", body.fields.values() if body is not None else ())],
            self._options(draft, body),
        )
        path, declared = self._path(draft, names.get("path", {}))
        found[draft.operation.method] = path
        if draft.scopes:
            found["scopes"] = draft.scopes
        if draft.auth is not None:
            found["auth"] = draft.auth[0] if len(draft.auth) == 1 else draft.auth
        if draft.host is not None:
            found["host"] = draft.host
        if declared:
            found["path"] = declared
        query = self._section(draft.query, names.get("query", {}))
        query.update(
            {
                name: f"= {value}" if value else {".const": ""}
                for name, value in draft.fixed_query.items()
            }
        )
        headers: dict[str, Any] = {
            name: f"= {value}" for name, value in draft.fixed_headers.items()
        }
        headers.update(dict.fromkeys(draft.without_headers, "none"))
        headers.update(self._section(draft.headers, names.get("header", {})))
        cookies = self._section(draft.cookies, names.get("cookie", {}))
        sections = {"query": query, "headers": headers, "cookies": cookies}
        found.update({key: section for key, section in sections.items() if section})
        self._body(draft, body, names.get("body", {}), found)
        if draft.idempotency_key is not None:
            found["idempotency_key"] = draft.idempotency_key
        returns = self._returns(draft.results)
        if returns is not None:
            found["returns"] = returns
        self._paging(draft, found)
        return found

    # --- what it is

    def _about(self, draft: ActionDraft, found: dict[str, Any]) -> None:
        operation = draft.operation
        summary = one_line(operation.summary)
        told = operation.description or ""
        if summary is not None and _FUNCTION.fullmatch(summary):
            operation.node.counted("{count} summaries are names of functions", summary)
            summary = None
        if summary is not None and len(summary) > _LONGEST_SUMMARY * 2:
            told = told if summary in " ".join(told.split()) else f"{summary}\n\n{told}"
            summary = None
        description = doc_text(told)
        # An exported action without a summary had none.
        if summary is None and description is not None and own_name(operation) is None:
            summary, description = _summed_up(told, description)
        if summary:
            found["summary"] = summary
        if description and " ".join(description.split()).rstrip(".") != (summary or "").rstrip("."):
            found["description"] = description
        if operation.docs:
            found["docs"] = operation.docs
        if operation.is_deprecated:
            found["deprecated"] = reason_of_deprecation(operation.description)

    # --- the request

    def _options(self, draft: ActionDraft, body: Object | None) -> set[str]:
        """The arguments that the method has besides its parameters."""
        options: set[str] = set()
        guess = self._paging_of(draft)
        if guess is not None:
            options.add("checkpoint")
            if "size" in guess.paging:
                options.add("page_size")
            if "page" in guess.paging or "offset" in guess.paging:
                options.add("start")
        if draft.idempotency_key is not None:
            options.add("idempotency_key")
        if draft.body is not None:
            if draft.body.bodies:
                options |= {"body", "send"}
            elif body is None:
                options.add("body")
            elif body.rest is not None:
                options.add("extra")
        return options

    def _paging_of(self, draft: ActionDraft) -> Guess | None:
        if isinstance(draft.paging, Guess):
            return draft.paging
        if draft.paging == "none":
            return None
        if draft.paging not in (None, "default"):
            return (self.pagings or {}).get(draft.paging)
        if draft.paging is None and not _is_paged_by_default(draft):
            return None
        return self.default_paging

    def _path(self, draft: ActionDraft, names: dict[str, str]) -> tuple[str, dict[str, Any]]:
        """The path with the types of its parameters, and what is declared apart from it."""
        path = draft.path
        declared: dict[str, Any] = {}
        for name, each in draft.path_fields.items():
            if each.type == Word("slashes"):
                text = doc_text(each.facts.doc)
                if text and not says_nothing(text, name):
                    declared[name] = {".doc": text}
                continue
            made = self.speller.declaration(replace(each, is_optional=False), is_parameter=True)
            said = names.get(name) or each.python_name
            if said is not None:
                made = {**long_form(made), ".py": said}
            if made == "string":
                continue
            if isinstance(made, str) and made in _IN_GAP:
                path = path.replace(f"{{{name}}}", f"{{{name}:{made}}}")
            else:
                declared[name] = made
        return path, declared

    def _section(self, fields: dict[str, Field], names: dict[str, str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for each in fields.values():
            key = field_key(each)
            if key is None:
                continue
            if isinstance(each.type, Const) and not each.is_optional:
                key = key.removesuffix("?")
            made = self.speller.declaration(each, is_parameter=True)
            said = names.get(each.name) or each.python_name
            if said is not None:
                made = {**long_form(made), ".py": said}
            found[key] = made
        return found

    # --- the body

    def _body_fields(self, draft: ActionDraft) -> Object | None:
        """The object whose fields become arguments; None where the body is one argument."""
        body = draft.body
        if body is None or body.bodies or body.type is None:
            return None
        type_ = without_null(body.type)
        if isinstance(type_, Ref):
            found = self._single_use(type_)
        else:
            found = type_ if isinstance(type_, Object) else None
        if found is None:
            return None
        self.speller.usage.settler.settle(found)
        has_demands = any(not each.is_optional for each in self._sent(found).values())
        if body.is_optional and has_demands:
            draft.operation.node.counted(
                "{count} bodies with required fields are not said to be required: they count so",
                draft.operation.label,
            )
            body.is_optional = False
        return Object(
            found.hint,
            found.node,
            fields=self._sent(found),
            rest=found.rest,
            doc=found.doc,
            one_of_fields=found.one_of_fields,
        )

    def _sent(self, found: Object) -> dict[str, Field]:
        """The fields that a request has."""
        fields = self.speller.usage.settler.all_fields(found)
        return {name: each for name, each in fields.items() if not each.facts.is_read_only}

    def _single_use(self, ref: Ref) -> Object | None:
        """The object behind a name that stands nowhere else."""
        usage = self.speller.usage
        component = usage.schemas.components.get(ref.key)
        if component is None or component.is_recursive or usage.refs[ref.key] != 1:
            return None
        if usage.schemas.keeps_names:
            return None
        type_ = component.made.type
        return type_ if isinstance(type_, Object) else None

    def _body(
        self,
        draft: ActionDraft,
        fields: Object | None,
        names: dict[str, str],
        found: dict[str, Any],
    ) -> None:
        body = draft.body
        if body is None:
            return
        if body.bodies:
            found["bodies"] = {word: self._one_body(type_) for word, type_ in body.bodies.items()}
            return
        if body.send != self.send:
            found["send"] = body.send
        if body.arrays is not None:
            found["arrays"] = body.arrays
        key = "body?" if body.is_optional else "body"
        if fields is not None and (fields.fields or fields.rest is not None):
            given = self._fields(draft, fields, names)
            if given:
                found[key] = {**_root_of(body), **given}
            return
        text = doc_text(body.doc)
        word = self._whole(body.type or ANY)
        if fields is not None:
            word = "map(any)"
        is_told = text is not None and len(text) < 400 and not says_nothing(text, word)
        made: Any = {".type": word, ".doc": text} if is_told else word
        if body.wrap is not None:
            made = {".wrap": body.wrap, **long_form(made)}
            for name in body.fixed:
                draft.operation.node.lost(f"`{name[1:]}` of the root is not written")
        found[key] = made

    def _fields(self, draft: ActionDraft, fields: Object, names: dict[str, str]) -> dict[str, Any]:
        """The fields of a body as arguments. What is changed by halves is not given defaults."""
        is_new = draft.operation.method == "post" and draft.name.endswith("create")
        plain: list[Field] = []
        for each in fields.fields.values():
            facts = each.facts
            if facts.has_default and not is_new:
                facts = replace(facts, has_default=False, default=None)
            plain.append(each.copy(facts=facts))
        made: dict[str, Any] = {}
        if fields.one_of_fields:
            made[".one_of_fields"] = list(fields.one_of_fields)
        made.update(self.speller.fields(plain, names))
        if fields.rest is not None:
            made[".rest"] = self.speller.word(fields.rest)
        return made

    def _one_body(self, type_: Type) -> Any:
        """One of several bodies: fields in place where they stand nowhere else."""
        plain = without_null(type_)
        found = self._single_use(plain) if isinstance(plain, Ref) else plain
        if not isinstance(found, Object):
            return self._whole(type_)
        self.speller.usage.settler.settle(found)
        own = Object(found.hint, found.node, fields=self._sent(found), rest=found.rest)
        return self.speller.object(own, doc=None, level=0) or "map(any)"

    def _whole(self, type_: Type) -> str:
        """A body that is one argument."""
        found = without_null(type_)
        if isinstance(found, MapOf) and found.value == ANY:
            return "map(any)"
        return self.speller.word(found)

    # --- the answer

    def _returns(self, results: dict[str, Result]) -> Any:
        words = {key: self._result(each) for key, each in results.items()}
        different = set(words.values())
        if len(different) == 1 and all(not key or key.isdigit() for key in words):
            word = different.pop()
            return None if word == "none" else word
        return words or None

    def _result(self, result: Result) -> str:
        if result.word is not None:
            return result.word
        type_ = result.type or ANY
        if result.stream is not None:
            word = f"{result.stream}({self.speller.word(without_null(type_))})"
            return f"{word} at {result.at}" if result.at else word
        word = self.speller.word(type_)
        return f"{word} at {result.at}" if result.at else word

    def _paging(self, draft: ActionDraft, found: dict[str, Any]) -> None:
        paging = draft.paging
        if paging is None:
            return
        if isinstance(paging, Guess):
            found["paging"] = Noted(paging.paging, (f"A guess: {paging.why}.",))
        else:
            found["paging"] = paging


def _root_of(body: BodyDraft) -> dict[str, Any]:
    """What stands before the fields of a body in XML."""
    root = {} if body.wrap is None else {".wrap": body.wrap}
    return {**root, **{name: f"= {value}" for name, value in body.fixed.items()}}


def _is_paged_by_default(draft: ActionDraft) -> bool:
    result = draft.results.get("")
    if draft.operation.method != "get" or result is None or result.type is None:
        return False
    return type(without_null(result.type)).__name__ == "ListOf" and result.stream is None


def _summed_up(told: str, text: str) -> tuple[str | None, str | None]:
    """A description as a summary, its first sentence, and all of it, if there is more."""
    first = doc_lines(told)[0]
    if first == text and len(text) <= _LONGEST_SUMMARY:
        return text, None
    met = re.match(r"(.{8,119}?[.!?])(\s|$)", first)
    if met is not None and not met[1].endswith(("e.g.", "i.e.", "etc.")):
        return met[1], text
    if len(first) <= _LONGEST_SUMMARY and not first.startswith(("#", "*", "-", "|", "`", "<")):
        return first, text
    return None, text


def reason_of_deprecation(description: str | None) -> str:
    """Why something is deprecated, in the document's own words where it has some."""
    text = one_line(description) or ""
    sentences = _SENTENCE_END.split(re.sub(r"[*_`#>]+", "", text))
    reason = next((each for each in sentences if _DEPRECATION.search(each)), "").strip(" :-–.!")
    reason = _SAYS_SO.sub("", reason)
    if 8 <= len(reason) <= _LONGEST_REASON:
        return reason
    return "the service may take it away"

"""What reference pages say of a connector: plain texts, Markdown where a spec holds Markdown."""

from __future__ import annotations

from msgspec import Struct


class FieldRow(Struct, frozen=True):
    """A setting, an argument or a field. `type` is as the spec writes it, `level` its depth."""

    name: str
    type: str
    doc: str = ""
    is_required: bool = True
    place: str = ""
    level: int = 0
    default: str = ""
    notes: tuple[str, ...] = ()


class Example(Struct, frozen=True):
    """Code to copy. `language` names it for readers, `word` for highlighters."""

    language: str
    word: str
    text: str


class ActionPage(Struct, frozen=True):
    """An action: its request, its arguments, what it gives, how it behaves, how it is called."""

    key: str
    method: str
    anchor: str
    verb: str
    path: str
    summary: str
    description: str
    docs: str | None
    deprecated: str | None
    arguments: tuple[FieldRow, ...]
    result: str
    answers: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    examples: tuple[Example, ...]


class ResourcePage(Struct, frozen=True):
    """The actions of one resource, on a page of their own. `slug` is the name of its file."""

    name: str
    slug: str
    actions: tuple[ActionPage, ...]


class ModelPage(Struct, frozen=True):
    """A model: its fields, or the type that it names."""

    name: str
    anchor: str
    doc: str
    type: str
    fields: tuple[FieldRow, ...]


class ErrorRow(Struct, frozen=True):
    """An error class and when it is raised."""

    name: str
    doc: str


class Reference(Struct, frozen=True):
    """All that the pages of one connector say."""

    connector: str
    title: str
    version: str
    description: str
    docs: str | None
    distribution: str
    package: str
    base_url: str
    settings: tuple[FieldRow, ...]
    auth: tuple[FieldRow, ...]
    set_up: tuple[Example, ...]
    limits: tuple[tuple[str, str], ...]
    resources: tuple[ResourcePage, ...]
    models: tuple[ModelPage, ...]
    errors: tuple[ErrorRow, ...]
    error_rules: tuple[tuple[str, str], ...]

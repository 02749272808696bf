"""What can be looked up by name in a spec: settings and values, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from ferrule.forms.shape import Shape
from ferrule.forms.spec import Auth, ConnectorSpec
from ferrule.forms.tree import Path
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.oauth import OAuth2


ROOTS = (
    "token",
    "redirect",
    "input",
    "request",
    "signature",
    "response",
    "item",
    "last",
    "page",
    "now",
    "nonce",
    "env",
)
"""The roots of look-ups that are not settings; no setting and no value may have such a name."""

_SECRET_WORDS = ("secret", "json_secret")


class Setting(Struct, frozen=True):
    """A setting by its name without the mark of the optional."""

    name: str
    path: Path
    shape: Shape
    is_optional: bool

    @property
    def type(self) -> ast.TypeExpr | None:
        """The type, wherever it is written."""
        return type_of(self.shape)

    @property
    def has_default(self) -> bool:
        """Whether it has a value where nobody gives one."""
        word = self.shape.word
        return self.shape.default is not None or (word is not None and word.default is not None)

    @property
    def is_secret(self) -> bool:
        """Whether what is given here must never show."""
        return any(
            isinstance(part, ast.WordType) and part.word in _SECRET_WORDS
            for part in parts_of(self.type)
        )

    @property
    def can_be_text(self) -> bool:
        """Whether it can stand inside a text."""
        type_ = self.type
        is_tree = isinstance(type_, ast.ListType | ast.MapType)
        return not is_tree and not (
            isinstance(type_, ast.WordType) and type_.word in ("json_secret", "file")
        )


class Scope(Struct, frozen=True, dict=True):
    """The one name space of settings and values."""

    spec: ConnectorSpec

    @cached_property
    def settings(self) -> dict[str, Setting]:
        """Settings by name."""
        found = {}
        for key, shape in self.spec.settings.items():
            name = key.removesuffix("?")
            found[name] = Setting(name, ("settings", key), shape, key.endswith("?"))
        return found

    @cached_property
    def captures(self) -> dict[str, Path]:
        """Names that come with a token, each with where it is said."""
        found: dict[str, Path] = {}
        for form, path in oauth2_in(self.spec):
            for name in form.capture:
                found.setdefault(name, (*path, "capture", name))
            for name in () if form.discover is None else form.discover.let:
                found.setdefault(name, (*path, "discover", "let", name))
        return found

    @cached_property
    def secrets(self) -> frozenset[str]:
        """The names of secrets: settings that are, and values made from them."""
        own = {name for name, setting in self.settings.items() if setting.is_secret}
        return self._spread(own)

    @cached_property
    def absent(self) -> frozenset[str]:
        """The names with perhaps nothing behind them: optional settings, values made of them."""
        own = {
            name
            for name, setting in self.settings.items()
            if setting.is_optional and not setting.has_default
        }
        return self._spread(own, fallback_helps=True)

    def value_references(self, name: str) -> Iterator[tuple[Path, ast.Reference]]:
        """Each look-up in a value, with the path of the word it stands in."""
        value = self.spec.values.get(name)
        if isinstance(value, ast.Template):
            yield from ((("values", name), each) for each in value.references)
        elif value is not None:
            for key, template in value.items():
                yield from ((("values", name, key), each) for each in template.references)

    def chooses_by(self, name: str) -> str | None:
        """The setting by which a value is chosen."""
        value = self.spec.values.get(name)
        if value is None or isinstance(value, ast.Template) or ".by" not in value:
            return None
        return text_of(value[".by"])

    def _spread(self, names: set[str], *, fallback_helps: bool = False) -> frozenset[str]:
        """The names, and those of the values that are made from them, directly or not."""
        found, grew = set(names), True
        while grew:
            grew = False
            for name in self.spec.values:
                if name in found:
                    continue
                if any(
                    each.names[0] in found and not (fallback_helps and each.fallback)
                    for _, each in self.value_references(name)
                ):
                    found.add(name)
                    grew = True
        return frozenset(found)


def oauth2_in(spec: ConnectorSpec) -> Iterator[tuple[OAuth2, Path]]:
    """Every oauth2 of a spec, with its path."""
    if isinstance(spec.auth, Auth):
        yield from _oauth2_inside(spec.auth, ("auth",))
    for name, kind in spec.auths.items():
        yield from _oauth2_inside(kind, ("auths", name))


def _oauth2_inside(auth: Auth, path: Path) -> Iterator[tuple[OAuth2, Path]]:
    if auth.oauth2 is not None:
        yield auth.oauth2, (*path, "oauth2")
    for name, kind in (auth.one_of or {}).items():
        yield from _oauth2_inside(kind, (*path, "one_of", name))
    for number, kind in enumerate(auth.all_of or ()):
        yield from _oauth2_inside(kind, (*path, "all_of", number))


def type_of(shape: Shape) -> ast.TypeExpr | None:
    """The type of a declaration in one word or in the long form; None for a map of fields."""
    if shape.word is not None:
        return shape.word.type
    return shape.type


def type_path(shape: Shape, path: Path) -> Path:
    """The path of the word that holds the type."""
    return path if shape.word is not None or shape.type is None else (*path, ".type")


def parts_of(type_: ast.TypeExpr | None) -> Iterator[ast.TypeExpr]:
    """The type and every type inside it."""
    if type_ is None:
        return
    yield type_
    if isinstance(type_, ast.ListType | ast.StreamType):
        yield from parts_of(type_.item)
    elif isinstance(type_, ast.MapType):
        yield from parts_of(type_.value)
    elif isinstance(type_, ast.UnionType):
        for member in type_.members:
            yield from parts_of(member)


def text_of(template: ast.Template) -> str:
    """The text of a template without its look-ups."""
    return "".join(part for part in template.parts if isinstance(part, str))

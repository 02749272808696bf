"""Spells the settings of a connector: for the runtime, for the client's signature, for readers."""

from __future__ import annotations

from contextlib import suppress

from msgspec import Struct

from ferrule import naming
from ferrule.document_text import markdown, markdown_cell
from ferrule.forms.code import Code
from ferrule.forms.package import SettingRow, SignInRow
from ferrule.forms.shape import Shape
from ferrule.forms.spec import Auth, ConnectorSpec
from ferrule.forms.tree import Path
from ferrule.passes.resolve.declare import bounds_of
from ferrule.passes.resolve.findings import Teller
from ferrule.passes.resolve.lowering import Lowering
from ferrule.passes.resolve.scopes import settings_of_auth
from ferrule.passes.resolve.spelling import Spelling
from ferrule.python_text import either, index, literal, optional_literal, tuple_of
from ferrule.words import WordError, ast, parse_duration, parse_template


class SettingType(Struct, frozen=True):
    """The type of a setting: its word, what a list or map holds, and the values of an enum."""

    word: str
    item: str | None = None
    choices: tuple[str | int, ...] = ()
    is_closed: bool = False


class NamedSetting(Struct, frozen=True, kw_only=True):
    """A setting with the name of its argument."""

    key: str
    argument: str
    shape: Shape
    type: SettingType


def named_settings(spec: ConnectorSpec, teller: Teller) -> tuple[NamedSetting, ...]:
    """The settings in order, each with its Python name."""
    scope: naming.Scope[Path] = naming.Scope()
    made = []
    for written, shape in spec.settings.items():
        key, path = written.removesuffix("?"), ("settings", written)
        wanted = shape.python_name or naming.setting(key)
        wanted = teller.named(wanted, key, path, fix="give the setting a name with `.py`")
        earlier = scope.claim(wanted, path)
        if earlier is not None:
            fix = "rename one of the two settings"
            teller.collision(wanted, "setting", path, earlier, fix=fix)
        made.append(NamedSetting(key=key, argument=wanted, shape=shape, type=setting_type(shape)))
    return tuple(made)


def environment_name(connector: str, key: str) -> str:
    """`ZENDESK_API_TOKEN`."""
    return f"{naming.snake(connector)}_{naming.snake(key)}".upper()


def setting_type(shape: Shape) -> SettingType:
    """What a setting holds."""
    word = shape.word.type if shape.word is not None else shape.type
    if shape.enum is not None:
        listed = shape.enum.values() if isinstance(shape.enum, dict) else shape.enum
        values = tuple(each for each in listed if isinstance(each, str | int))
        return SettingType("enum", choices=values, is_closed=shape.is_closed)
    match word:
        case ast.WordType(word=plain):
            return SettingType(plain)
        case ast.EnumType(values=values, is_closed=is_closed):
            return SettingType("enum", choices=tuple(values), is_closed=is_closed)
        case ast.RangeType(word=plain):
            return SettingType(plain)
        case ast.ListType(item=ast.WordType(word=item)):
            return SettingType("list", item)
        case ast.ListType():
            return SettingType("list", "string")
        case ast.MapType(value=ast.WordType(word=item)):
            return SettingType("map", item)
        case ast.MapType():
            return SettingType("map", "string")
        case _:
            return SettingType("string")


def setting_code(lowering: Lowering, connector: str, key: str, shape: Shape) -> Code:
    """`Setting("subdomain", type="string", env="ZENDESK_SUBDOMAIN", …)`."""
    found = setting_type(shape)
    low, high = _range(shape)
    # An open enum takes what it does not know; the runtime knows closed ones only.
    choices = found.choices if found.is_closed else ()
    word = _open_word(found) if found.word == "enum" and not choices else found.word
    return lowering.make(
        "Setting",
        literal(key),
        type=literal(word),
        env=literal(environment_name(connector, key)),
        default=_default(lowering, shape),
        choices=literal(choices) if choices else None,
        pattern=optional_literal(_pattern(shape)),
        strip=literal(tuple(shape.strip)) if shape.strip else None,
        doc=optional_literal(shape.doc),
        example=None if shape.example is None else _constant(shape.example),
        item=optional_literal(found.item),
        minimum=None if low is None else literal(low),
        maximum=None if high is None else literal(high),
    )


def _open_word(found: SettingType) -> str:
    return "integer" if all(isinstance(each, int) for each in found.choices) else "string"


def _pattern(shape: Shape) -> str | None:
    word = shape.word.type if shape.word is not None else shape.type
    return word.pattern if isinstance(word, ast.PatternType) else shape.pattern


def _range(shape: Shape) -> tuple[int | float | None, int | float | None]:
    word = shape.word.type if shape.word is not None else shape.type
    if isinstance(word, ast.RangeType) and word.word != "string":
        return (word.low, word.high)
    return (shape.minimum, shape.maximum)


def default_of(shape: Shape) -> tuple[object] | None:
    """The default of a setting, in a tuple; None where there is none."""
    if shape.word is not None and shape.word.default is not None:
        return (shape.word.default.value,)
    return (shape.default,) if "default" in shape.said else None


def _default(lowering: Lowering, shape: Shape) -> Code | None:
    found = default_of(shape)
    if found is None:
        return None
    (value,) = found
    if isinstance(value, str) and "$" in value:
        template = parse_template(value)
        if not template.is_constant:
            return lowering.template(template)
        value = "".join(map(str, template.parts))
    if isinstance(value, str) and setting_type(shape).word == "duration":
        with suppress(WordError):
            value = parse_duration(value).seconds
    return _constant(value)


def _constant(value: object) -> Code:
    if value is None or isinstance(value, bool | int | float | str):
        return literal(value)
    if isinstance(value, list):
        return tuple_of(map(_constant, value))
    return (
        literal(str(value))
        if not isinstance(value, dict)
        else literal({str(key): str(each) for key, each in value.items()})
    )


# The word of a setting: what the client takes for it.
_TAKEN = {
    "integer": ("int",),
    "number": ("float",),
    "boolean": ("bool",),
    "date": ("date", "str"),
    "datetime": ("datetime", "str"),
    "duration": ("timedelta", "float", "str"),
}


def setting_annotation(spelling: Spelling, setting: NamedSetting) -> Code:
    """The type of the client's argument: `str | Omit`."""
    library, found = spelling.library, setting.type
    text, omit = library("str"), library("Omit")
    if found.word == "enum":
        known = index(library("Literal"), *map(literal, found.choices))
        kinds = {"int" if isinstance(each, int) else "str" for each in found.choices}
        more = [] if found.is_closed else [library(kind) for kind in sorted(kinds)]
        return either(known, *more, omit)
    path = index(library("PathLike"), text)
    if found.word == "file":
        return either(text, path, library("bytes"), omit)
    if found.word in ("list", "map", "json_secret"):
        inner = _TAKEN.get(found.item or "string", ("str",))
        item = either(*map(library, inner))
        if found.word == "list":
            return either(index(library("Sequence"), item), omit)
        if found.word == "map":
            return either(index(library("Mapping"), text, item), omit)
        return either(text, path, index(library("Mapping"), text, library("Any")), omit)
    return either(*map(library, _TAKEN.get(found.word, ("str",))), omit)


def setting_rows(spec: ConnectorSpec, settings: tuple[NamedSetting, ...]) -> tuple[SettingRow, ...]:
    """The README's table of settings."""
    rows = []
    for setting in settings:
        found = setting.type
        kind = f"{found.word}({found.item})" if found.item else found.word
        if found.choices:
            kind = " | ".join(map(str, found.choices))
        rows.append(
            SettingRow(
                name=markdown_cell(setting.argument),
                kind=markdown_cell(kind),
                environment=markdown_cell(environment_name(spec.connector, setting.key)),
                doc=markdown(setting_text(setting)),
            )
        )
    return tuple(rows)


def sign_in_rows(spec: ConnectorSpec, settings: tuple[NamedSetting, ...]) -> tuple[SignInRow, ...]:
    """The README's table of ways to sign in, where there are several."""
    kinds = spec.auth.one_of if isinstance(spec.auth, Auth) else None
    rows = []
    for kind, form in (kinds or {}).items():
        used = settings_of_auth(spec, form)
        names = [markdown_cell(each.argument) for each in settings if each.key in used]
        rows.append(
            SignInRow(name=markdown_cell(f'auth="{kind}"'), settings=Code(", ".join(names)))
        )
    return tuple(rows) if len(rows) > 1 else ()


def setting_text(setting: NamedSetting) -> str:
    """What a setting is, for readers."""
    shape = setting.shape
    parts = [shape.doc.strip() if shape.doc else ""]
    bounds = bounds_of(shape)
    if bounds:
        parts.append(f"{bounds[:1].upper()}{bounds[1:]}.")
    if shape.example is not None:
        parts.append(f"Example: {shape.example}.")
    default = default_of(shape)
    if default is not None and default[0] not in (None, "", []):
        parts.append(f"Default: {default[0]}.")
    return " ".join(part for part in parts if part)

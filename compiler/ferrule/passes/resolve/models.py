"""Makes the modules of models: classes to read, typed dicts to give, names for types."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from ferrule import naming
from ferrule.forms.code import Code, Import
from ferrule.forms.package import AliasIR, ClassIR, FieldIR, ModelModule
from ferrule.forms.tree import Path
from ferrule.passes.resolve.defaults import spelled_default
from ferrule.passes.resolve.findings import Teller
from ferrule.passes.resolve.spelling import ANNOTATION_NAMES, Spelling
from ferrule.passes.resolve.types import (
    NULL,
    AliasDecl,
    Declaration,
    Enumeration,
    Member,
    Named,
    ObjectDecl,
    TaggedDecl,
    Type,
    has_member,
    names_in,
    one_of,
)
from ferrule.python_text import (
    NONE,
    assigned,
    call,
    declared,
    dict_of,
    docstring,
    either,
    import_groups,
    index,
    join,
    literal,
    name,
    quoted,
)


class _Item(Struct):
    """A statement to come: what it defines, and what of its module Python needs before it."""

    name: str
    statement: ClassIR | AliasIR
    needs: tuple[str, ...]
    is_plain: bool

    @property
    def imports(self) -> Iterable[Import]:
        made = self.statement
        if isinstance(made, AliasIR):
            return made.line.imports
        return imports_of([made.bases, *(each.line for each in made.fields)])


def imports_of(codes: Iterable[Code]) -> frozenset[Import]:
    """What pieces of one module import together."""
    return frozenset().union(*(code.imports for code in codes))


def model_modules(
    spelling: Spelling, read_keys: set[str], teller: Teller, title: str
) -> tuple[ModelModule, ...]:
    """One module for each that has types, in the order of their names."""
    writer = _Writer(spelling, teller, read_keys)
    by_module: dict[str, list[_Item]] = {}
    for declaration in spelling.declarations:
        items = by_module.setdefault(spelling.names.modules[declaration.key], [])
        items += writer.items(declaration)
    return tuple(
        _module(module, items, title) for module, items in sorted(by_module.items()) if items
    )


def _module(home: str, items: list[_Item], title: str) -> ModelModule:
    ordered = _ordered(items)
    short = home.removeprefix("models.")
    what = "that several resources share" if short == "shared" else f"of {short}"
    return ModelModule(
        name=name(short),
        doc=docstring(f"Types {what}: {title}."),
        imports=import_groups(imports_of_items(ordered), home),
        statements=tuple(item.statement for item in ordered),
    )


def imports_of_items(items: Iterable[_Item]) -> frozenset[Import]:
    """What the statements of a module import."""
    return frozenset(each for item in items for each in item.imports)


def _ordered(items: list[_Item]) -> list[_Item]:
    """What others need first; then as the spec has it, names of plain types before classes."""
    by_name = {item.name: item for item in items}
    ordered: dict[str, _Item] = {}
    seen: set[str] = set()

    def place(first: _Item) -> None:
        # Without recursion: a chain of names may be long.
        waiting = [first]
        while waiting:
            item = waiting[-1]
            seen.add(item.name)
            needed = [by_name[each] for each in item.needs if each in by_name]
            open_ones = [each for each in needed if each.name not in seen]
            if open_ones:
                waiting.append(open_ones[0])
            else:
                ordered[waiting.pop().name] = item

    for item in sorted(items, key=lambda each: not each.is_plain):
        if item.name not in seen:
            place(item)
    return list(ordered.values())


class _Writer:
    """Writes the statements of one declaration after the other."""

    def __init__(self, spelling: Spelling, teller: Teller, read_keys: set[str]) -> None:
        self.spelling = spelling
        self.names = spelling.names
        self.declarations = spelling.declarations
        self.teller = teller
        self.read_keys = read_keys

    def items(self, declaration: Declaration) -> list[_Item]:
        key = declaration.key
        items: list[_Item] = []
        if key in self.read_keys:
            items += self._read(declaration)
        if key in self.names.gives and self.names.gives[key] != self.names.reads[key]:
            items.append(self._given(declaration))
        return items

    # --- as read

    def _read(self, declaration: Declaration) -> list[_Item]:
        class_name = self.names.reads[declaration.key]
        match declaration:
            case ObjectDecl():
                return [self._model(declaration, class_name)]
            case TaggedDecl():
                type_code = self._tagged(declaration)
                needs = [
                    Named(each.key) for _, case in declaration.cases for each in names_in(case)
                ]
                if declaration.otherwise is not None:
                    needs += names_in(declaration.otherwise)
                return [self._alias(declaration, class_name, type_code, needs, self.names.reads)]
            case AliasDecl():
                type_code = self.spelling.read(declaration.type)
                needs = list(names_in(declaration.type))
                items = [self._alias(declaration, class_name, type_code, needs, self.names.reads)]
                if declaration.names:
                    items.append(self._values(declaration, class_name))
                return items

    def _model(self, declaration: ObjectDecl, class_name: str) -> _Item:
        shown = [each for each in declaration.members if has_member(each, in_response=True)]
        inherited = [
            each
            for base in declaration.bases
            for each in self.declarations.all_members(base)
            if has_member(each, in_response=True)
        ]
        attributes = self._attributes([*inherited, *shown])
        spelling = self.spelling.hiding(frozenset(attributes.values()))
        base_names = [self.names.reads[base] for base in declaration.bases]
        bases = [name(each) for each in base_names]
        modules = [self.names.modules[base] for base in declaration.bases]
        bases = [name(each, f".{module}") for each, module in zip(base_names, modules, strict=True)]
        if declaration.is_closed or not bases:
            bases.append(spelling.library("ClosedModel" if declaration.is_closed else "Model"))
        fields = tuple(self._field(spelling, each, attributes[each.wire]) for each in shown)
        made = ClassIR(
            name=name(class_name),
            bases=join(", ", bases),
            doc=_class_doc(declaration, class_name),
            fields=fields,
        )
        return _Item(class_name, made, tuple(base_names), is_plain=False)

    def _attributes(self, members: list[Member]) -> dict[str, str]:
        """The Python name of each field by its wire name."""
        scope: naming.Scope[Path] = naming.Scope()
        found: dict[str, str] = {}
        fix = "give one of the two fields another name with `.py`"
        for member in members:
            if member.wire in found:
                continue
            wanted = member.python_name or naming.attribute(member.wire)
            wanted = self.teller.named(
                wanted, member.wire, member.path, fix="give the field a name with `.py`"
            )
            earlier = scope.claim(wanted, member.path)
            if earlier is not None:
                self.teller.collision(wanted, "field", member.path, earlier, fix=fix)
            found[member.wire] = wanted
        return found

    def _field(self, spelling: Spelling, member: Member, attribute: str) -> FieldIR:
        type_ = member.type
        default = self._field_default(spelling, member)
        if default == NONE:
            type_ = one_of(type_, NULL)
        annotation = spelling.read(type_)
        if member.blank_is_null:
            annotation = index(
                spelling.library("Annotated"),
                spelling.read(one_of(type_, NULL)),
                call(spelling.library("BlankIsNull")),
            )
        options: dict[str, Code] = {}
        if attribute != member.wire:
            options["alias"] = literal(member.wire)
        if member.deprecated is not None:
            options["deprecated"] = literal(member.deprecated)
        if options:
            # Type checkers ask for `default` by name to know that a field may be left out.
            given = {} if default is None else {"default": default}
            default = call(spelling.library("Field"), **given, **options)
        return FieldIR(line=declared(name(attribute), annotation, default), doc=member_doc(member))

    def _field_default(self, spelling: Spelling, member: Member) -> Code | None:
        if member.has_default and not member.is_fixed:
            found = spelled_default(spelling, member.type, member.default)
            if found is not None:
                return found
        return NONE if member.is_optional else None

    def _tagged(self, declaration: TaggedDecl) -> Code:
        library = self.spelling.library
        values = tuple(value for value, _ in declaration.cases)
        members = [
            index(
                library("Annotated"), self.spelling.read(case), call(library("Tag"), literal(value))
            )
            for value, case in declaration.cases
        ]
        otherwise = (
            index(library("dict"), library("str"), library("Any"))
            if declaration.otherwise is None
            else self.spelling.read(declaration.otherwise)
        )
        members.append(index(library("Annotated"), otherwise, call(library("Tag"), literal(""))))
        picked = call(library("by_tag"), literal(declaration.tag), literal(values))
        return index(library("Annotated"), either(*members), picked)

    def _values(self, declaration: AliasDecl, class_name: str) -> _Item:
        """The author's names of the values of an enumeration."""
        library = self.spelling.library
        wanted = f"{class_name}Value"
        while wanted in self.names.taken:
            wanted += "s"
        scope: naming.Scope[Path] = naming.Scope()
        fields: list[FieldIR] = []
        for text, value in declaration.names:
            path = (*declaration.path, ".enum", text)
            constant = self.teller.named(
                naming.constant(text), text, path, fix="name the value with letters"
            )
            earlier = scope.claim(constant, path)
            if earlier is not None:
                fix = "rename one of the two values"
                self.teller.collision(constant, "value", path, earlier, fix=fix)
            fields.append(FieldIR(line=assigned(name(constant), literal(value), library("Final"))))
        made = ClassIR(
            name=name(wanted),
            bases=Code(""),
            doc=docstring(f"The values of {class_name} by name.", 4),
            fields=tuple(fields),
        )
        return _Item(wanted, made, (), is_plain=True)

    # --- as given

    def _given(self, declaration: Declaration) -> _Item:
        class_name = self.names.gives[declaration.key]
        if isinstance(declaration, ObjectDecl):
            return self._typed_dict(declaration, class_name)
        if isinstance(declaration, TaggedDecl):
            types: list[Type] = [case for _, case in declaration.cases]
            if declaration.otherwise is not None:
                types.append(declaration.otherwise)
            type_ = one_of(*types)
        else:
            type_ = declaration.type
        needs = list(names_in(type_))
        type_code = self.spelling.given(type_)
        return self._alias(declaration, class_name, type_code, needs, self.names.gives)

    def _typed_dict(self, declaration: ObjectDecl, class_name: str) -> _Item:
        members = [
            each
            for each in self.declarations.all_members(declaration.key)
            if has_member(each, in_response=False)
        ]
        library = self.spelling.library
        lines = {each.wire: self._key(each) for each in members}
        doc = _class_doc(declaration, class_name)
        if all(map(_is_class_key, lines)):
            fields = tuple(
                FieldIR(line=declared(name(each.wire), lines[each.wire]), doc=member_doc(each))
                for each in members
            )
            made = ClassIR(
                name=name(class_name), bases=library("TypedDict"), doc=doc, fields=fields
            )
            return _Item(class_name, made, (), is_plain=False)
        entries = dict_of({wire: quoted(line) for wire, line in lines.items()})
        value = call(library("TypedDict"), literal(class_name), entries)
        line = assigned(name(class_name), value)
        return _Item(class_name, AliasIR(name=name(class_name), line=line), (), is_plain=False)

    def _key(self, member: Member) -> Code:
        given = self.spelling.given(member.type)
        is_sent = member.path in self.declarations.sent
        is_optional = member.is_optional or member.has_default or is_sent
        return index(self.spelling.library("NotRequired"), given) if is_optional else given

    # --- both

    def _alias(
        self,
        declaration: Declaration,
        class_name: str,
        type_code: Code,
        needs: list[Named],
        classes: dict[str, str],
    ) -> _Item:
        library = self.spelling.library
        needed = tuple(classes[each.key] for each in needs if each.key in classes)
        if self._is_circular(declaration.key):
            value = call(library("TypeAliasType"), literal(class_name), quoted(type_code))
            line = assigned(name(class_name), value)
            return _Item(class_name, AliasIR(name=name(class_name), line=line), (), False)
        line = assigned(name(class_name), type_code, library("TypeAlias"))
        return _Item(
            class_name, AliasIR(name=name(class_name), line=line), needed, is_plain=not needed
        )

    def _is_circular(self, key: str) -> bool:
        """Whether a name for a type stands, through other such names, in what it stands for."""
        waiting, seen = [key], set[str]()
        while waiting:
            found = self.declarations.by_key.get(waiting.pop())
            if found is None or isinstance(found, ObjectDecl):
                continue
            for each in self.declarations.inside(found.key, into_responses=True):
                if each.key == key:
                    return True
                if each.key not in seen:
                    seen.add(each.key)
                    waiting.append(each.key)
        return False


def _is_class_key(wire: str) -> bool:
    """Whether a TypedDict in the syntax of a class can have this key."""
    is_same = unicodedata.normalize("NFKC", wire) == wire
    is_name = naming.is_name(wire) and wire.isascii() and not wire.startswith("__")
    return is_same and is_name and wire not in ANNOTATION_NAMES


def _class_doc(declaration: ObjectDecl, class_name: str) -> Code:
    doc = declaration.doc
    return docstring(doc if doc and doc.strip() else _place_text(declaration, class_name), 4)


def _place_text(declaration: ObjectDecl, class_name: str) -> str:
    """What an object is where the spec does not say it: where it stands."""
    if not declaration.key.startswith("."):
        words = naming.snake(declaration.key).replace("_", " ").strip() or class_name
        return f"{words[:1].upper()}{words[1:]}."
    root, owner, *inside = map(str, declaration.path)
    if not inside:
        return f"{class_name}."
    what = f"`{inside[-1].removesuffix('?')}`"
    return f"The part {what} of {'the model ' if root == 'models' else ''}{owner}."


def member_doc(member: Member) -> Code | None:
    """The docstring below a field."""
    text = member_text(member)
    return docstring(text, 4) if text else None


def member_text(member: Member) -> str:
    """What the spec says about a field or a parameter, in sentences."""
    parts = [
        part.strip() for part in (member.doc, member.deprecated and _deprecated(member)) if part
    ]
    if member.bounds:
        parts.append(f"{member.bounds[:1].upper()}{member.bounds[1:]}.")
    if isinstance(member.type, Enumeration) and not member.type.values:
        parts.append("No value is known.")
    return " ".join(part for part in parts if part)


def _deprecated(member: Member) -> str:
    return f"Deprecated: {member.deprecated}"

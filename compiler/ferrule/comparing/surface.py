"""What callers see of a package, read from its form: arguments, types, errors, settings."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from ferrule.comparing.types import Type, type_of
from ferrule.forms.package import ClassIR, OperationIR, PackageIR, ResourceClass

_OPTIONS = ("self", "options")


class Parameter(Struct, frozen=True):
    """A keyword argument. `default` is None where it must be given."""

    name: str
    type: Type
    default: str | None

    @property
    def is_required(self) -> bool:
        """Whether callers cannot leave it out."""
        return self.default is None


class Method(Struct, frozen=True):
    """What an action became: `client.tickets.list(…)`."""

    action: str
    call: str
    parameters: Mapping[str, Parameter]
    result: Type
    overloads: frozenset[str]
    operation: ast.Call


class Field(Struct, frozen=True):
    """A field of a model or of an input."""

    name: str
    type: Type
    is_required: bool


class Declared(Struct, frozen=True):
    """A named type: fields of a model or input, or the type that an alias stands for."""

    name: str
    is_input: bool
    fields: Mapping[str, Field]
    alias: Type | None = None


class Surface(Struct, frozen=True):
    """All of it. `settings` are the `Setting(…)` calls by name, `errors` the bases by class.

    `triggers` are heads of functions by name, `webhooks` what they are made of.
    """

    package: str
    client: str
    init: Mapping[str, Parameter]
    settings: Mapping[str, Mapping[str, str]]
    methods: Mapping[str, Method]
    types: Mapping[str, Declared]
    errors: Mapping[str, frozenset[str]]
    outcomes: Mapping[str, str]
    connector: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    triggers: Mapping[str, str] = field(default_factory=dict)
    webhooks: tuple[str, ...] = ()


def surface_of(package: PackageIR) -> Surface:
    """The surface of a package."""
    connector = _call_in(package.connector_module.line)
    words = {each.arg: each.value for each in connector.keywords if each.arg}
    client = package.client.classes[0]
    return Surface(
        package=package.package,
        client=str(client.name),
        init=_parameters(client.init.head),
        settings=dict(_settings(words.get("settings"))),
        methods={method.action: method for method in _methods(package)},
        types={each.name: each for each in _types(package)},
        errors={str(each.name): _bases(each) for each in package.errors.classes},
        outcomes=dict(_outcomes(words.get("errors"))),
        connector={name: ast.unparse(value) for name, value in words.items()},
        texts=tuple(_texts(package)),
        triggers=dict(_triggers(package)),
        webhooks=() if package.triggers is None else tuple(map(str, package.triggers.constants)),
    )


def _triggers(package: PackageIR) -> Iterator[tuple[str, str]]:
    """The head of each function of the triggers, by its name."""
    for function in () if package.triggers is None else package.triggers.functions:
        yield _function(function.head).name, str(function.head).removeprefix("def ")


def _call_in(line: str) -> ast.Call:
    statement = ast.parse(line).body[0]
    assert isinstance(statement, ast.Assign | ast.AnnAssign)
    made = statement.value
    assert isinstance(made, ast.Call)
    if isinstance(made.func, ast.Subscript):
        # `Operation[Ticket](…)` reads what it gives as a Ticket.
        made.keywords.append(ast.keyword("returns", made.func.slice))
    return made


def _function(head: str) -> ast.FunctionDef:
    found = ast.parse(f"{head}: ...").body[0]
    assert isinstance(found, ast.FunctionDef)
    return found


def _parameters(head: str) -> dict[str, Parameter]:
    arguments = _function(head).args
    found = {}
    for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        text = None if default is None else ast.unparse(default)
        found[each.arg] = Parameter(each.arg, type_of(each.annotation), text)
    return {name: each for name, each in found.items() if name not in _OPTIONS}


def _settings(value: ast.expr | None) -> Iterator[tuple[str, dict[str, str]]]:
    for each in value.elts if isinstance(value, ast.Tuple) else ():
        assert isinstance(each, ast.Call)
        name = ast.literal_eval(each.args[0])
        facts = {word.arg: ast.unparse(word.value) for word in each.keywords if word.arg}
        yield name, {key: text for key, text in facts.items() if key not in ("doc", "example")}


def _methods(package: PackageIR) -> Iterator[Method]:
    owners = {str(module.classes[0].name): module for module in package.resources}
    client = package.client.classes[0]
    plain = [] if package.plain is None else list(package.plain.operations)
    yield from _of_class(client, "client", plain)
    ahead: list[tuple[ResourceClass, str]] = [(client, "client")]
    while ahead:
        owner, path = ahead.pop()
        for child in owner.children:
            module = owners.get(str(child.kind))
            if module is None:
                continue
            inner, call = module.classes[0], f"{path}.{child.name}"
            yield from _of_class(inner, call, module.operations)
            ahead.append((inner, call))


def _of_class(owner: ResourceClass, path: str, lines: Iterable[OperationIR]) -> Iterator[Method]:
    operations = {str(each.name): _call_in(each.line) for each in lines}
    for method in owner.methods:
        used = {
            node.id
            for node in ast.walk(ast.parse(_as_function(method.lines)))
            if isinstance(node, ast.Name)
        }
        found = [call for name, call in operations.items() if name in used]
        assert found, f"{path}: no operation in {method.head}"
        function = _function(method.head)
        yield Method(
            action=ast.literal_eval(found[0].args[0]),
            call=f"{path}.{function.name}",
            parameters=_parameters(method.head),
            result=type_of(function.returns),
            overloads=frozenset(str(each.head) for each in method.overloads),
            operation=found[0],
        )


def _as_function(lines: tuple[str, ...]) -> str:
    inner = "\n".join(f"    {part}" for line in lines for part in str(line).split("\n"))
    return f"def method():\n{inner}\n"


def _types(package: PackageIR) -> Iterator[Declared]:
    for module in package.models:
        for each in module.statements:
            name = str(each.name)
            if isinstance(each, ClassIR):
                is_input = str(each.bases).endswith("TypedDict")
                yield Declared(name, is_input, dict(_fields(each, is_input=is_input)))
            else:
                yield from _alias(name, str(each.line))


def _alias(name: str, line: str) -> Iterator[Declared]:
    """`X: TypeAlias = …`, or `X = TypedDict("X", {…})` where a name of the service is no Python."""
    statement = ast.parse(line).body[0]
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "TypedDict":
        members = value.args[1] if len(value.args) > 1 else None
        fields = {}
        if isinstance(members, ast.Dict):
            for key, type_ in zip(members.keys, members.values, strict=True):
                assert key is not None
                wire = str(ast.literal_eval(key))
                fields[wire] = Field(wire, type_of(type_), not _may_be_left_out(type_))
        yield Declared(name, True, fields)
    else:
        yield Declared(name, False, {}, type_of(value))


def _fields(each: ClassIR, *, is_input: bool) -> Iterator[tuple[str, Field]]:
    for one in each.fields:
        statement = ast.parse(str(one.line)).body[0]
        if isinstance(statement, ast.AnnAssign):
            name = ast.unparse(statement.target)
            is_left_out = _may_be_left_out(statement.annotation)
            is_required = not is_left_out if is_input else statement.value is None
            yield name, Field(name, type_of(statement.annotation), is_required)


def _may_be_left_out(annotation: ast.expr) -> bool:
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return annotation.value.startswith("NotRequired[")
    return ast.unparse(annotation).startswith("NotRequired[")


def _bases(each: ClassIR) -> frozenset[str]:
    return frozenset(base.strip() for base in str(each.bases).split(","))


def _outcomes(errors: ast.expr | None) -> Iterator[tuple[str, str]]:
    """The error class or outcome of each code and status: `code gone`, `status 410`."""
    if not isinstance(errors, ast.Call):
        return
    for word in errors.keywords:
        if word.arg in ("codes", "statuses") and isinstance(word.value, ast.Dict):
            kind = "code" if word.arg == "codes" else "status"
            for key, value in zip(word.value.keys, word.value.values, strict=True):
                assert key is not None
                yield f"{kind} {ast.literal_eval(key)}", _outcome(value)


def _outcome(value: ast.expr) -> str:
    if not isinstance(value, ast.Call):
        return ast.unparse(value)
    facts = {word.arg: word.value for word in value.keywords}
    error = facts.get("error")
    return str(ast.literal_eval(error if error is not None else value.args[0]))


def _texts(package: PackageIR) -> Iterator[str]:
    """What only people read."""
    for module in (package.client, package.plain, *package.resources):
        for owner in module.classes[:1] if module is not None else ():
            yield str(owner.doc)
            yield from (str(method.doc) for method in owner.methods)
    for model in package.models:
        for each in model.statements:
            if isinstance(each, ClassIR):
                yield str(each.doc)
                yield from (str(one.doc) for one in each.fields if one.doc is not None)
    yield str(package.readme.title)
    yield str(package.readme.description)

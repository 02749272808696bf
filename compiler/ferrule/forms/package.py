"""PackageIR: a connector as its package will say it. Names are final, types and values are spelled.

Every text that a template prints is `Code`; nothing here knows YAML.
"""

from __future__ import annotations

from msgspec import Struct, field

from ferrule.forms.code import Code

CONTRACT = 2
"""The number of the contract between generated packages and the runtime."""

Imports = tuple[tuple[Code, ...], ...]
"""Import statements in groups, with an empty line between the groups."""


class Module(Struct, frozen=True, kw_only=True):
    """What every module begins with."""

    doc: Code
    imports: Imports = ()


# --- models ---


class FieldIR(Struct, frozen=True, kw_only=True):
    """A line of a class: `subject: str | None`, and its docstring."""

    line: Code
    doc: Code | None = None


class ClassIR(Struct, frozen=True, kw_only=True):
    """A model, a TypedDict or a class of named values."""

    name: Code
    bases: Code
    doc: Code
    fields: tuple[FieldIR, ...] = ()
    is_class: bool = True


class AliasIR(Struct, frozen=True, kw_only=True):
    """A statement that names a type."""

    name: Code
    line: Code
    is_class: bool = False


class ModelModule(Module, frozen=True, kw_only=True):
    """`models/NAME.py`: statements in an order in which Python can run them."""

    name: Code
    statements: tuple[ClassIR | AliasIR, ...]


# --- resources and clients ---


class OperationIR(Struct, frozen=True, kw_only=True):
    """The constant of an action, and the line that makes it."""

    name: Code
    line: Code


class OverloadIR(Struct, frozen=True, kw_only=True):
    """`def get(SIGNATURE) -> RESULT`, without what it does."""

    head: Code


class MethodIR(Struct, frozen=True, kw_only=True):
    """`head` is the whole `def …` without its colon, `lines` what it does."""

    head: Code
    doc: Code
    lines: tuple[Code, ...]
    overloads: tuple[OverloadIR, ...] = ()


class ChildIR(Struct, frozen=True, kw_only=True):
    """A nested resource: its attribute, its class, and the line that says both."""

    name: Code
    kind: Code
    line: Code


class RawIR(Struct, frozen=True, kw_only=True):
    """The class behind `with_raw_response`: one assignment a method.

    `bound` are those of methods with several signatures; `owner` is the type of what they are
    bound to, the client.
    """

    name: Code
    base: Code
    doc: Code
    lines: tuple[Code, ...]
    owner: Code
    bound: tuple[Code, ...]
    property_doc: Code


class ResourceClass(Struct, frozen=True, kw_only=True):
    """`Tickets` or `AsyncTickets`.

    `twins` are lines for methods that another class says already: `get = as_async(Tickets.get)`.
    """

    name: Code
    base: Code
    doc: Code
    children: tuple[ChildIR, ...]
    methods: tuple[MethodIR, ...]
    twins: tuple[Code, ...]
    raw: RawIR | None


class ResourceModule(Module, frozen=True, kw_only=True):
    """`resources/NAME.py`: operations, and the classes whose methods run them, sync and async."""

    name: Code
    late_imports: Imports
    operations: tuple[OperationIR, ...]
    classes: tuple[ResourceClass, ...]


class ClientClass(ResourceClass, frozen=True, kw_only=True):
    """`Zendesk` or `AsyncZendesk`."""

    init: MethodIR


class ClientModule(Module, frozen=True, kw_only=True):
    """`client.py`. `late_imports` stand under TYPE_CHECKING."""

    late_imports: Imports
    classes: tuple[ClientClass, ...]


# --- the rest of the package ---


class ConnectorModule(Module, frozen=True, kw_only=True):
    """`_connector.py`: one constant, and the hash of the spec."""

    line: Code
    spec_sha256: Code


class ErrorsModule(Module, frozen=True, kw_only=True):
    """`errors.py`: the classes, and the table by which the runtime finds them.

    `types` is what bodies of errors are read as, which imports models when the first one is met.
    """

    classes: tuple[ClassIR, ...]
    table: Code
    late_imports: Imports = ()
    types: Code | None = None
    type_imports: Imports = ()


class MockIR(Struct, frozen=True, kw_only=True):
    """A class of `testing.py`: a line for each mock below it, and for each action."""

    name: Code
    base: Code
    doc: Code
    lines: tuple[Code, ...]


class TestingModule(Module, frozen=True, kw_only=True):
    """`testing.py`: a service that answers as told. It is the last of the mocks."""

    late_imports: Imports
    mocks: tuple[MockIR, ...]
    sync_client: Code
    async_client: Code


class MainModule(Module, frozen=True, kw_only=True):
    """`__main__.py`: the command that signs people in."""

    client: Code


class TriggersModule(Module, frozen=True, kw_only=True):
    """`triggers.py`: constants of webhooks, and a function for each trigger."""

    late_imports: Imports
    constants: tuple[Code, ...]
    functions: tuple[MethodIR, ...]


class HooksModule(Module, frozen=True, kw_only=True):
    """`hooks/__init__.py`: for type checkers, each function as the protocol of its slot."""

    late_imports: Imports
    lines: tuple[Code, ...]


class InitModule(Module, frozen=True, kw_only=True):
    """`__init__.py`: a table of names, each imported when it is first asked for."""

    package: Code
    contract: int
    version: Code
    names: Code
    homes: Code
    exports: tuple[Code, ...]


class ProjectIR(Struct, frozen=True, kw_only=True):
    """`pyproject.toml`; every text is a TOML value."""

    name: Code
    version: Code
    description: Code
    requires_python: Code
    dependencies: Code
    keywords: Code
    documentation: Code | None
    entry_point: Code
    entry_value: Code
    package: Code


class SettingRow(Struct, frozen=True, kw_only=True):
    """A row of the README's table of settings."""

    name: Code
    kind: Code
    environment: Code
    doc: Code


class SignInRow(Struct, frozen=True, kw_only=True):
    """A row of the README's table of ways to sign in: what `auth=` takes, and what it needs."""

    name: Code
    settings: Code


class ActionRow(Struct, frozen=True, kw_only=True):
    """A row of the README's table of actions, and its example.

    `key` is its name in the spec, `kind` what a call gives (`value`, `pages`, `stream` …), and
    `arguments` are the Python name, the place and the wire name of each.
    """

    key: str
    kind: str
    arguments: tuple[tuple[str, str, str], ...]
    name: Code
    request: Code
    returns: Code
    doc: Code
    example: Code


class ErrorRow(Struct, frozen=True, kw_only=True):
    """A row of the README's table of errors."""

    name: Code
    doc: Code


class ExampleRow(Struct, frozen=True, kw_only=True):
    """An example of the README: a call, and what the service answers to it."""

    title: Code
    block: Code


class ReadmeIR(Struct, frozen=True, kw_only=True):
    """`README.md`; every text is Markdown."""

    title: Code
    description: Code | None
    docs: Code | None
    distribution: Code
    class_name: str
    start: Code
    sign_in: Code | None
    settings: tuple[SettingRow, ...]
    sign_ins: tuple[SignInRow, ...]
    actions: tuple[ActionRow, ...]
    examples: tuple[ExampleRow, ...]
    errors: tuple[ErrorRow, ...]
    testing: Code


class PackageIR(Struct, frozen=True, kw_only=True):
    """A whole package. `connector` names its folder, `spec_sha256` is over the spec's text."""

    connector: str
    package: str
    version: str
    spec_sha256: str
    init: InitModule
    connector_module: ConnectorModule
    client: ClientModule
    main: MainModule | None
    plain: ResourceModule | None
    errors: ErrorsModule
    models: tuple[ModelModule, ...]
    resources: tuple[ResourceModule, ...]
    testing: TestingModule
    project: ProjectIR
    readme: ReadmeIR
    hooks: HooksModule | None = None
    triggers: TriggersModule | None = None
    contract: int = field(default=CONTRACT)

"""Makes the module of the clients: settings as arguments, resources, actions of their own."""

from __future__ import annotations

from msgspec import Struct

from ferrule.forms.code import Code, Import
from ferrule.forms.package import ClientClass, ClientModule, MethodIR, OverloadIR
from ferrule.forms.spec import Auth, ConnectorSpec
from ferrule.passes.resolve.resources import (
    PLAIN,
    Resource,
    ResourceWriter,
    classes_of,
    imports_of_class,
)
from ferrule.passes.resolve.scopes import settings_beside_auth, settings_of_auth
from ferrule.passes.resolve.settings import (
    NamedSetting,
    environment_name,
    setting_annotation,
    setting_text,
)
from ferrule.passes.resolve.signatures import Signature
from ferrule.passes.resolve.spelling import Spelling
from ferrule.python_text import (
    call,
    declared,
    dict_of,
    docstring,
    import_groups,
    index,
    join,
    literal,
    name,
)

_HOME = "client"


class ClientWriter(Struct, frozen=True):
    """Writes `Zendesk` and `AsyncZendesk`."""

    spec: ConnectorSpec
    spelling: Spelling
    resources: ResourceWriter
    settings: tuple[NamedSetting, ...]
    class_name: str

    def module(self, root: Resource) -> ClientModule:
        """`client.py`."""
        signatures = self.resources.signatures(root)
        classes = tuple(self._client(root, signatures, is_async) for is_async in (False, True))
        needed = {Import("._connector", "CONNECTOR"), Import("typing", "TYPE_CHECKING")}
        late: set[Import] = set()
        for made in classes:
            needed |= made.init.head.imports
            for overload in made.init.overloads:
                needed |= overload.head.imports
            # What only annotations name is imported late: models would bring pydantic along.
            for each in imports_of_class(made):
                is_late = each.module.startswith((".models", "ferrule_runtime.streams"))
                (late if is_late else needed).add(each)
            if made.init.overloads:
                needed.add(Import("typing", "overload"))
        for child in root.children.values():
            late.update(classes_of(child))
        if not late:
            needed.discard(Import("typing", "TYPE_CHECKING"))
        needed = {each for each in needed if not each.module.startswith(".resources")}
        title = self.spec.title or self.spec.connector
        return ClientModule(
            doc=docstring(f"Clients of {title}."),
            imports=import_groups(needed, _HOME),
            late_imports=import_groups(late, _HOME),
            classes=classes,
        )

    def _client(
        self, root: Resource, signatures: dict[str, Signature], is_async: bool
    ) -> ClientClass:
        prefix = "Async" if is_async else ""
        class_name = prefix + self.class_name
        resources = self.resources
        constants = {
            plan.key: name(resources.constant(root, plan), f".resources.{PLAIN}")
            for plan in root.plans
        }
        return ClientClass(
            name=name(class_name),
            base=self.spelling.library("AsyncClient" if is_async else "SyncClient"),
            doc=docstring(self._doc(is_async), 4),
            children=resources.children(root, _HOME, is_async=is_async),
            methods=resources.methods(root, signatures, constants, is_async=is_async, local=True),
            twins=resources.twins(root, signatures, self.class_name) if is_async else (),
            raw=resources.raw(root, signatures, self.class_name, is_async=is_async),
            init=_Init(self.spec, self.spelling.hiding(root.hidden), self.settings).method(),
        )

    def _doc(self, is_async: bool) -> str:
        title = self.spec.title or self.spec.connector
        parts = [f"{title}, async." if is_async else f"{title}."]
        if self.spec.description and self.spec.description.strip():
            parts.append(self.spec.description.strip())
        if self.settings:
            lines = ["Settings that are not given are read from the environment:"]
            for setting in self.settings:
                variable = environment_name(self.spec.connector, setting.key)
                text = f"{setting.argument} ({variable})"
                more = setting_text(setting)
                lines.append(f"    {text}: {more}" if more else f"    {text}")
            parts.append("\n".join(line.replace("\n", " ") for line in lines))
        return "\n\n".join(parts)


class _Init(Struct, frozen=True):
    """Writes what makes a client; `spelling` is that of the class body."""

    spec: ConnectorSpec
    spelling: Spelling
    settings: tuple[NamedSetting, ...]

    def method(self) -> MethodIR:
        kinds = self._choices()
        values = dict_of({each.key: name(each.argument) for each in self.settings})
        options = name("options")
        keywords: dict[str, Code | None] = {"auth": name("auth")} if kinds else {}
        base = call(name("super"))
        line = call(join(".", [base, name("__init__")]), values, options, **keywords)
        together = [self._auth_parameter(list(kinds))] if kinds else []
        overloads = tuple(
            OverloadIR(head=self._head(used, [self._auth_parameter([kind])]))
            for kind, used in kinds.items()
            if len(kinds) > 1
        )
        return MethodIR(
            head=self._head(self.settings, together),
            doc=docstring("Makes a client; no request is sent before the first call.", 8),
            lines=(line,),
            overloads=overloads,
        )

    def _head(self, settings: tuple[NamedSetting, ...], more: list[Code]) -> Code:
        library = self.spelling.library
        parameters = [name("self"), Code("*")] if settings or more else [name("self")]
        parameters += more
        parameters += [
            declared(name(each.argument), setting_annotation(self.spelling, each), library("omit"))
            for each in settings
        ]
        options = index(library("Unpack"), library("ClientOptions"))
        parameters.append(join("", [Code("**"), declared(name("options"), options)]))
        inner = join(", ", parameters)
        return join("", [Code("def __init__("), inner, Code(") -> None")])

    def _auth_parameter(self, kinds: list[str]) -> Code:
        library = self.spelling.library
        words = index(library("Literal"), *map(literal, kinds))
        type_ = join(" | ", [words, library("Omit")])
        return declared(name("auth"), type_, library("omit"))

    def _choices(self) -> dict[str, tuple[NamedSetting, ...]]:
        """The kinds of auth to choose from, each with the settings that it or every kind uses."""
        auth = self.spec.auth
        kinds = auth.one_of if isinstance(auth, Auth) else None
        if not kinds:
            return {}
        used = {kind: settings_of_auth(self.spec, form) for kind, form in kinds.items()}
        of_some = set().union(*used.values()) - settings_beside_auth(self.spec)
        return {
            kind: tuple(
                each for each in self.settings if each.key in mine or each.key not in of_some
            )
            for kind, mine in used.items()
        }

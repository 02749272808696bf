"""Arranges actions into resources, and writes their modules and the classes of the clients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import Struct, field

from ferrule import naming
from ferrule.forms.code import Code, Import
from ferrule.forms.package import (
    ChildIR,
    MethodIR,
    OperationIR,
    RawIR,
    ResourceClass,
    ResourceModule,
)
from ferrule.forms.spec import ConnectorSpec
from ferrule.forms.tree import Path
from ferrule.passes.resolve.findings import Teller
from ferrule.passes.resolve.lowering import Lowering
from ferrule.passes.resolve.methods import MethodWriter
from ferrule.passes.resolve.operations import ActionPlan, OperationWriter
from ferrule.passes.resolve.results import Result
from ferrule.passes.resolve.signatures import Signature, signature_of, twin_of
from ferrule.passes.resolve.spelling import LIBRARY_NAMES, ClassNames, Spelling
from ferrule.python_text import (
    NONE,
    assigned,
    attribute,
    call,
    docstring,
    import_groups,
    imported,
    index,
    literal,
    made_of,
    name,
    relative,
    without_imports,
)

PLAIN = "plain"
"""The module of the actions that are methods of the client."""

RAW_DOC = "The same actions; each gives the whole answer: status, headers and body."
NO_CODE = Code("")


class Resource(Struct):
    """A resource and what is in it. `keys` are those of the spec, none for the client itself."""

    keys: tuple[str, ...]
    path: Path
    attribute: str = ""
    class_name: str = ""
    module: str = ""
    plans: list[ActionPlan] = field(default_factory=list)
    children: dict[str, Resource] = field(default_factory=dict)
    methods: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)

    def walk(self) -> Iterator[Resource]:
        """The resource and all below it."""
        yield self
        for child in self.children.values():
            yield from child.walk()

    @property
    def dotted(self) -> str:
        """`repos.issues`."""
        return ".".join(self.keys)

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the class body."""
        return frozenset((*self.methods.values(), *(c.attribute for c in self.children.values())))


def tree_of(plans: Iterable[ActionPlan], teller: Teller, taken: set[str]) -> Resource:
    """The resources of a connector, with the names of their classes, modules and methods.

    `taken` are names of classes that resources must not have; theirs are added.
    """
    root = Resource((), ())
    for plan in plans:
        resource = root
        for depth, key in enumerate(plan.resource, 1):
            made = Resource(plan.resource[:depth], plan.path)
            resource = resource.children.setdefault(key, made)
        resource.plans.append(plan)
    modules: naming.Scope[Path] = naming.Scope(frozenset((PLAIN,)))
    for resource in root.walk():
        _name_inside(resource, teller)
        if resource is not root:
            resource.module = modules.unique(naming.module("_".join(resource.keys)), resource.path)
            resource.class_name = _class_name("_".join(resource.keys), taken)
    return root


def _class_name(text: str, taken: set[str]) -> str:
    """A name whose four classes are free: `Tickets AsyncTickets RawTickets AsyncRawTickets`."""
    wanted = naming.class_name(text)
    wanted = wanted if naming.is_name(wanted) else "Unnamed"
    numbered = (f"{wanted}Resource{number}" for number in range(2, 1000))
    for each in chain((wanted, f"{wanted}Resource"), numbered):
        family = {each, f"Async{each}", f"Raw{each}", f"AsyncRaw{each}", f"{each}Mock"}
        if family.isdisjoint(taken) and family.isdisjoint(LIBRARY_NAMES):
            taken |= family
            return each
    raise AssertionError(f"a thousand resources are called {wanted}")


def _name_inside(resource: Resource, teller: Teller) -> None:
    """Names of methods and nested resources, which share the names of one class."""
    scope: naming.Scope[Path] = naming.Scope()
    constants: naming.Scope[Path] = naming.Scope(frozenset(("ANY", "TYPE_CHECKING")))
    of_client = not resource.keys
    for key, child in resource.children.items():
        fix = "name the resource with letters"
        wanted = naming.method(key, of_client=of_client)
        child.attribute = teller.named(wanted, key, child.path, fix=fix)
        earlier = scope.claim(child.attribute, child.path)
        if earlier is not None:
            fix = "rename one of the two"
            teller.collision(child.attribute, "resource", child.path, earlier, fix=fix)
    for plan in resource.plans:
        wanted = naming.method(plan.verb, of_client=of_client)
        method = teller.named(wanted, plan.verb, plan.path, fix="name the action with letters")
        earlier = scope.claim(method, plan.path)
        if earlier is not None:
            fix = "rename one of the two actions"
            teller.collision(method, "action", plan.path, earlier, fix=fix)
        resource.methods[plan.key] = method
        resource.constants[plan.key] = constants.unique(naming.constant(method), plan.path)


class ResourceWriter(Struct, frozen=True):
    """Writes resources, and the methods of clients, from one spec."""

    spec: ConnectorSpec
    spelling: Spelling
    lowering: Lowering
    operations: OperationWriter
    teller: Teller
    # Classes, their tests and their README ask for the same ones.
    _signatures: dict[str, Signature] = field(default_factory=dict)

    def module(self, resource: Resource) -> ResourceModule:
        """`resources/NAME.py` of one resource."""
        home = f"resources.{resource.module}"
        signatures = self.signatures(resource)
        constants = {plan.key: name(self.constant(resource, plan)) for plan in resource.plans}
        classes = tuple(
            self.resource_class(resource, signatures, constants, is_async=is_async)
            for is_async in (False, True)
        )
        lines = self.operation_lines(resource, signatures)
        imports = [each for line in lines for each in line.line.imports]
        imports += [each for made in classes for each in imports_of_class(made)]
        late = [each for child in resource.children.values() for each in classes_of(child)]
        return ResourceModule(
            name=name(resource.module),
            doc=docstring(f"Actions on {resource.dotted}."),
            imports=import_groups(self._split(imports, late, home), home),
            late_imports=import_groups(late, home),
            operations=lines,
            classes=classes,
        )

    def plain_module(self, root: Resource) -> ResourceModule:
        """`resources/plain.py`: the operations of actions that are methods of the client."""
        lines = self.operation_lines(root, self.signatures(root))
        imports = {each for line in lines for each in line.line.imports}
        return ResourceModule(
            name=name(PLAIN),
            doc=docstring("Actions of the client itself."),
            imports=import_groups(imports, f"resources.{PLAIN}"),
            late_imports=(),
            operations=lines,
            classes=(),
        )

    def signatures(self, resource: Resource) -> dict[str, Signature]:
        """The arguments of every action of a resource."""
        for plan in resource.plans:
            if plan.key not in self._signatures:
                self._signatures[plan.key] = signature_of(self.spec, plan, self.teller)
        return {plan.key: self._signatures[plan.key] for plan in resource.plans}

    def constant(self, resource: Resource, plan: ActionPlan) -> str:
        """The name of the constant of an action, apart from the classes beside it."""
        return constant_name(resource, plan, self.spelling.names)

    def operation_lines(
        self, resource: Resource, signatures: dict[str, Signature]
    ) -> tuple[OperationIR, ...]:
        """`GET = Operation[Ticket](…)` for each action."""
        made = []
        for plan in resource.plans:
            constant = name(self.constant(resource, plan))
            positional, arguments = self.operations.operation(signatures[plan.key].plan)
            shown, kind = self._given(plan.result), self.lowering.contract("Operation")
            read = arguments.pop("returns", None)
            if read == shown or (read is None and shown == NONE):
                value = call(index(kind, shown), *positional, **arguments)
                line = assigned(constant, value)
            else:
                # It is read in another way than it is shown: as a number in a text, say.
                value = call(kind, *positional, returns=read, **arguments)
                line = assigned(constant, value, index(kind, shown))
            made.append(OperationIR(name=constant, line=line))
        return tuple(made)

    def _given(self, result: Result) -> Code:
        """What an action gives, as its constant tells type checkers."""
        if result.kind == "pages":
            return index(self.spelling.library("list"), self.spelling.shown(result.type))
        if result.kind == "download":
            return self.spelling.library("bytes")
        if result.kind == "open":
            return self.spelling.library("Any")
        return self.spelling.shown(result.type)

    def resource_class(
        self,
        resource: Resource,
        signatures: dict[str, Signature],
        constants: dict[str, Code],
        *,
        is_async: bool,
    ) -> ResourceClass:
        """`Tickets` or `AsyncTickets`."""
        prefix = "Async" if is_async else ""
        return ResourceClass(
            name=name(prefix + resource.class_name),
            base=self.spelling.library(f"{prefix}Resource"),
            doc=docstring(f"Actions on {resource.dotted}.", 4),
            children=self.children(resource, f"resources.{resource.module}", is_async=is_async),
            methods=self.methods(resource, signatures, constants, is_async=is_async),
            twins=self.twins(resource, signatures, resource.class_name) if is_async else (),
            raw=self.raw(resource, signatures, resource.class_name, is_async=is_async),
        )

    def methods(
        self,
        resource: Resource,
        signatures: dict[str, Signature],
        constants: dict[str, Code],
        *,
        is_async: bool,
        local: bool = False,
    ) -> tuple[MethodIR, ...]:
        """The methods of one class. With `local`, each imports its constant when it is called.

        The async class has only those that its sync twin cannot say for it.
        """
        spelling = self.spelling.hiding(resource.hidden).of_signatures()
        writer = MethodWriter(self.spec, spelling, is_async)
        made = []
        for plan in resource.plans:
            signature = signatures[plan.key]
            if is_async and twin_of(signature) is not None:
                continue
            constant = constants[plan.key]
            first = imported(constant, "client") if local else NO_CODE
            bare = without_imports(constant)
            made.append(writer.method(signature, resource.methods[plan.key], bare, first))
        return tuple(made)

    def twins(
        self, resource: Resource, signatures: dict[str, Signature], class_name: str
    ) -> tuple[Code, ...]:
        """`get = as_async(Tickets.get)` for each action that its sync class can say."""
        spelling, source = self.spelling.hiding(resource.hidden), name(class_name)
        lines = []
        for plan in resource.plans:
            word = twin_of(signatures[plan.key])
            if word is not None:
                lines.append(made_of(resource.methods[plan.key], spelling.library(word), source))
        return tuple(lines)

    def children(self, resource: Resource, home: str, *, is_async: bool) -> tuple[ChildIR, ...]:
        """`tickets: Lazy[Tickets] = Lazy(…)` for each nested resource of a class of `home`."""
        prefix, lazy = "Async" if is_async else "", self.spelling.library("Lazy")
        made = []
        for child in resource.children.values():
            kind, attribute_name = name(prefix + child.class_name), name(child.attribute)
            module = literal(relative(f"resources.{child.module}", home))
            maker = call(lazy, module, literal(str(kind)))
            line = assigned(attribute_name, maker, index(lazy, kind))
            made.append(ChildIR(name=attribute_name, kind=kind, line=line))
        return tuple(made)

    def raw(
        self,
        resource: Resource,
        signatures: dict[str, Signature],
        class_name: str,
        *,
        is_async: bool,
    ) -> RawIR | None:
        """The class behind `with_raw_response` of the resource or client of this name."""
        prefix, word = ("Async", "as_raw_async") if is_async else ("", "as_raw")
        spelling, source = self.spelling.hiding(resource.hidden), name(prefix + class_name)
        client = name("client")
        owner = self.spelling.library("AsyncClient" if is_async else "SyncClient")
        # What a method is bound to: a resource of the client, or the client itself.
        holder, owner = (call(source, client), owner) if resource.keys else (client, source)
        lines, bound = [], []
        for plan in resource.plans:
            if plan.result.kind == "job":
                continue  # a job has no one answer
            if plan.action.each is not None or plan.action.since is not None:
                continue  # nor have several walks
            method, as_ = resource.methods[plan.key], word
            if plan.result.kind == "pages":
                as_ = "as_raw_page"
            if signatures[plan.key].is_overloaded:
                made = call(self.spelling.library(f"{as_}_bound"), attribute(holder, method))
                bound.append(assigned(attribute(name("self"), method), made))
            else:
                lines.append(made_of(method, spelling.library(as_), source))
        if not lines and not bound:
            return None
        return RawIR(
            name=name(f"{prefix}Raw{class_name}"),
            base=self.spelling.library(f"{prefix}Resource"),
            doc=docstring(f"{resource.dotted or 'The client'}, with whole answers.", 4),
            lines=tuple(lines),
            owner=owner,
            bound=tuple(bound),
            property_doc=docstring(RAW_DOC, 8),
        )

    def _split(self, imports: list[Import], late: list[Import], home: str) -> set[Import]:
        """What a module needs when it is imported; names that only annotations use come late."""
        needed = set(imports) - set(late)
        if late:
            needed.add(Import("typing", "TYPE_CHECKING"))
        return {each for each in needed if each.module != f".{home}"}


def constant_name(resource: Resource, plan: ActionPlan, names: ClassNames) -> str:
    """The name of the constant of an action, apart from the classes beside it."""
    wanted = resource.constants[plan.key]
    return f"{wanted}_" if wanted in names.taken else wanted


def constant_homes(root: Resource, names: ClassNames) -> dict[str, str]:
    """Where the constant of each action stands: `resources.tickets:LIST`."""
    return {
        plan.key: f"resources.{resource.module or PLAIN}:{constant_name(resource, plan, names)}"
        for resource in root.walk()
        for plan in resource.plans
    }


def classes_of(child: Resource) -> tuple[Import, ...]:
    """The classes of a resource, as another module imports them."""
    module = f".resources.{child.module}"
    return tuple(Import(module, prefix + child.class_name) for prefix in ("", "Async"))


def imports_of_class(made: ResourceClass) -> Iterator[Import]:
    """What the pieces of a class import."""
    yield from made.base.imports
    for child in made.children:
        yield from child.line.imports
    for line in made.twins:
        yield from line.imports
    for method in made.methods:
        yield from method.head.imports
        for overload in method.overloads:
            yield from overload.head.imports
        if method.overloads:
            yield Import("typing", "overload")
        for line in method.lines:
            yield from line.imports
    if made.raw is not None:
        yield from made.raw.base.imports
        for line in (*made.raw.lines, *made.raw.bound):
            yield from line.imports
        if made.raw.bound:
            yield from made.raw.owner.imports

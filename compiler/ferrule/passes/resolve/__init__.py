"""Turns a valid spec into a package as Python will say it: names final, types spelled."""

from __future__ import annotations

from hashlib import sha256

from ferrule import naming
from ferrule.diagnostics import Report
from ferrule.forms.hooks import NO_HOOKS, HookFiles
from ferrule.forms.package import PackageIR
from ferrule.forms.spec import ConnectorSpec
from ferrule.forms.tree import Path, SpecTree
from ferrule.passes.resolve.arguments import inputs_of
from ferrule.passes.resolve.class_names import SHARED, Use, class_names, keys_read
from ferrule.passes.resolve.client import ClientWriter
from ferrule.passes.resolve.connector import ConnectorWriter
from ferrule.passes.resolve.declare import Declarer
from ferrule.passes.resolve.errors import (
    BUILT_IN,
    ErrorTypes,
    error_rows,
    error_types,
    errors_module,
    own_errors,
)
from ferrule.passes.resolve.exports import init_module
from ferrule.passes.resolve.findings import Teller
from ferrule.passes.resolve.hooks import hooks_module
from ferrule.passes.resolve.lowering import Lowering
from ferrule.passes.resolve.main_module import main_module
from ferrule.passes.resolve.models import model_modules
from ferrule.passes.resolve.operations import ActionPlan, OperationWriter
from ferrule.passes.resolve.policies import Policies
from ferrule.passes.resolve.readme import package_name, project, readme
from ferrule.passes.resolve.resources import (
    Resource,
    ResourceWriter,
    constant_homes,
    tree_of,
)
from ferrule.passes.resolve.results import result_of
from ferrule.passes.resolve.scopes import optional_settings
from ferrule.passes.resolve.settings import named_settings, setting_rows, sign_in_rows
from ferrule.passes.resolve.spelling import Spelling
from ferrule.passes.resolve.testing import testing_module
from ferrule.passes.resolve.triggers import TriggerWriter, event_types

__all__ = ["resolve"]


def resolve(
    spec: ConnectorSpec,
    tree: SpecTree | None,
    report: Report,
    authored: HookFiles = NO_HOOKS,
) -> PackageIR | None:
    """The package of a connector. Names that clash are findings, and None returns.

    `tree` gives findings their places and the package the hash of its spec; `authored` are the
    files with functions of the author.
    """
    teller = Teller(report, tree)
    found_before = len(report.errors)
    declarer = Declarer(spec)
    plans = _plans(spec, declarer)
    class_name = naming.class_name(spec.class_name or spec.connector)
    own = own_errors(spec, teller)
    taken = set(_own_classes(class_name, own))
    reserved = frozenset(taken)
    taken |= {naming.class_name(name) for name in spec.models}
    root = tree_of(plans, teller, taken)
    typed = error_types(declarer, spec)
    uses = _uses(root, typed)
    uses += [Use(SHARED, each, is_read=True) for each in event_types(spec, declarer)]
    names = class_names(declarer.declarations, uses, reserved, frozenset(taken), teller)
    spelling = Spelling(names, declarer.declarations)
    lowering = Lowering(names)
    policies = Policies(lowering, spec.hosts, _scopes(spec), optional_settings(spec))
    operations = OperationWriter(spec, spelling, lowering, policies, constant_homes(root, names))
    writer = ResourceWriter(spec, spelling, lowering, operations, teller)
    settings = named_settings(spec, teller)
    package, title = package_name(spec), spec.title or spec.connector
    read_keys = keys_read(declarer.declarations, uses)
    models = model_modules(spelling, read_keys, teller, title)
    errors = errors_module(spec, class_name, own, spelling, typed)
    digest = _spec_sha256(spec, tree, authored)
    triggers = TriggerWriter(spec, spelling, lowering, declarer, settings, class_name)
    resources = tuple(writer.module(each) for each in root.walk() if each.keys)
    signatures = {key: each for one in root.walk() for key, each in writer.signatures(one).items()}
    made = PackageIR(
        connector=spec.connector,
        package=package,
        version=spec.version,
        spec_sha256=digest,
        init=init_module(spec, package, class_name, errors, models),
        connector_module=ConnectorWriter(spec, lowering, policies).module(
            package, class_name, digest
        ),
        client=ClientWriter(spec, spelling, writer, settings, class_name).module(root),
        main=main_module(spec, class_name),
        plain=writer.plain_module(root) if root.plans else None,
        errors=errors,
        hooks=hooks_module(spec) if authored.files else None,
        triggers=triggers.module(root) if spec.triggers else None,
        models=models,
        resources=resources,
        testing=testing_module(spec, spelling, writer, root, class_name),
        project=project(spec),
        readme=readme(
            spec,
            spelling,
            root,
            signatures,
            setting_rows(spec, settings),
            sign_in_rows(spec, settings),
            error_rows(spec, class_name, own),
            class_name,
        ),
    )
    return None if len(report.errors) > found_before else made


def _scopes(spec: ConnectorSpec) -> tuple[str, ...]:
    """What the actions need, each once, in the order in which they are met."""
    needed = (scope for action in spec.actions.values() for scope in action.scopes or ())
    return tuple(dict.fromkeys(needed))


def _plans(spec: ConnectorSpec, declarer: Declarer) -> list[ActionPlan]:
    plans = []
    for key, action in spec.actions.items():
        path: Path = ("actions", key)
        *resource, verb = key.split(".")
        owner = naming.class_name("_".join(part for part in key.split(".") if part))
        plans.append(
            ActionPlan(
                key=key,
                action=action,
                path=path,
                resource=tuple(resource),
                verb=verb,
                inputs=inputs_of(declarer, action, path, owner),
                result=result_of(declarer, spec, action),
            )
        )
    return plans


def _own_classes(class_name: str, own: dict[str, Path]) -> set[str]:
    """The classes of a package that a model gives its name to."""
    clients = {f"{prefix}{class_name}" for prefix in ("", "Async", "Raw", "AsyncRaw")}
    bases = {f"{class_name}Error", f"{class_name}StatusError", "Service"}
    return clients | bases | set(BUILT_IN) | set(own)


def _uses(root: Resource, typed: ErrorTypes) -> list[Use]:
    uses = [Use(SHARED, type_, is_read=True) for type_ in typed]
    for resource in root.walk():
        module = resource.module or SHARED
        for plan in resource.plans:
            uses += [Use(module, type_, is_read=True) for type_ in plan.result.types]
            uses += [Use(module, type_, is_read=False) for type_ in plan.inputs.types()]
    return uses


def _spec_sha256(spec: ConnectorSpec, tree: SpecTree | None, authored: HookFiles) -> str:
    """Of the text, whatever the ends of its lines are; without a text, of the form."""
    # Where a spec stands in several files, the digest is of all of them.
    texts = [repr(spec)] if tree is None else [each.source.text for each in tree.trees]
    text = "\0".join([*texts, *(each.text for each in authored.files.values())])
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

"""Who may import whom, as rules that name where offending code might live instead."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from tests.architecture.imports import Import, is_within

COMPILER_FLOORS = (
    ("words",),
    ("forms",),
    (
        "diagnostics",
        "naming",
        "python_text",
        "document_text",
        "template_files",
        "keeping",
        "collector",
    ),
    ("passes", "exports", "imports"),
    ("configuration", "freshness"),
    ("reuse", "workers"),
    ("own_templates",),
    ("pipeline",),
    ("formatting", "mending", "comparing", "editing"),
    ("language_server",),
    ("cli", "__main__", "build_hook"),
)
"""The compiler's modules from the ground up: a module imports its own floor and those below."""

RUNTIME_FLOORS = (
    ("wire", "errors", "omit"),
    ("flows", "wires"),
    ("drivers",),
    ("client",),
)
"""The runtime's modules whose order matters; what is named nowhere here stands beside them."""

NETWORK = ("httpx", "httpx2", "httpcore", "httpcore2")
CONCURRENCY = ("asyncio", "threading", "anyio", "trio", "socket", "concurrent")
VERBS_THAT_CALL = tuple(
    f"ferrule.cli.{verb}" for verb in ("call", "calls", "test", "auth", "providers")
)
GENERATED_MAY_IMPORT = ("pydantic", "typing_extensions", "ferrule_runtime")


@dataclass(frozen=True, slots=True)
class Rule:
    """A claim about an import that must not hold, and what to do where it does."""

    name: str
    is_broken_by: Callable[[Import], bool]
    instead: str

    def message(self, found: Import) -> str:
        """What a person reads who broke the rule."""
        return (
            f"{found.place}: {found.importer} imports {found.imported}\n"
            f"    rule: {self.name}\n    instead: {self.instead}"
        )


def floor_of(module: str, package: str, floors: tuple[tuple[str, ...], ...]) -> int | None:
    """The number of the floor on which a module stands, None if it stands on none."""
    for number, names in enumerate(floors):
        if is_within(module, *(f"{package}.{name}" for name in names)):
            return number
    return None


def _goes_up(found: Import, package: str, floors: tuple[tuple[str, ...], ...]) -> bool:
    own = floor_of(found.importer, package, floors)
    other = floor_of(found.imported, package, floors)
    return own is not None and other is not None and other > own


def _pass_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[2] if parts[:2] == ["ferrule", "passes"] and len(parts) > 2 else None


def _pass_imports_pass(found: Import) -> bool:
    own, other = _pass_of(found.importer), _pass_of(found.imported)
    return own is not None and other is not None and own != other


def _generated_reaches_out(found: Import) -> bool:
    top = found.imported.partition(".")[0]
    own = found.importer.partition(".")[0]
    return not (top == own or top in GENERATED_MAY_IMPORT or top in sys.stdlib_module_names)


COMPILER_RULES = (
    Rule(
        "in the compiler every arrow points down: cli, pipeline, passes, "
        "{diagnostics, naming, python_text}, forms, words",
        lambda found: _goes_up(found, "ferrule", COMPILER_FLOORS),
        "move what both need into the lower of the two, or a form that carries it upwards",
    ),
    Rule(
        "a pass never imports a pass",
        _pass_imports_pass,
        "what two passes share is a fact of a form (ferrule.forms), a name (ferrule.naming) or "
        "text (ferrule.python_text); their order is known to ferrule.pipeline alone",
    ),
    Rule(
        "the compiler does not import the runtime; only verbs that call a service do",
        lambda found: is_within(found.imported, "ferrule_runtime")
        and not is_within(found.importer, *VERBS_THAT_CALL),
        "both meet in the text of the generated package: write it in a template",
    ),
    Rule(
        "the compiler does not import the providers service; the verb that runs it does",
        lambda found: is_within(found.imported, "ferrule_providers")
        and not is_within(found.importer, "ferrule.cli.providers"),
        "what the service needs of a connector stands in the generated package",
    ),
    Rule(
        "the compiler opens no connections",
        lambda found: is_within(found.imported, *NETWORK),
        "whatever talks to a service belongs to ferrule_runtime",
    ),
)

RUNTIME_RULES = (
    Rule(
        "the runtime does not import the compiler",
        lambda found: is_within(found.imported, "ferrule"),
        "what the compiler knows goes into the generated package as data (the operation)",
    ),
    Rule(
        "in the runtime every arrow points down: client, drivers, {flows, wires}, {wire, errors}",
        lambda found: _goes_up(found, "ferrule_runtime", RUNTIME_FLOORS),
        "let the flow yield a wish (ferrule_runtime.wire) that the driver grants",
    ),
    Rule(
        "flows and wires do not know each other",
        lambda found: {
            part
            for part in ("flows", "wires")
            for module in (found.importer, found.imported)
            if is_within(module, f"ferrule_runtime.{part}")
        }
        == {"flows", "wires"},
        "they meet in ferrule_runtime.wire: Call, Reply and the wishes",
    ),
    Rule(
        "only ferrule_runtime.wires imports an HTTP library",
        lambda found: is_within(found.imported, *NETWORK)
        and not is_within(found.importer, "ferrule_runtime.wires"),
        "take a Call and give a Reply (ferrule_runtime.wire); the conversion is a wire's work",
    ),
    Rule(
        "flows are plain generators: no network, no event loop, no threads",
        lambda found: is_within(found.importer, "ferrule_runtime.flows")
        and is_within(found.imported, *NETWORK, *CONCURRENCY),
        "yield a wish (Send, Pause, Guarded) and let ferrule_runtime.drivers grant it",
    ),
)

PROVIDERS_FLOORS = (
    ("clock", "faults", "sealing"),
    ("store",),
    ("core",),
    ("listing", "setting_up", "checking", "resetting", "signing_in", "handing_out"),
    ("api", "pages"),
    ("__main__",),
)
"""The service's modules whose order matters; what is named nowhere here stands beside them."""

PROVIDERS_RULES = (
    Rule(
        "the providers service does not import the compiler",
        lambda found: is_within(found.imported, "ferrule"),
        "it lives from installed packages: what it must know of one goes into its connector",
    ),
    Rule(
        "in the service every arrow points down: api and pages, what the service does, core, "
        "store, {clock, faults, sealing}",
        lambda found: _goes_up(found, "ferrule_providers", PROVIDERS_FLOORS),
        "let the lower one give a value, and the upper one show it",
    ),
    Rule(
        "only api and pages know the web framework",
        lambda found: is_within(found.imported, "fastapi", "starlette")
        and not is_within(found.importer, "ferrule_providers.api", "ferrule_providers.pages"),
        "raise a fault (ferrule_providers.faults) or give a value; api and pages answer with it",
    ),
    Rule(
        "only networks, clients and remote make connections",
        lambda found: is_within(found.imported, *NETWORK)
        and not is_within(
            found.importer,
            *(f"ferrule_providers.{name}" for name in ("networks", "clients", "remote")),
        ),
        "ask a connector's own client, whose transport ferrule_providers.networks guards",
    ),
)

GENERATED_RULES = (
    Rule(
        "a generated package imports the standard library, pydantic, typing_extensions and "
        "ferrule_runtime",
        _generated_reaches_out,
        "what a generated package needs from elsewhere is offered by ferrule_runtime",
    ),
)

"""Makes the package's own module: every public name and the module it comes from."""

from __future__ import annotations

from ferrule.forms.code import Import
from ferrule.forms.package import CONTRACT, ErrorsModule, InitModule, ModelModule
from ferrule.forms.spec import ConnectorSpec
from ferrule.python_text import (
    dict_of,
    docstring,
    import_groups,
    list_of,
    literal,
    reexport_lines,
)


def init_module(
    spec: ConnectorSpec,
    package: str,
    class_name: str,
    errors: ErrorsModule,
    models: tuple[ModelModule, ...],
) -> InitModule:
    """`__init__.py`."""
    homes: dict[str, str] = {
        class_name: ".client",
        f"Async{class_name}": ".client",
        "CONNECTOR": "._connector",
        "Omit": "ferrule_runtime.omit",
        "omit": "ferrule_runtime.omit",
        "testing": ".testing",
    }
    if spec.triggers:
        homes["triggers"] = ".triggers"
    homes |= {str(each.name): ".errors" for each in errors.classes}
    for module in models:
        for statement in module.statements:
            homes[str(statement.name)] = f".models.{module.name}"
    names = sorted(homes)
    exported = {
        Import(".", each) if homes[each] == f".{each}" else Import(homes[each], each)
        for each in names
    }
    return InitModule(
        doc=docstring(_doc(spec)),
        imports=import_groups(
            {Import("typing", "TYPE_CHECKING"), Import("ferrule_runtime", "check_contract")},
            "__init__",
        ),
        package=literal(package),
        contract=CONTRACT,
        version=literal(spec.version),
        names=list_of(map(literal, sorted([*names, "preload"]))),
        homes=dict_of({each: literal(homes[each]) for each in names}),
        exports=reexport_lines(exported, "__init__"),
    )


def _doc(spec: ConnectorSpec) -> str:
    title = spec.title or spec.connector
    parts = [title if title.endswith(".") else f"{title}."]
    if spec.description and spec.description.strip():
        parts.append(spec.description.strip())
    if spec.docs is not None:
        parts.append(f"See {spec.docs}")
    return "\n\n".join(parts)

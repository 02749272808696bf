"""griffe looks at the generated code: what it takes for breaking is breaking for us too."""

from collections.abc import Iterator
from pathlib import Path

import griffe
import pytest

from ferrule.comparing import compared
from ferrule.comparing.changes import Grade, grade_of
from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.pipeline import compile_spec
from tests.comparing.specs import CHANGES, SPEC
from tests.comparing.test_comparing import checked

# Griffe sees these, though they are no promise to callers.
NOT_PROMISED = ("_connector", "SPEC_SHA256", "__all__", "__version__", "_HOMES", "testing")
# griffe compares neither types nor what a class is made with.
SEEN_BY_BOTH = (
    "an action goes",
    "an action is renamed",
    "an argument goes",
    "an argument comes that must be given",
    "an argument must be given now",
    "a field goes",
    "an error class goes",
)


def package_of(text: str, folder: Path) -> griffe.Object | griffe.Alias:
    package = compile_spec(SourceFile("acme.yaml", text), Report())
    assert package is not None
    for name, content in package.files.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return griffe.load("acme_connector", search_paths=[folder], allow_inspection=False)


def modules_of(package: griffe.Object | griffe.Alias) -> dict[str, griffe.Module]:
    """Every module below: what a package does not re-export is reached through its client."""
    found = {}
    for module in package.modules.values():
        found[module.path] = module
        found |= modules_of(module)
    return found


def breakages(
    old: griffe.Object | griffe.Alias, new: griffe.Object | griffe.Alias
) -> Iterator[str]:
    before, after = modules_of(old), modules_of(new)
    for name in before.keys() & after.keys():
        for found in griffe.find_breaking_changes(before[name], after[name]):
            parts = found.obj.path.split(".")
            if not parts[-1].isupper() and not set(parts) & set(NOT_PROMISED):
                yield f"{found.kind.value}: {found.obj.path}"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> griffe.Object | griffe.Alias:
    return package_of(SPEC, tmp_path_factory.mktemp("before"))


@pytest.mark.parametrize("what", [name for name in CHANGES if name != "the connector is renamed"])
def test_what_breaks_for_griffe_breaks_for_us(
    what: str, before: griffe.Object | griffe.Alias, tmp_path: Path
) -> None:
    old, new, grade, _ = CHANGES[what]
    text = SPEC.replace(old, new)
    seen = list(breakages(before, package_of(text, tmp_path)))
    ours = grade_of(compared(checked(SPEC), checked(text)))
    assert ours is Grade[grade]
    if seen:
        assert ours is Grade.breaking, seen
    assert bool(seen) or what not in SEEN_BY_BOTH

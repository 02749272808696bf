"""The package of the spec above a test, and its two clients."""

from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.functional.packages import Face, imported
from tests.services.scripted import ScriptedService


@pytest.fixture(scope="class")
def package(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ModuleType]:
    """The package of the spec in `SPEC` of the class."""
    with imported(request.cls.SPEC, tmp_path_factory.mktemp("package")) as made:
        yield made


@pytest.fixture(params=["sync", "async"])
def face(request: pytest.FixtureRequest, package: ModuleType, service: ScriptedService) -> Face:
    """The clients of the package, talking to the scripted service."""
    return Face(package, service.url, request.param == "async")

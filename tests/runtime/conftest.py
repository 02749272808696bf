"""Fixtures for tests of the runtime."""

from collections.abc import Iterator

import pytest

from tests.runtime.faces import FACES, Face, make_faces


@pytest.fixture(params=FACES)
def face(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Face]:
    """Sync and async, through httpx and through httpx2."""
    yield from make_faces(request, monkeypatch)

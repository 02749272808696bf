"""The packages that the compiler writes, set up and used against real services."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ferrule_providers.clients import client_arguments
from ferrule_providers.core import Core
from ferrule_providers.handing_out import hand_out
from ferrule_providers.installed import Installed, find_installed
from tests.providers.conftest import SOMEBODY, Api, open_api
from tests.providers.packages import importable
from tests.services.real import REPOSITORY

GENERATED = REPOSITORY / "generated"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Every package of `generated/`, as if pip had installed them."""
    folders = sorted(path.parent for path in GENERATED.glob("*/pyproject.toml"))
    about = tmp_path_factory.mktemp("about")
    for folder in folders:
        name = folder.name
        written = about / f"{name}_connector-1.0.0.dist-info"
        written.mkdir()
        (written / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}-connector\nVersion: 1.0.0\n"
        )
        (written / "entry_points.txt").write_text(
            f"[ferrule.connectors]\n{name} = {name}_connector:CONNECTOR\n"
        )
    with importable(str(about), *map(str, folders)):
        names = {folder.name for folder in folders}
        yield Installed(each for each in find_installed() if each.slug in names)


@pytest.fixture
def api(make_core: Callable[..., Core], sqlite_url: str, compiled: Installed) -> Api:
    return open_api(make_core(sqlite_url, installed=compiled))


def test_all_of_them_are_providers(api: Api, compiled: Installed) -> None:
    assert len(compiled) >= 5
    assert {each.slug: each.problem for each in compiled if each.problem} == {}
    for each in compiled:
        told = api.get(f"/{each.slug}").json()
        assert told["problem"] is None
        assert [field["name"] for field in told["fields"]] == [
            setting.name for setting in each.loaded().settings
        ]


def test_kinto_is_set_up_tested_and_used(
    api: Api, compiled: Installed, kinto_url: str, tmp_path: Path
) -> None:
    wrong = {"server": kinto_url, "username": "tester"}
    assert api.post("/kinto/setup", wrong).status_code == 422
    body = {**wrong, "password": "long-kinto-password"}
    made = api.post("/kinto/setup?test=true", body)
    assert (made.status_code, made.json()["state"]) == (200, "verified"), made.text
    tested = api.post("/kinto/connections/default/test").json()
    assert tested["ok"] is True, tested
    access = hand_out(api.core, "kinto", "default", SOMEBODY)
    provider = compiled["kinto"]
    arguments = client_arguments(provider, access.auth, {**access.settings, **access.secrets})
    with provider.client_class()(**arguments) as client:
        assert client.test_connection().ok


def test_httpbin_refuses_and_accepts(api: Api, httpbin_url: str) -> None:
    body = {"auth": "bearer", "server": httpbin_url, "bearer_token": "long-bearer-token"}
    made = api.post("/httpbin/setup?test=true", body)
    assert made.status_code == 200, made.text
    assert made.json()["auth"] == "bearer"
    assert "long-bearer-token" not in made.text
    nothing = api.post("/httpbin/setup?connection=none", {"server": httpbin_url})
    assert nothing.json()["auth"] == "none"

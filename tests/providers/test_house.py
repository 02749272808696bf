"""A service behind certificates of its own is tested with them, and secrets go by no other way."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ferrule_providers.core import Core
from ferrule_providers.installed import find_installed
from tests.providers import packages
from tests.providers.conftest import Api, open_api
from tests.services import secure

ONE = "/house/connections/default"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> secure.Certificates:
    return secure.make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def house(
    make_core: Callable[..., Core],
    sqlite_url: str,
    tmp_path: Path,
    certificates: secure.Certificates,
) -> Any:
    packages.write(tmp_path / "packages", "house", packages.HOUSE)
    with packages.importable(str(tmp_path / "packages")):
        yield open_api(make_core(sqlite_url, installed=find_installed()))


def body_of(certificates: secure.Certificates, url: str) -> dict[str, Any]:
    files = {"ca": certificates.ca, "pfx": certificates.pfx}
    encoded = {
        name: {"base64": base64.b64encode(path.read_bytes()).decode()}
        for name, path in files.items()
    }
    return {"server": url, "key": "a-key", "passphrase": secure.PASSPHRASE, **encoded}


def test_a_service_is_tested_with_the_certificates_of_its_settings(
    house: Api, certificates: secure.Certificates
) -> None:
    with secure.secure_service(certificates.server_context(wants_client=True)) as url:
        answer = house.post("/house/setup?test=true", body_of(certificates, url))
        assert (answer.status_code, answer.json()["state"]) == (200, "verified"), answer.text
        assert house.post(f"{ONE}/test").json()["message"] == "client"
        wrong = house.post(f"{ONE}/test", {"passphrase": "another one"}).json()
        assert (wrong["ok"], wrong["problem"]["code"]) == (False, "invalid-request")
        assert "another one" not in str(wrong)


def test_a_service_is_tested_through_the_proxy_of_its_settings(
    house: Api, certificates: secure.Certificates
) -> None:
    with (
        secure.secure_service(certificates.server_context(wants_client=True)) as url,
        secure.connecting_proxy() as (proxy, seen),
    ):
        body = {**body_of(certificates, url), "proxy_url": f"http://me:in-the-way@{proxy}"}
        answer = house.post("/house/setup?test=true", body)
        assert (answer.status_code, answer.json()["state"]) == (200, "verified"), answer.text
        assert [head.split()[:2] for head in seen] == [["CONNECT", url.removeprefix("https://")]]
        assert "Proxy-Authorization: Basic" in seen[0]
        socks = house.post(f"{ONE}/test", {**body, "proxy_url": "socks5://127.0.0.1:1"}).json()
        assert (socks["ok"], "in-the-way" in str(socks)) == (False, False)
        assert len(seen) == 1


def test_secrets_take_no_other_way_than_the_one_they_were_given_for(
    house: Api, certificates: secure.Certificates
) -> None:
    body = body_of(certificates, "https://127.0.0.1:9")
    assert house.post("/house/setup", body).status_code == 200
    for change in ({"proxy_url": "http://127.0.0.1:8"}, {"ca": body["pfx"]}):
        refused = house.post("/house/setup", change)
        assert refused.status_code == 422, change
        assert {"/key", "/passphrase"} <= {each["pointer"] for each in refused.json()["errors"]}
    rotated = {"pfx": body["pfx"], "passphrase": "a new one"}
    assert house.post("/house/setup", rotated).status_code == 200
    assert house.post("/house/setup", {**body, "proxy_url": "http://127.0.0.1:8"}).is_success

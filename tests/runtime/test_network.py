"""Certificates where a system has no files in memory, and libraries that are not installed."""

import importlib.util
import os
import ssl
from pathlib import Path
from typing import Any

import pytest

from ferrule_runtime import errors
from ferrule_runtime.contract import Jwt, Tls
from ferrule_runtime.network import Network, NetworkFault
from tests.runtime.faces import Face, connector_at
from tests.services.secure import PASSPHRASE, Certificates, make_certificates


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def lacking(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    find = importlib.util.find_spec

    def find_spec(name: str, package: str | None = None) -> Any:
        return None if name == missing else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", find_spec)
    for module in ("credentials.signing", "wires.certificates"):
        path = f"ferrule_runtime.{module}.find_spec"
        monkeypatch.setattr(path, find_spec)


def test_a_key_leaves_no_file_behind(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import tempfile

    monkeypatch.delattr(os, "memfd_create", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for tls in (
        Tls(pfx=certificates.pfx, passphrase=PASSPHRASE),
        Tls(
            client_cert=certificates.client_cert.read_bytes(),
            client_key=certificates.client_key,
            passphrase=PASSPHRASE,
            ca=str(certificates.folder),
        ),
    ):
        made = Network(tls=tls).context(verify=True)()
        assert isinstance(made, ssl.SSLContext)
        assert made.verify_mode is ssl.CERT_REQUIRED
    with pytest.raises(NetworkFault, match="passphrase is wrong"):
        Network(tls=Tls(pfx=certificates.pfx, passphrase="x")).context(verify=True)()
    assert list(tmp_path.iterdir()) == []


def test_clients_share_no_certificate(certificates: Certificates) -> None:
    tls = Tls(pfx=certificates.pfx, passphrase=PASSPHRASE)
    contexts = [Network(tls=each).context(verify=True)() for each in (tls, tls, None)]
    assert len({id(each) for each in contexts}) == 3
    network = Network(tls=tls)
    assert network.context(verify=True)() is network.context(verify=True)()


def test_a_library_that_is_missing_is_named(
    face: Face, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = "http://127.0.0.1:9"
    pfx = Tls(pfx=certificates.pfx, passphrase=PASSPHRASE)
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("socksio", {"proxy": "socks5://127.0.0.1:9"}, r"ferrule-runtime\[socks\]"),
        ("cryptography", {"tls": pfx}, r"ferrule-runtime\[pfx\]"),
    ]
    for missing, options, expected in cases:
        with monkeypatch.context() as patch:
            lacking(patch, missing)
            client = face.client(connector_at(at), **options)
            with pytest.raises(errors.ConfigurationError, match=expected):
                face.get(client.preload() if face.is_async else client._connect())
    lacking(monkeypatch, "jwt")
    with pytest.raises(errors.ConfigurationError, match=r"ferrule-runtime\[jwt\]"):
        face.client(connector_at(at, auth=Jwt("a key that is long enough for any hash")))

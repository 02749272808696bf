"""The way to a service: private authorities, client certificates, proxies, sockets, tunnels."""

import asyncio
import logging
import pickle
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ferrule_runtime.contract import Tls
from ferrule_runtime.wires import library
from tests.conftest import skip_without_service
from tests.e2e.test_secrets import told as told_by
from tests.functional.packages import Face
from tests.services import secure
from tests.services.scripted import ScriptedService, reply
from tests.services.secure import PASSPHRASE, Certificates


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return secure.make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def mutual(certificates: Certificates) -> Iterator[str]:
    """A service that wants a certificate of its clients."""
    with secure.secure_service(certificates.server_context(wants_client=True)) as url:
        yield url


@pytest.fixture(scope="module")
def private(certificates: Certificates) -> Iterator[str]:
    """A service whose authority nobody knows."""
    with secure.secure_service(certificates.server_context(wants_client=False)) as url:
        yield url


@pytest.fixture(params=["httpcore", "httpcore2", "httpx", "httpx2"])
def way(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, package: ModuleType
) -> list[Face]:
    """Makes both kinds of clients call over one wire with one library."""
    is_core = request.param.startswith("httpcore")
    name = request.param.replace("httpcore", "httpx")
    monkeypatch.setattr(library, "library_name", lambda: name)
    monkeypatch.setattr(library, "is_watched", lambda: not is_core)
    return [Face(package, None, is_async) for is_async in (False, True)]


class TestTls:
    SPEC = """
    ferrule: 1
    connector: acme
    version: 1.0.0
    base_url: ${server}
    settings:
      server: url
      ca?: file
      cert?: file
      key?: file
      passphrase?: secret
      verify_tls: boolean = true
      proxy_url?: secret
    tls:
      ca: ${ca}
      client_cert: ${cert}
      client_key: ${key}
      passphrase: ${passphrase}
      verify: ${verify_tls}
    proxy: ${proxy_url}
    timeout: {connect: 5s, read: 5s, write: 5s, pool: 5s, total: 10s}
    actions:
      things.get: {get: /things, returns: any}
    """

    def given(self, certificates: Certificates) -> dict[str, Any]:
        return {
            "ca": certificates.ca,
            "cert": certificates.client_cert,
            "key": certificates.client_key,
            "passphrase": PASSPHRASE,
        }

    def test_a_private_authority(
        self, way: list[Face], private: str, certificates: Certificates
    ) -> None:
        for face in way:
            found = face(lambda c: c.things.get(), server=private, ca=certificates.ca)
            assert found["path"] == "/things"
            with pytest.raises(face.package.ConnectionFailed, match="certificate is not trusted"):
                face(lambda c: c.things.get(), server=private, max_attempts=1)

    def test_a_client_certificate_with_a_sealed_key(
        self, way: list[Face], mutual: str, certificates: Certificates
    ) -> None:
        given = self.given(certificates)
        both = certificates.client_cert.read_bytes() + certificates.client_key.read_bytes()
        variants: list[dict[str, Any]] = [
            given,
            {name: path.read_text() for name, path in given.items() if name != "passphrase"}
            | {"passphrase": PASSPHRASE},
            {"ca": str(given["ca"]), "cert": both, "passphrase": PASSPHRASE},
        ]
        for face in way:
            for variant in variants:
                found = face(lambda c: c.things.get(), server=mutual, **variant)
                assert found["peer"] == "client"
            with pytest.raises(face.package.ConnectionFailed, match=r"certificate|broke"):
                face(lambda c: c.things.get(), server=mutual, ca=given["ca"], max_attempts=1)

    def test_what_cannot_be_used_names_the_setting_and_hides_the_rest(
        self,
        face: Face,
        mutual: str,
        certificates: Certificates,
        caplog: pytest.LogCaptureFixture,
        tmp_path: Path,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        given = self.given(certificates)
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"passphrase": "wr0ng phrase"}, "cert= or ACME_CERT.*key= or ACME_KEY.*passphrase"),
            ({"passphrase": None}, "cert= or ACME_CERT.*key= or ACME_KEY.*passphrase"),
            ({"ca": tmp_path / "none.pem"}, "tls.ca, given by ca= or ACME_CA cannot be read: No"),
            ({"ca": certificates.client_key}, "ca= or ACME_CA holds no certificate"),
            ({"key": b"no key"}, "they do not belong together"),
            ({"cert": None}, "key= or ACME_KEY is given without a certificate"),
        ]
        texts = []
        for change, expected in wrong:
            with pytest.raises(face.package.ConfigurationError, match=expected) as caught:
                face(lambda c: c.things.get(), server=mutual, debug=True, **{**given, **change})
            texts.append(told(caught.value))
        client = face.client_class(server=mutual, **given)
        texts += [repr(client), repr(client._installation.network), repr(client._installation.link)]
        with pytest.raises(TypeError):
            pickle.dumps(client)
        key = certificates.client_key.read_text().splitlines()[2]
        for secret in (PASSPHRASE, "wr0ng phrase", key):
            assert secret not in "\n".join([*texts, caplog.text])

    def test_only_an_installer_may_take_any_certificate_and_is_warned(
        self, way: list[Face], private: str
    ) -> None:
        for face in way:
            for option in ({"verify_tls": False}, {"verify": False}):
                with pytest.warns(UserWarning, match="takes any certificate") as warned:
                    found = face(lambda c: c.things.get(), server=private, **option)
                assert found["path"] == "/things"
                assert len(warned) == 1
            options: dict[str, Any] = {"verify_tls": False, "verify": True}
            with pytest.raises(face.package.ConnectionFailed):
                face(lambda c: c.things.get(), server=private, max_attempts=1, **options)

    def test_a_client_may_bring_its_own(
        self, way: list[Face], mutual: str, certificates: Certificates
    ) -> None:
        tls = Tls(pfx=certificates.pfx, passphrase=PASSPHRASE, ca=certificates.ca)
        assert PASSPHRASE not in repr(tls)
        for face in way:
            assert face(lambda c: c.things.get(), server=mutual, tls=tls)["peer"] == "client"
            with pytest.raises(TypeError, match="http_client"):
                face(lambda c: c.things.get(), server=mutual, tls=tls, http_client=_client(face))

    def test_tls_through_a_proxy_that_connects(
        self, way: list[Face], private: str, certificates: Certificates
    ) -> None:
        with secure.connecting_proxy() as (place, seen):
            for face in way:
                proxy = f"http://ada:s3cret-of-proxy@{place}"
                for option in ({"proxy_url": proxy}, {"proxy": proxy}):
                    found = face(
                        lambda c: c.things.get(), server=private, ca=certificates.ca, **option
                    )
                    assert found["path"] == "/things"
        assert len(seen) == 4
        assert all("authorization" in head.lower() for head in seen)

    def test_a_proxy_that_is_none_is_told(self, face: Face) -> None:
        for proxy in ("ftp://127.0.0.1:1", "127.0.0.1:1", "http://", "socks5://127.0.0.1:x"):
            with pytest.raises(face.package.ConfigurationError, match="proxy is not a URL"):
                face(lambda c: c.things.get(), server="http://127.0.0.1:1", proxy_url=proxy)
        options: dict[str, Any] = {"max_attempts": 1}
        options["proxy"] = "http://ada:s3cret-of-proxy@127.0.0.1:9"
        with pytest.raises(face.package.ConnectionFailed) as refused:
            face(lambda c: c.things.get(), server="http://127.0.0.1:1", **options)
        assert "s3cret-of-proxy" not in told(refused.value)


def told(error: BaseException) -> str:
    """All that an error says, with the locals of every frame but those of the tests."""
    trace = below = error.__traceback__
    while trace is not None:
        if "/tests/" in trace.tb_frame.f_code.co_filename:
            below = trace.tb_next
        trace = trace.tb_next
    return told_by(error.with_traceback(below))


def _client(face: Face) -> Any:
    import httpx

    return httpx.AsyncClient() if face.is_async else httpx.Client()


class TestPfx:
    SPEC = """
    ferrule: 1
    connector: acme
    version: 1.0.0
    base_url: ${server}
    settings: {server: url, ca: file, pfx: file, passphrase: secret}
    tls: {ca: "${ca}", pfx: "${pfx}", passphrase: "${passphrase}"}
    actions:
      things.get: {get: /things, returns: any}
    """

    def test_certificate_and_key_in_one_file(
        self, way: list[Face], mutual: str, certificates: Certificates
    ) -> None:
        import base64

        content = certificates.pfx.read_bytes()
        given = {"server": mutual, "ca": certificates.ca, "passphrase": PASSPHRASE}
        for face in way:
            for pfx in (certificates.pfx, content, base64.b64encode(content).decode()):
                assert face(lambda c: c.things.get(), pfx=pfx, **given)["peer"] == "client"
            wrong = {**given, "passphrase": "wr0ng phrase"}
            with pytest.raises(face.package.ConfigurationError, match="pfx= or ACME_PFX") as error:
                face(lambda c: c.things.get(), pfx=certificates.pfx, **wrong)
            assert "wr0ng phrase" not in told(error.value)


class TestSocket:
    SPEC = """
    ferrule: 1
    connector: acme
    version: 1.0.0
    base_url: http://engine.local/v1
    settings: {door: string = /run/engine.sock}
    socket: ${door}
    timeout: 5s
    actions:
      things.get: {get: /things, returns: any}
    """

    def test_everything_goes_through_the_socket(
        self, way: list[Face], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        path = tmp_path / "engine.sock"
        with secure.unix_service(path):
            for face in way:
                for option in ({"door": str(path)}, {"socket": str(path)}):
                    found = face(lambda c: c.things.get(), **option)
                    assert (found["path"], found["host"]) == ("/v1/things", "engine.local")
        for face in way:
            with pytest.raises(face.package.ConnectionFailed, match="No such file"):
                face(lambda c: c.things.get(), max_attempts=1, door=str(tmp_path / "none"))
            with pytest.raises(face.package.ConfigurationError, match="proxy and a socket"):
                face(lambda c: c.things.get(), socket="x", proxy="http://127.0.0.1:9")

    def test_on_premise_through_an_ssh_server(self, way: list[Face], tmp_path: Path) -> None:
        sshd = secure.find_sshd()
        if sshd is None:
            skip_without_service("sshd (apt-get install openssh-server)")
        assert sshd is not None
        remote = tmp_path / "service.sock"
        with (
            secure.unix_service(remote),
            secure.secure_service(None) as url,
            secure.ssh_tunnels(sshd, tmp_path, remote) as tunnels,
        ):
            ways: list[tuple[dict[str, str], str]] = [
                ({"socket": str(tunnels.socket)}, "/v1/things"),
                ({"base_url": tunnels.url, "door": ""}, "/things"),
                ({"base_url": url, "proxy": tunnels.socks}, "/things"),
            ]
            for face in way:
                for options, expected in ways:
                    assert face(lambda c: c.things.get(), **options)["path"] == expected
            tunnels.client.terminate()
            tunnels.client.wait(5)
            for face in way:
                for options, _ in ways:
                    with pytest.raises(face.package.ConnectionFailed):
                        face(lambda c: c.things.get(), max_attempts=1, **options)


class TestTimeouts:
    SPEC = """
    timeout: {connect: 5s, read: 100ms, write: 5s, pool: 5s, total: 1m}
    retry: {attempts: 1}
    actions:
      things.get: {get: /silence, returns: any}
      things.patient: {get: /things, timeout: 20s, returns: any}
      things.whole: {get: /silence, timeout: {read: 20s, total: 100ms}, returns: any}
    """

    def test_one_figure_or_five(self, way: list[Face], service: ScriptedService) -> None:
        service.on("GET", "/silence", reply(json=1, after_seconds=60.0))
        service.on("GET", "/things", reply(json=1, after_seconds=0.25))
        for face in way:
            face.options["base_url"] = service.url
            with pytest.raises(face.package.Timeout, match="no answer came in time"):
                face(lambda c: c.things.get())
            with pytest.raises(face.package.Timeout, match="deadline"):
                face(lambda c: c.things.whole())
            assert face(lambda c: c.things.patient()) == 1


def test_two_loops_with_one_certificate(mutual: str, certificates: Certificates) -> None:
    from ferrule_runtime.client import AsyncClient
    from ferrule_runtime.contract import Operation, template
    from tests.runtime.faces import connector_at

    tls = Tls(pfx=certificates.pfx, passphrase=template(PASSPHRASE), ca=certificates.ca)
    kind = type("Acme", (AsyncClient,), {"_connector": connector_at(mutual, tls=tls)})
    client = kind({}, {})
    get: Operation[Any] = Operation("things.get", "GET", "/things", returns=dict[str, Any])

    async def once() -> Any:
        found = await client._run(get)
        await client.aclose()
        return found

    assert [asyncio.run(once())["peer"] for _ in range(2)] == ["client", "client"]

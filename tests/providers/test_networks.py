"""Base URLs lead into the world, not into this house, unless the house says so."""

import ssl
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from ferrule_providers.core import Core
from ferrule_providers.faults import CannotStart
from ferrule_providers.form import Form
from ferrule_providers.networks import AddressRefused, Networks, resolve
from ferrule_runtime.connector import Connector, Setting
from ferrule_runtime.credentials.kinds import OAuth2, Request
from ferrule_runtime.network import Network
from ferrule_runtime.templates import ref, template
from tests.providers.conftest import TOKEN, open_api
from tests.services import secure
from tests.services.scripted import ScriptedService, reply

NAMES = {"public.example": ["93.184.216.34"], "inside.example": ["10.1.2.3"]}
NAMES["both.example"] = ["93.184.216.34", "127.0.0.1"]
PLAIN = ssl.create_default_context()


def networks(*allowed: str) -> Networks:
    return Networks(allowed, resolve=lambda host: NAMES.get(host, []))


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1"),
        *("fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
        *("fec0::1", "64:ff9b:1::7f00:1", "::127.0.0.1", "::ffff:0:7f00:1", "192.0.0.8"),
        *("inside.example", "both.example"),
    ],
)
def test_private_addresses_are_refused(host: str) -> None:
    assert networks().refuses(host)
    assert not networks("all").refuses(host)


@pytest.mark.parametrize(
    "host", ["93.184.216.34", "2606:2800:220:1::1", "public.example", "unknown"]
)
def test_public_addresses_are_called(host: str) -> None:
    assert not networks().refuses(host)


def test_a_network_is_allowed_by_name() -> None:
    some = networks("10.0.0.0/8")
    assert not some.refuses("inside.example")
    assert some.refuses("127.0.0.1")
    with pytest.raises(CannotStart):
        Networks(["10.0.0.0/99"])


def test_names_are_resolved_by_the_system() -> None:
    assert "127.0.0.1" in resolve("localhost")
    assert resolve("a" * 300) == []


CONNECTOR = Connector(
    name="house",
    settings=(Setting("account"), Setting("server", type="url", default="https://public.example")),
    values={"host": template(ref("account"), ".example")},
    base_url=template(ref("server"), "/v1"),
    hosts={"files": template("https://", ref("host"))},
)


def test_the_setting_that_leads_there_is_named() -> None:
    form = Form.of(CONNECTOR)
    check = networks().check
    assert check(form, {"account": "public"}) == []
    assert [each.pointer for each in check(form, {"account": "inside"})] == ["/account"]
    private = {"account": "public", "server": "http://10.0.0.1"}
    assert [each.pointer for each in check(form, private)] == ["/server"]


def test_a_set_up_that_leads_inside_is_refused(
    make_core: Callable[..., Core], sqlite_url: str
) -> None:
    api = open_api(make_core(sqlite_url, networks=networks()))
    for server in ("http://127.0.0.1:9", "http://[::1]", "https://inside.example"):
        answer = api.set_up(server=server)
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/server", "private-network")
        assert TOKEN not in answer.text
    assert api.set_up(server="https://public.example").status_code == 200


def dialling(rules: Networks, connector: Connector, way: Network | None = None) -> httpx.Client:
    """A client over the transport of these rules."""
    return httpx.Client(transport=rules.transport(connector, PLAIN, way), trust_env=False)


def test_what_is_dialled_is_what_was_checked(service: ScriptedService) -> None:
    service.on("GET", "/v1", reply(json={}))
    port = service.server.ports[0]
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    moving = Networks(["127.0.0.0/8"], resolve=lambda _host: next(answers))
    with dialling(moving, CONNECTOR) as client:
        assert client.get(f"http://moving.example:{port}/v1").status_code == 200
    assert service.requests[0].header("Host") == f"moving.example:{port}"
    with (
        dialling(moving, CONNECTOR) as client,
        pytest.raises(AddressRefused),
    ):
        client.get(f"http://moving.example:{port}/v1")
    assert len(service.requests) == 1
    with (
        dialling(networks(), CONNECTOR) as client,
        pytest.raises(AddressRefused),
    ):
        client.get(service.url)


def test_a_host_that_the_connector_fixes_is_its_authors_choice(service: ScriptedService) -> None:
    service.on("GET", "/v1", reply(json={}))
    fixed = Connector(name="fixed", base_url=template(service.url))
    with dialling(networks(), fixed) as client:
        assert client.get(f"{service.url}/v1").status_code == 200


def test_a_name_that_had_no_address_is_not_asked_for_again() -> None:
    nowhere = Networks(resolve=lambda _host: [])
    with dialling(nowhere, CONNECTOR) as client:
        for host in ("localhost", "127.1", "2130706433"):
            with pytest.raises(httpx.ConnectError, match="no address"):
                client.get(f"http://{host}:1/")


GUARDED = Connector(
    name="guarded",
    settings=(Setting("login_host"), Setting("client_id"), Setting("client_secret", type="secret")),
    base_url=template("https://public.example"),
    auth=OAuth2(token=Request("POST", template("https://", ref("login_host"), "/token"))),
)


def test_addresses_that_give_out_tokens_are_addresses_too() -> None:
    form = Form.of(GUARDED)
    assert form.used_by_addresses() == {"login_host"}
    assert networks().check(form, {"login_host": "public.example"}) == []
    (fault,) = networks().check(form, {"login_host": "inside.example"})
    assert fault.pointer == "/login_host"


BEHIND = Connector(
    name="behind",
    settings=(
        Setting("server", type="url"),
        Setting("way_out", type="secret"),
        Setting("socket"),
    ),
    base_url=template(ref("server")),
    proxy=ref("way_out"),
    socket=ref("socket"),
)


def test_a_proxy_is_dialled_where_an_address_may_be(service: ScriptedService) -> None:
    for host in ("known-to-the-proxy.example", "10.1.2.3"):
        service.on("GET", f"http://{host}/", reply(json={}))
    way = Network(proxy=f"http://proxy.example:{service.server.ports[0]}")
    known = {"proxy.example": ["127.0.0.1"], "inside.example": ["10.1.2.3"]}

    def rules(*allowed: str) -> Networks:
        return Networks(allowed, resolve=lambda host: known.get(host, []))

    with dialling(rules(), BEHIND, way) as client, pytest.raises(AddressRefused):
        client.get("http://public.example/")
    with dialling(rules("127.0.0.0/8"), BEHIND, way) as client:
        # What the proxy is asked for is looked at as well; a name that only it knows is its own.
        for host in ("inside.example", "169.254.169.254", "[::1]"):
            with pytest.raises(AddressRefused):
                client.get(f"http://{host}/")
        assert service.requests == []
        assert client.get("http://known-to-the-proxy.example/").status_code == 200
    fixed = Network(proxy=service.url)
    author = Connector(name="author", base_url=template("http://10.1.2.3"), proxy=fixed.proxy)
    with dialling(rules(), author, fixed) as client:
        assert client.get("http://10.1.2.3/").status_code == 200


def test_a_proxy_of_a_set_up_leads_into_no_private_network() -> None:
    form = Form.of(BEHIND)
    given = {"server": "https://public.example", "way_out": "socks5h://me:pw@inside.example:1"}
    (fault,) = networks().check(form, given)
    assert (fault.pointer, fault.code) == ("/way_out", "private-network")
    assert networks("10.0.0.0/8").check(form, given) == []


def test_a_socket_is_allowed_by_its_path_alone(tmp_path: Path) -> None:
    folder, other = tmp_path / "allowed", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    form = Form.of(BEHIND)
    with secure.unix_service(other / "erp.sock"), secure.unix_service(folder / "erp.sock"):
        (folder / "leads-away.sock").symlink_to(other / "erp.sock")
        for path, allowed, is_good in (
            (folder / "erp.sock", folder, True),
            (folder / "erp.sock", folder / "erp.sock", True),
            (folder / "erp.sock", "all", False),
            (other / "erp.sock", folder, False),
            (folder / ".." / "other" / "erp.sock", folder, False),
            (folder / "leads-away.sock", folder, False),
        ):
            rules = networks(str(allowed))
            faults = rules.check(form, {"server": "http://127.0.0.1", "socket": str(path)})
            assert [each.pointer for each in faults] == ([] if is_good else ["/socket"]), path
            with dialling(rules, BEHIND, Network(socket=str(path))) as client:
                if is_good:
                    assert client.get("http://127.0.0.1/").status_code == 200
                else:
                    with pytest.raises(AddressRefused):
                        client.get("http://127.0.0.1/")
        author = Connector(name="author", socket=str(other / "erp.sock"))
        with dialling(networks(), author, Network(socket=str(other / "erp.sock"))) as client:
            assert client.get("http://127.0.0.1/").status_code == 200

"""Base URLs lead into the world, not into this house, unless the house says so."""

from collections.abc import Callable

import httpx
import pytest

from ferrule_providers.core import Core
from ferrule_providers.faults import CannotStart
from ferrule_providers.form import Form
from ferrule_providers.networks import AddressRefused, Networks, resolve
from ferrule_runtime.connector import Connector, Setting
from ferrule_runtime.credentials.kinds import OAuth2, Request
from ferrule_runtime.templates import ref, template
from tests.providers.conftest import TOKEN, open_api
from tests.services.scripted import ScriptedService, reply

NAMES = {"public.example": ["93.184.216.34"], "inside.example": ["10.1.2.3"]}
NAMES["both.example"] = ["93.184.216.34", "127.0.0.1"]


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


def test_what_is_dialled_is_what_was_checked(service: ScriptedService) -> None:
    service.on("GET", "/v1", reply(json={}))
    port = service.server.ports[0]
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    moving = Networks(["127.0.0.0/8"], resolve=lambda _host: next(answers))
    with httpx.Client(transport=moving.transport(CONNECTOR)) as client:
        assert client.get(f"http://moving.example:{port}/v1").status_code == 200
    assert service.requests[0].header("Host") == f"moving.example:{port}"
    with (
        httpx.Client(transport=moving.transport(CONNECTOR)) as client,
        pytest.raises(AddressRefused),
    ):
        client.get(f"http://moving.example:{port}/v1")
    assert len(service.requests) == 1
    with (
        httpx.Client(transport=networks().transport(CONNECTOR)) as client,
        pytest.raises(AddressRefused),
    ):
        client.get(service.url)


def test_a_host_that_the_connector_fixes_is_its_authors_choice(service: ScriptedService) -> None:
    service.on("GET", "/v1", reply(json={}))
    fixed = Connector(name="fixed", base_url=template(service.url))
    with httpx.Client(transport=networks().transport(fixed)) as client:
        assert client.get(f"{service.url}/v1").status_code == 200


def test_a_name_that_had_no_address_is_not_asked_for_again() -> None:
    nowhere = Networks(resolve=lambda _host: [])
    with httpx.Client(transport=nowhere.transport(CONNECTOR)) as client:
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

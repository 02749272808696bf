"""`ferrule providers` is the service's own command under another name."""

import sys

import pytest

from tests.cli.calling import Ferrule


def test_it_lists_the_commands_of_the_service(ferrule: Ferrule) -> None:
    ran = ferrule("providers")
    assert ran.code == 0
    assert "serve" in ran.out
    assert "migrate" in ran.out


def test_what_follows_is_the_services_to_read(ferrule: Ferrule) -> None:
    ran = ferrule("providers", "serve", "-h")
    assert ran.code == 0
    assert "--new-key" in ran.out
    assert "ferrule providers serve" in ran.out


def test_a_wrong_option_of_the_service_is_wrong_usage(ferrule: Ferrule) -> None:
    ran = ferrule("providers", "serve", "--workerz", "2")
    assert ran.code == 2
    assert "--workerz" in ran.err


def test_without_the_service_it_says_what_to_install(
    ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "ferrule_providers"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ferrule_providers", None)
    ran = ferrule("providers", "serve")
    assert ran.code == 2
    assert "pip install 'ferrule[providers]'" in ran.err

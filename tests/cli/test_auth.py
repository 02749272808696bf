"""`ferrule auth`: what it says where nobody can sign in; sign-ins are shown in tests/e2e."""

from pathlib import Path

import pytest

from ferrule.cli.main import main

SPEC = """
ferrule: 1
connector: acme
version: 1.0.0
base_url: https://api.acme.example
settings: {client_id: string, key?: secret}
auth:
  one_of:
    person:
      oauth2:
        authorize: https://id.acme.example/authorize
        token: https://id.acme.example/token
        client_auth: none
    machine: {token: "${key}"}
actions: {me: {get: /me, returns: any}}
"""


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("FERRULE_TOKEN_STORE", str(tmp_path / "tokens"))
    monkeypatch.delenv("ACME_CLIENT_ID", raising=False)
    path = tmp_path / "acme.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return str(path)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_nobody_has_signed_in_yet(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["auth", "status", spec, "-s", "client_id=me", "--auth", "person"]) == 1
    assert "not signed in" in said(capsys)


def test_a_missing_setting_is_named(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["auth", "login", spec, "--auth", "person"]) == 2
    assert "ACME_CLIENT_ID" in said(capsys)


def test_a_kind_that_needs_nobody(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["auth", "login", spec, "--auth", "machine", "-s", "key=a-key"]) == 2
    assert "nobody signs in here" in said(capsys)


def test_an_address_that_cannot_be_listened_on(
    spec: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["auth", "login", spec, "--auth", "person", "-s", "client_id=me", "--no-browser"]
    assert main([*words, "--redirect-uri", "https://127.0.0.1/back"]) == 2
    assert "https://127.0.0.1/back" in said(capsys)


def test_nobody_comes(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["auth", "login", spec, "--auth", "person", "-s", "client_id=me", "--no-browser"]
    assert main([*words, "--timeout", "0.1"]) == 1
    told = said(capsys)
    assert "https://id.acme.example/authorize?response_type=code" in told
    assert "nobody signed in in time" in told


@pytest.mark.parametrize("word", ["no_such_package", "json"])
def test_a_word_that_is_no_package(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["auth", "status", word]) == 2
    assert word in said(capsys)


def test_a_spec_with_errors_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(SPEC.replace("token: https", "tokn: https"), encoding="utf-8")
    assert main(["auth", "status", str(path)]) == 1
    assert "unknown-key" in said(capsys)

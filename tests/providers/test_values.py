"""Values are read strictly, the client takes what was read, and no fault repeats what was given."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_providers.installed import Installed
from ferrule_providers.values import WrongValue, as_argument, read_body, read_value
from ferrule_runtime.connector import Setting
from ferrule_runtime.settings import read_setting

TYPES = (
    *("string", "secret", "integer", "number", "boolean", "date", "datetime", "duration", "url"),
    *("file", "json_secret", "list(string)", "list(url)", "map(string)", "map(secret)", "map"),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def tried(setting: Setting, value: Any) -> Any:
    """What a value is read as, or why it is refused."""
    try:
        return read_value(setting, value)
    except WrongValue as wrong:
        return wrong


@given(st.sampled_from(TYPES), json_values)
def test_any_value_is_read_or_refused(kind: str, value: Any) -> None:
    setting = Setting("name", type=kind)
    read = tried(setting, value)
    if isinstance(read, WrongValue):
        assert read.code
        assert read.__context__ is None
        return
    read_setting(setting, as_argument(setting, read), {})
    if kind not in ("file", "json_secret"):
        assert read_value(setting, read) == read


@given(st.sampled_from(TYPES), st.text("abcdefghijklm0123456789", min_size=12, max_size=40))
def test_no_fault_repeats_a_value(kind: str, canary: str) -> None:
    for setting in (
        Setting("name", type=kind, pattern="never-[!]", example="x"),
        Setting("name", type=kind, choices=("one", "two")),
    ):
        for value in (canary, [canary], {canary: canary}, {"base64": canary}):
            read = tried(setting, value)
            if isinstance(read, WrongValue):
                assert canary not in read.detail + read.inside


@pytest.mark.parametrize(
    ("setting", "given_value", "read"),
    [
        (Setting("a"), "  text \n", "text"),
        (Setting("a", strip=("https://", ".example.com")), "https://acme.example.com", "acme"),
        (Setting("a", type="secret"), " blanks belong \r\n", " blanks belong "),
        (Setting("a", type="integer"), 7, 7),
        (Setting("a", type="number"), 7.5, 7.5),
        (Setting("a", type="date"), "2026-11-21", "2026-11-21"),
        (Setting("a", type="datetime"), "2026-11-21T21:40:00Z", "2026-11-21T21:40:00+00:00"),
        (Setting("a", type="duration"), "30s", "30s"),
        (Setting("a", type="url"), "https://a.example/x", "https://a.example/x"),
        (Setting("a", type="list", item="string"), ["x", " y "], ["x", "y"]),
        (Setting("a", type="json_secret"), {"k": "v"}, '{"k": "v"}'),
        (Setting("a", type="enum", choices=("x", "y")), "x", "x"),
    ],
)
def test_good_values(setting: Setting, given_value: Any, read: Any) -> None:
    assert read_value(setting, given_value) == read


def test_files_are_kept_whole() -> None:
    setting = Setting("a", type="file")
    content = bytes(range(256))
    read = read_value(setting, {"base64": base64.b64encode(content).decode()})
    assert as_argument(setting, read) == content
    assert as_argument(setting, read_value(setting, "plain text")) == b"plain text"


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        (Setting("a"), "", "empty"),
        (Setting("a"), "x" * 100_001, "length"),
        (Setting("a"), "a\x00b", "characters"),
        (Setting("a"), "a\x1bb", "characters"),
        (Setting("a", pattern="[a-z]+"), "A", "pattern"),
        (Setting("a", pattern="(a+)+b"), "a" * 5_000, "pattern"),
        (Setting("a", type="integer"), True, "type"),
        (Setting("a", type="integer"), "7", "type"),
        (Setting("a", type="integer"), 1 << 70, "range"),
        (Setting("a", type="number"), float("nan"), "type"),
        (Setting("a", type="boolean"), "yes", "type"),
        (Setting("a", type="date"), "21.11.2026", "format"),
        (Setting("a", type="datetime"), "2026-11-21T21:40:00", "format"),
        (Setting("a", type="duration"), "-3s", "format"),
        (Setting("a", type="url"), "https://me:pw@a.example", "format"),
        (Setting("a", type="url"), "https://a.example/#x", "format"),
        (Setting("a", type="url"), "javascript:alert(1)", "format"),
        (Setting("a", type="url"), "https://", "format"),
        (Setting("a", type="json_secret"), "[]", "format"),
        (Setting("a", type="list", item="string"), ["x"] * 1_001, "length"),
    ],
)
def test_wrong_values(setting: Setting, value: Any, code: str) -> None:
    with pytest.raises(WrongValue) as met:
        read_value(setting, value)
    assert met.value.code == code


@given(st.dictionaries(st.text(max_size=20), json_values, max_size=6))
def test_any_body_is_read(installed: Installed, body: dict[str, Any]) -> None:
    form = installed["acme"].form
    given_fields = read_body(form, body)
    assert set(given_fields.values) | given_fields.cleared <= {
        setting.name for setting in form.settings
    }


def test_an_unknown_name_is_guessed_at_and_not_repeated(installed: Installed) -> None:
    found = read_body(installed["acme"].form, {"api_tokn": "x", "s3cr3t-in-the-wrong-place": 1})
    (fault,) = found.faults
    assert "Did you mean api_token?" in fault.detail
    assert "s3cr3t" not in fault.detail
    assert "api_tokn." not in fault.detail


@pytest.mark.parametrize("gap", [" ", ""])
def test_a_key_in_pem_survives_a_field_of_one_line(gap: str) -> None:
    """Browsers paste several lines into a password field with blanks between them."""
    block = "\n".join(
        ["-----BEGIN RSA PRIVATE KEY-----", "A" * 64, "b+/" * 12, "-----END RSA PRIVATE KEY-----"]
    )
    setting = Setting("private_key", type="secret")
    for text in (block, f"{block}\n{block}"):
        assert read_value(setting, text + "\n") == text
        assert read_value(setting, text.replace("\n", gap)) == text
    for other in ("one -----BEGIN", "-----BEGIN X----- a: b -----END X-----", "a  b"):
        assert read_value(setting, other) == other

"""Whatever comes back from a browser or out of a store: read, or refused in words of ours."""

import string

from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.credentials.oauth.loopback import Loopback
from ferrule_runtime.credentials.oauth.pending import RedirectFault, parameters_of
from ferrule_runtime.credentials.shelf import KeptToken, key_of

TEXT = st.text(max_size=60)
PAIRS = st.dictionaries(TEXT.filter(bool), TEXT, max_size=5)


@given(TEXT)
def test_a_redirect_is_read_or_refused(text: str) -> None:
    try:
        found = parameters_of(text)
    except (RedirectFault, ValueError):
        return
    assert all(isinstance(each, str) for pair in found.items() for each in pair)
    assert repr(found) == f"Hidden({', '.join(found)})"


@given(PAIRS)
def test_what_a_service_puts_into_an_address_is_what_is_read(pairs: dict[str, str]) -> None:
    from urllib.parse import urlencode

    assert parameters_of(f"http://127.0.0.1:1/callback?{urlencode(pairs)}") == pairs
    assert parameters_of(pairs) == pairs


@given(TEXT, TEXT)
def test_no_page_but_the_service_s_ends_a_sign_in(target: str, host: str) -> None:
    with Loopback() as loopback:
        loopback._state = "a state that nobody else knows"
        status, _, _ = loopback.answer(target, host)
        assert status in (400, 404)
        status, _, _ = loopback.answer(f"/callback?state={target}", loopback.redirect_uri[7:-9])
        assert status == 400
        assert loopback._found is None


@given(st.one_of(st.none(), TEXT, st.text('{}[]":,0123456789abctrue_', max_size=80)))
def test_what_a_store_holds_is_read_or_is_nothing(text: str | None) -> None:
    kept = KeptToken.from_text(text)
    assert kept is None or KeptToken.from_text(kept.as_text()) is not None


@given(TEXT, st.one_of(st.none(), TEXT), TEXT)
def test_a_key_is_a_name_everywhere(connector: str, name: str | None, identity: str) -> None:
    key = key_of(connector, name, identity)
    assert set(key) <= {*string.ascii_letters, *string.digits, "_", "-"}
    assert 0 < len(key) < 200
    assert key == key_of(connector, name, identity)

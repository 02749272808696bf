"""The guess at what was meant."""

import pytest

from ferrule.diagnostics import near
from ferrule.diagnostics.nearness import _SYNONYMS

KEYS = {
    *("ferrule", "connector", "version", "title", "base_url", "settings", "values", "auth"),
    *("rate_limit", "rate_limits", "paging", "pagings", "envelope", "test", "actions", "models"),
    *("errors", "retry", "timeout", "query", "headers", "body", "returns", "description", "token"),
}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("vesion", "version"),
        ("Actions", "actions"),
        ("base-url", "base_url"),
        ("baseUrl", "base_url"),
        ("BASE_URL", "base_url"),
        (".title", "title"),
        ("authh", "auth"),
        ("desc", "description"),
        ("conn", "connector"),
        ("аuth", "auth"),
        ("ｑｕｅｒｙ", "query"),
        ("pagination", "paging"),
        ("parameters", "settings"),
        ("params", "query"),
        ("rate_limiting", "rate_limit"),
        ("authentication", "auth"),
        ("Schemas", "models"),
        ("bearer", "token"),
        ("endpoints", "actions"),
    ],
)
def test_good_guesses(word: str, meant: str) -> None:
    assert near(word, KEYS) == meant


@pytest.mark.parametrize("word", ["xyz", "", "zz", "😀", "a" * 10_000])
def test_no_guess_is_better_than_a_bad_one(word: str) -> None:
    assert near(word, KEYS) is None


def test_a_beginning_that_fits_two_words_says_nothing() -> None:
    assert near("abc", ["abcdefghij", "abcxyzuvwt"]) is None
    assert near("abc", ["abcdefghij"]) == "abcdefghij"


def test_a_synonym_counts_only_where_its_word_does() -> None:
    assert near("pagination", ["query", "headers"]) is None
    assert near("anything", []) is None


def test_the_same_word_joined_otherwise_is_meant_before_a_synonym() -> None:
    assert near("apikey", {"token", "api_key"}) == "api_key"
    assert near("apikey", {"token"}) == "token"


def test_the_order_of_the_candidates_does_not_matter() -> None:
    words = ["name_a", "name_b", "name_c"]
    assert near("name_d", words) == near("name_d", reversed(words)) == near("name_d", set(words))


def test_the_list_of_synonyms_is_in_order() -> None:
    assert list(_SYNONYMS) == sorted(_SYNONYMS)
    assert all(word == word.lower() for word in _SYNONYMS)

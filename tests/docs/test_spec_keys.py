"""The page of all keys is what the schema says, and each key that it lists can be looked up."""

from ferrule.exports.spec_keys import keys_page
from tests.services.real import REPOSITORY

PAGE = REPOSITORY / "docs" / "spec-keys.md"


def test_the_page_of_all_keys_is_up_to_date() -> None:
    assert keys_page() == PAGE.read_text(encoding="utf-8"), "`make docs` writes it"


def test_every_part_that_a_key_leads_to_has_a_section() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    sections = {line.removeprefix("## ") for line in lines if line.startswith("## ")}
    linked = {part.partition(")")[0] for line in lines for part in line.split("](#")[1:]}
    assert linked
    assert linked <= sections

"""docs/coverage.md is what the counts make, and every spec behind a yes compiles."""

from benchmarks.coverage import collections, main


def test_the_page_is_what_the_counts_make() -> None:
    assert main(["--check"]) == 0


def test_every_row_is_a_count_of_its_collection() -> None:
    for collection in collections():
        most = 100.0 if collection["unit"] == "%" else 1013
        names = [name for name, _, _ in collection["rows"]]
        assert len(set(names)) == len(names)
        for name, count, spec in collection["rows"]:
            assert 0 < count <= most, name
            assert isinstance(spec, str), name

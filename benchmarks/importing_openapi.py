"""Imports and compiles a corpus of real OpenAPI documents, and prints what came of it.

`python -m benchmarks.importing_openapi [--documents FOLDER] [--work FOLDER] [--skip-mypy] [NAME …]`
"""

import argparse
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.corpus import Outcome, corpus, keep, mypy_faults, outcome_of
from benchmarks.measure import table

DOCUMENTS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"
LONGEST_NAME = 60
_BATCH_OPERATIONS = 600
READ = (
    "jupyter_server", "svix", "lakefs", "resend", "train_travel_31", "paypal_payouts",
    "pagerduty_scim", "docusign_click_v1", "shipbob_swagger", "listennotes_31",
)  # fmt: skip
"""The imported specs that docs/imported-specs.md says were read from the first line to the last."""
READ_IN_PART = ("stripe", "asana", "trello", "discord", "gusto", "twilio_verify_v2")
"""Those of which only parts were read, as the same page says."""


def main() -> None:
    """Print the figures of the whole corpus, where there is one."""
    arguments = _arguments()
    if not (arguments.documents / "index.json").exists():
        print(f"no documents: {arguments.documents} has no index.json", file=sys.stderr)
        return
    if arguments.work is not None:
        arguments.work.mkdir(parents=True, exist_ok=True)
        _measure(arguments, arguments.work)
        return
    with tempfile.TemporaryDirectory() as name:
        _measure(arguments, Path(name))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.importing_openapi")
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, metavar="FOLDER")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="kept; default: a passing one")
    parser.add_argument("--skip-mypy", action="store_true")
    parser.add_argument("--seconds", type=float, default=600, help="for each process")
    own = Path(sys.argv[0]).stem == "importing_openapi"
    return parser.parse_args(None if own else [])


def _measure(arguments: argparse.Namespace, work: Path) -> None:
    outcomes = []
    for document in corpus(arguments.documents, arguments.names):
        found = outcome_of(document, work, seconds=arguments.seconds)
        outcomes.append(found)
        print(_line(found), file=sys.stderr, flush=True)
        keep(outcomes, work / "outcomes.jsonl")
    if not arguments.skip_mypy:
        _check_types(outcomes, work)
        keep(outcomes, work / "outcomes.jsonl")
    _print(outcomes, is_typed=not arguments.skip_mypy)


def _line(found: Outcome) -> str:
    state = f"FAILED {found.failed}: {found.told}" if found.failed else "ok"
    counted = f"{len(found.actions)}/{found.operations}"
    taken = " ".join(f"{name} {seconds:.1f}" for name, seconds in found.cpu_seconds.items())
    return f"{found.name:28} {counted:>11} {taken:40} {state}"


def _check_types(outcomes: list[Outcome], work: Path) -> None:
    """Strict mypy over all packages, some at a time."""
    batch: list[Outcome] = []
    ready = [each for each in outcomes if each.compiled]
    for each in sorted(ready, key=lambda each: each.operations):
        batch.append(each)
        if sum(one.operations for one in batch) >= _BATCH_OPERATIONS or each is ready[-1]:
            _check_batch(batch, work)
            batch = []
    if batch:
        _check_batch(batch, work)


def _check_batch(batch: list[Outcome], work: Path) -> None:
    faults = mypy_faults(work, [each.connector for each in batch])
    for each in batch:
        if faults[each.connector]:
            each.failed = each.failed or "mypy"
            each.told = each.told or "\n".join(faults[each.connector][:20])
            print(f"mypy {each.name}: {len(faults[each.connector])}", each.told, file=sys.stderr)
    print(f"mypy: {len(batch)} packages", file=sys.stderr, flush=True)


def _print(outcomes: list[Outcome], *, is_typed: bool) -> None:
    operations = sum(each.operations for each in outcomes)
    made = sum(min(len(each.actions), each.operations) for each in outcomes if each.compiled)
    whole = sum(not each.failed or each.failed == "mypy" for each in outcomes)
    documents = len(outcomes)
    cpu = sum(sum(each.cpu_seconds.get(s, 0) for s in ("import", "compile")) for each in outcomes)
    rows = [
        ["import and compile", f"{sum(each.compiled for each in outcomes)} of {documents}"],
        ["operations generated", f"{made} of {operations} ({made / operations:.2%})"],
        ["every module imports", f"{whole} of {documents}"],
    ]
    if is_typed:
        rows.append(["mypy strict clean", f"{sum(not e.failed for e in outcomes)} of {documents}"])
    rows.append(["CPU per 1,000 operations", f"{1000 * cpu / operations:.1f} s"])
    rows += _names(outcomes) + _texts(outcomes)
    table("Importing OpenAPI documents", ["what", "figure"], rows)
    _print_read("Specs that were read in full", outcomes, READ)
    _print_read("Specs that were read in part", outcomes, READ_IN_PART)
    for each in outcomes:
        if each.failed:
            print(f"\n{each.name} failed ({each.failed}): {each.told}")
        if each.compiled and len(each.actions) < each.operations:
            print(f"\n{each.name}: {each.operations - len(each.actions)} operations are left out")
    lost = Counter(message for each in outcomes for message in set(each.lost))
    print(f"\nWhat could not be said ({sum(len(each.lost) for each in outcomes)} findings):")
    for message, count in lost.most_common(40):
        print(f"- {message}" + (f" (in {count} documents)" if count > 1 else ""))


def _print_read(title: str, outcomes: list[Outcome], names: tuple[str, ...]) -> None:
    """What can be counted of the specs that people have read, in the order of their names."""
    by_name = {each.name: each for each in outcomes if each.actions}
    rows = []
    for each in (by_name[name] for name in names if name in by_name):
        one_word = sum("_" not in name.rsplit(".", 1)[-1].rstrip("_") for name in each.actions)
        rows.append(
            [
                each.name,
                str(each.lines),
                str(len(each.actions)),
                f"{each.lines / len(each.actions):.0f}",
                f"{one_word / len(each.actions):.0%}",
                str(max(map(len, each.actions))),
                f"{each.paged} of {each.lists}",
                str(each.findings.get("import-guess", 0)),
                str(len(each.lost)),
            ]
        )
    heads = ["spec", "lines", "actions", "lines an action", "one-word methods", "longest name"]
    heads += ["lists that page by themselves", "guesses", "not carried over"]
    if rows:
        table(title, heads, rows)


def _names(outcomes: list[Outcome]) -> list[list[str]]:
    """How the names of actions read: as `client.` is followed by them."""
    names = [name for each in outcomes for name in each.actions]
    count = max(1, len(names))
    long = sum(len(name) > LONGEST_NAME for name in names)
    one_word = sum("_" not in name.rsplit(".", 1)[-1].rstrip("_") for name in names)
    return [
        ["names longer than 60 characters", f"{long} ({long / count:.2%})"],
        ["one-word methods", f"{one_word / count:.1%}"],
        ["median name", f"{statistics.median(map(len, names)):.0f} characters"] if names else [],
    ]


def _texts(outcomes: list[Outcome]) -> list[list[str]]:
    found = [each.lines / len(each.actions) for each in outcomes if each.actions]
    if not found:
        return []
    return [["lines of spec an action, median over documents", f"{statistics.median(found):.1f}"]]


if __name__ == "__main__":
    main()

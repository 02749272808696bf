"""The passes run in order, each tells all it finds, and the first with errors is the last."""

import subprocess
import sys
from pathlib import Path

import pytest

from ferrule import __version__, pipeline
from ferrule.diagnostics import Report
from ferrule.forms.package import CONTRACT
from ferrule.forms.source import SourceFile
from ferrule.pipeline import check_spec, compare_packages, compile_spec, compile_specs
from tests.cli.specs import ACME, BROKEN
from tests.compiler.packages import rules


def source(text: str, name: str = "x.yaml") -> SourceFile:
    return SourceFile(name, text)


def test_a_good_spec_takes_all_forms() -> None:
    report = Report()
    checked = check_spec(source(ACME), report)
    assert checked is not None
    assert len(report) == 0
    assert checked.tree.data["connector"] == "acme"
    assert checked.spec.connector == "acme"
    assert checked.package.connector == "acme"


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(ACME)
    report = Report()
    assert check_spec(tmp_path / "x.yaml", report) is not None
    assert check_spec(tmp_path / "missing.yaml", report) is None
    assert rules(report) == ["file-not-found"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ACME.replace("title: Acme", "title: Acme: yes\nx: *a"), {"colon-in-value", "alias"}),
        (BROKEN, {"unknown-key", "unknown-model", "bad-type"}),
    ],
)
def test_a_pass_tells_all_it_finds_and_the_next_does_not_run(text: str, found: set[str]) -> None:
    report = Report()
    assert check_spec(source(text), report) is None
    assert set(rules(report)) == found
    assert compile_spec(source(text), Report()) is None


def test_findings_of_one_spec_do_not_stop_another() -> None:
    report = Report()
    assert check_spec(source(BROKEN, "a.yaml"), report) is None
    assert check_spec(source(ACME, "b.yaml"), report) is not None
    assert {finding.path for finding in report} == {"a.yaml"}


def test_a_package_is_polished_and_has_its_manifest() -> None:
    compiled = compile_spec(source(ACME), Report())
    assert compiled is not None
    manifest = compiled.manifest
    assert (manifest.connector, manifest.ferrule, manifest.contract) == (
        "acme",
        __version__,
        CONTRACT,
    )
    assert set(manifest.files) == set(compiled.files.files)
    for name, text in compiled.files.files.items():
        assert text.endswith("\n") or not text, name


def test_line_ends_of_a_checkout_do_not_change_the_package() -> None:
    one = compile_spec(source(ACME), Report())
    other = compile_spec(source(ACME.replace("\n", "\r\n")), Report())
    assert one is not None
    assert other is not None
    assert one.files == other.files
    assert one.manifest == other.manifest


def test_every_spec_is_compiled_before_one_fails() -> None:
    heard: list[tuple[object, str]] = []
    report = Report()
    specs = [source(BROKEN, "a.yaml"), source(ACME, "b.yaml"), source(BROKEN, "c.yaml")]
    assert compile_specs(specs, report, on_stage=lambda *each: heard.append(each)) is None
    a, b, c = specs
    assert heard == [
        *((a, "checking"), (a, "done")),
        *((b, "checking"), (b, "writing code"), (b, "polishing"), (b, "done")),
        *((c, "checking"), (c, "done")),
    ]
    assert {finding.path for finding in report} == {"a.yaml", "c.yaml"}


def test_several_processes_make_the_same_in_the_same_order() -> None:
    specs = [
        source(ACME.replace("connector: acme", f"connector: a{n}") + "\n" * n, f"{n}.yaml")
        for n in range(4)
    ]
    report, apart = Report(), Report()
    alone = compile_specs(specs, report)
    heard: list[tuple[object, str]] = []
    together = compile_specs(specs, apart, jobs=2, on_stage=lambda *each: heard.append(each))
    assert alone is not None
    assert together is not None
    assert [each.files for each in together] == [each.files for each in alone]
    assert [each.manifest for each in together] == [each.manifest for each in alone]
    assert sorted(str(spec) for spec, _ in heard) == sorted(map(str, specs))
    broken = [*specs, source(BROKEN, "x.yaml"), source(BROKEN, "y.yaml")]
    assert compile_specs(broken, report, jobs=1) is None
    assert compile_specs(broken, apart, jobs=3) is None
    assert list(apart) == list(report)


def test_connectors_of_one_name_are_a_finding_with_both_places() -> None:
    report = Report()
    assert compile_specs([source(ACME, "a.yaml"), source(ACME, "b.yaml")], report) is None
    (finding,) = report
    assert (finding.rule, finding.path, finding.position) == (
        "duplicate-connector",
        "b.yaml",
        (2, 12),
    )
    ((first, span, _),) = finding.notes
    assert first is not None
    assert span is not None
    assert (first.path, first.position(span.start)) == ("a.yaml", (2, 12))


def test_a_package_that_is_not_there_is_out_of_date(tmp_path: Path) -> None:
    packages = compile_specs([source(ACME)], Report())
    assert packages is not None
    report = Report()
    (difference,) = compare_packages(packages, tmp_path / "out", report)
    assert len(difference.missing) == len(packages[0].files.files) + 1
    assert rules(report) == ["out-of-date"]
    assert not (tmp_path / "out").exists()
    assert len(pipeline.write_packages(packages, tmp_path / "out", report)) == 1
    assert compare_packages(packages, tmp_path / "out", Report()) == []


STOPS_EARLY = """
import sys
from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.pipeline import check_spec
assert check_spec(SourceFile("x.yaml", "a: [b"), Report()) is None
print(*sorted({"pydantic", "jinja2", "black"} & set(sys.modules)))
"""


def test_a_run_that_stops_early_loads_little() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STOPS_EARLY], capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"


A_GOOD_SPEC = f"""
import sys
from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.pipeline import compile_spec
compile_spec(SourceFile("x.yaml", {ACME!r}), Report())
apart = ("examples", "logins", "network", "oauth", "proofs", "requests", "sweeps", "triggers")
loaded = [f"ferrule.forms.{{name}}" for name in apart]
loaded += ["ferrule.passes.parse.closely", "ferrule.workers", "multiprocessing", "difflib"]
print(*(name for name in loaded if name in sys.modules))
"""


def test_a_spec_loads_the_forms_that_it_has() -> None:
    done = subprocess.run(
        [sys.executable, "-c", A_GOOD_SPEC], capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"

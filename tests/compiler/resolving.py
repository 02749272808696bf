"""Makes packages out of short specs, for tests that look at what the compiler writes."""

from ferrule.diagnostics import Diagnostic, Report
from ferrule.forms.files import FileSet
from ferrule.forms.package import PackageIR
from ferrule.forms.reading import read_form
from ferrule.forms.source import SourceFile
from ferrule.forms.spec import ConnectorSpec
from ferrule.passes.parse import parse
from ferrule.passes.polish import polish
from ferrule.passes.render import render
from ferrule.passes.resolve import resolve

HEAD = """\
ferrule: 1
connector: acme
version: 1.0.0
base_url: https://api.example.com
"""


def spec_text(text: str) -> str:
    """A whole spec: the text with what every spec has in front, unless it brings its own."""
    return text if text.startswith("ferrule:") else HEAD + text


def resolved(text: str) -> tuple[PackageIR | None, list[Diagnostic]]:
    """The package, or none, and what resolving found."""
    report = Report()
    tree = parse(SourceFile("spec.yaml", spec_text(text)), report)
    assert tree is not None, [finding.message for finding in report]
    spec = read_form(ConnectorSpec, tree.data)
    return resolve(spec, tree, report), list(report)


def package_of(text: str) -> PackageIR:
    """The package of a spec that nothing is wrong with."""
    package, found = resolved(text)
    assert package is not None, [finding.message for finding in found]
    return package


def files_of(text: str) -> dict[str, str]:
    """The polished files of a spec that nothing is wrong with."""
    return dict(polish(FileSet(render(package_of(text)).files)).files)


def module_of(text: str, path: str) -> str:
    """One polished module, by its path inside the package."""
    package = package_of(text)
    path = f"{package.package}/{path}"
    files = render(package).files
    return polish(FileSet({path: files[path]})).files[path]

"""How stable the way import, export, import is, over a corpus of real OpenAPI documents.

`python -m benchmarks.exporting_openapi [NAME …]`: each document is imported; what comes out is
written as OpenAPI and imported again. A document is stable where both specs have the same bytes.
"""

import difflib
import json
import sys
from pathlib import Path

from benchmarks.corpus import Document, corpus
from benchmarks.importing_openapi import DOCUMENTS
from benchmarks.measure import table
from ferrule.diagnostics import Report
from ferrule.exports.openapi import openapi_document
from ferrule.forms.source import SourceFile
from ferrule.imports.openapi import import_openapi
from ferrule.imports.spec_text import spec_text
from ferrule.passes.check import check
from ferrule.passes.parse import parse


def main() -> None:
    """Print how many documents come back as they were, and which do not."""
    names = sys.argv[1:] if Path(sys.argv[0]).stem == "exporting_openapi" else []
    if not (DOCUMENTS / "index.json").exists():
        print(f"no documents: {DOCUMENTS} has no index.json", file=sys.stderr)
        return
    rows: list[list[str]] = []
    count = losses = 0
    for document in corpus(DOCUMENTS, names):
        changed, lost = round_trip(document)
        count += 1
        losses += lost
        print(document.name, len(changed), lost, file=sys.stderr, flush=True)
        if changed:
            rows.append([document.name, str(len(changed)), changed[0].strip()])
    stable = f"{count - len(rows)} of {count}"
    print(f"\n{stable} documents are stable; {losses} findings of what OpenAPI cannot say\n")
    if rows:
        table("Not stable", ["document", "lines that differ", "the first"], rows)


def round_trip(document: Document) -> tuple[list[str], int]:
    """The lines that differ after import, export, import; how often the export lost something."""
    first = import_openapi(
        document.path.name, document.path.read_bytes(), Report(), home=document.path
    )
    assert first is not None
    report = Report()
    tree = parse(SourceFile("spec.yaml", spec_text(first.data)), report)
    spec = check(tree, report) if tree is not None else None
    assert tree is not None
    assert spec is not None, [each.message for each in report.errors]
    told = Report()
    exported = json.dumps(openapi_document(spec, tree, told)).encode()
    second = import_openapi("api.json", exported, Report())
    assert second is not None
    one, other = spec_text(tree.data).splitlines(), spec_text(second.data).splitlines()
    lines = difflib.unified_diff(one, other, lineterm="", n=0)
    changed = [each for each in lines if each[:1] in "+-" and each[:3] not in ("+++", "---")]
    return changed, len(list(told))


if __name__ == "__main__":
    main()

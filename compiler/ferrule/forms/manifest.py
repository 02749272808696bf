"""The manifest of a written package: which files are Ferrule's, and what they were made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from msgspec import Struct

from ferrule.forms.files import FileSet

MANIFEST_NAME = ".ferrule.json"
_FORMAT = 1


class ManifestError(ValueError):
    """A manifest's text cannot be used; the message says why."""


class Manifest(Struct, frozen=True):
    """What stands in `.ferrule.json` at the top of a package.

    `contract` is the number that the package and its runtime have to agree on, `ferrule` the
    version of the compiler, `spec_sha256` the digest of the spec's text, `files` the digest of
    every file by its path (POSIX, relative to the package's folder), without the manifest itself.
    """

    contract: int
    ferrule: str
    connector: str
    spec_sha256: str
    files: Mapping[str, str]

    @classmethod
    def of(
        cls, files: FileSet, *, contract: int, ferrule: str, connector: str, spec_sha256: str
    ) -> Manifest:
        """The manifest of polished files."""
        digests = {path: text_sha256(text.encode("utf-8")) for path, text in files.files.items()}
        return cls(contract, ferrule, connector, spec_sha256, digests)

    def to_text(self) -> str:
        """The manifest as JSON: keys in a fixed order, one file a line."""
        content = {
            "format": _FORMAT,
            "contract": self.contract,
            "ferrule": self.ferrule,
            "connector": self.connector,
            "spec_sha256": self.spec_sha256,
            "files": dict(sorted(self.files.items())),
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Manifest:
        """Reads a manifest that may have been changed or torn since. Raises ManifestError."""
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            raise ManifestError("it is not JSON") from None
        if not isinstance(content, dict):
            raise ManifestError("it is not a JSON object")
        if content.get("format") != _FORMAT:
            raise ManifestError(f"its format is {content.get('format')!r} and not {_FORMAT}")
        files = content.get("files")
        if not isinstance(files, dict) or not all(isinstance(v, str) for v in files.values()):
            raise ManifestError("its list of files is missing or damaged")
        contract = content.get("contract")
        if not isinstance(contract, int):
            raise ManifestError("its contract number is missing")
        words = [content.get(key) for key in ("ferrule", "connector", "spec_sha256")]
        if not all(isinstance(word, str) for word in words):
            raise ManifestError("`ferrule`, `connector` or `spec_sha256` is missing")
        ferrule, connector, spec_sha256 = map(str, words)
        return cls(contract, ferrule, connector, spec_sha256, files)


def text_sha256(content: bytes) -> str:
    """The digest of a text file. CR LF counts as LF: version control may have exchanged them."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()

"""Tells that a compile would change nothing, from digests alone and before anything is loaded.

A run that wrote its packages, or found them as they should be, leaves a record: the digests of its
inputs, of what made the packages and of every file in them. A later run that finds all of that as
it was has nothing to do. Whatever differs, is missing or cannot be read makes it compile again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256

from ferrule import __version__
from ferrule.keeping import Keep

_FORM = "1"
_KEEP = Keep("runs", most_in_folder=8)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SPEC_SUFFIXES = (".yaml", ".yml")
_HERE = os.path.dirname(os.path.abspath(__file__))
# A wheel holds the templates in the package, a checkout beside the compiler.
_TEMPLATE_FOLDERS = (
    os.path.join(_HERE, "templates"),
    os.path.join(os.path.dirname(os.path.dirname(_HERE)), "templates"),
)


def is_spec_name(name: str) -> bool:
    """Whether a file in a folder of specs is taken for one."""
    return name.endswith(_SPEC_SUFFIXES) and not name.startswith((".", "_"))


def is_part_name(name: str) -> bool:
    """Whether a spec may include a file of this name by a pattern."""
    return name.endswith(_SPEC_SUFFIXES) and not name.startswith(".")


def specs_below(folder: str) -> list[str]:
    """The YAML files in a folder and those inside it.

    Hidden files and folders are left out, and those that begin with `_`: they hold parts of specs.
    """
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        found += [os.path.join(parent, name) for name in names if is_spec_name(name)]
    return sorted(found)


def wish(specs: Sequence[str], output: str, output_format: str, *, is_coloured: bool) -> bytes:
    """What a run was asked for: the words of the command line that its result depends on."""
    return repr((os.getcwd(), [*specs], output, output_format, is_coloured)).encode(
        "utf-8", "surrogatepass"
    )


def remember(
    wished: bytes,
    specs: Sequence[str],
    inputs: Mapping[str, str],
    packages: Mapping[str, Mapping[str, str]],
    told: str,
) -> None:
    """Leaves the record of a run whose packages stand as they should.

    `specs` are the words that named specs, `inputs` the texts that were read, by path, `packages`
    the digests of each folder's files by their paths, and `told` is what stdout was given. Call
    `made_by` before the run begins: what changes meanwhile must not count as known.
    """
    lines = [f"made {made_by()}", *(f"spec {path}" for path in _named(specs))]
    lines += [f"input {sha256(text.encode()).hexdigest()} {path}" for path, text in inputs.items()]
    for folder, files in packages.items():
        lines.append(f"folder {folder}")
        lines += [f"file {digest} {path}" for path, digest in files.items()]
    text = "\n".join(lines)
    if text.count("\n") == len(lines) - 1 and "\r" not in text:
        content = f"{_FORM}\n{len(lines)}\n{text}\n{told}"
        _KEEP.write(wished, content.encode("utf-8", "surrogateescape"))


def recall(wished: bytes, specs: Sequence[str]) -> tuple[list[str], str] | None:
    """The folders that are up to date and what is to be told on stdout; None if any may not be."""
    content = _KEEP.read(wished)
    if content is None:
        return None
    form, _, rest = content.decode("utf-8", "surrogateescape").partition("\n")
    count, _, rest = rest.partition("\n")
    if form != _FORM:
        return None
    *lines, told = rest.split("\n", int(count))
    try:
        folders = _standing(lines, specs)
    except OSError:
        return None
    return None if folders is None else (folders, told)


def _standing(lines: Sequence[str], specs: Sequence[str]) -> list[str] | None:
    """The folders of a record, if everything is as its lines say."""
    named: list[str] = []
    folders: list[str] = []
    known: set[str] = set()
    for line in lines:
        kind, _, rest = line.partition(" ")
        if kind == "file":
            digest, _, path = rest.partition(" ")
            parent = os.path.dirname(path)
            if parent not in known and not _is_own_folder(os.path.join(folders[-1], parent)):
                return None
            known.add(parent)
            if _text_digest(_own_bytes(os.path.join(folders[-1], path))) != digest:
                return None
        elif kind == "folder":
            if not _is_own_folder(rest) or _has_leftovers(rest):
                return None
            folders.append(rest)
            known = {""}
        elif kind == "input":
            digest, _, path = rest.partition(" ")
            if sha256(_own_bytes(path, follow=True)).hexdigest() != digest:
                return None
        elif kind == "spec":
            named.append(rest)
        elif kind != "made" or rest != made_by():
            return None
    return folders if named == _named(specs) else None


@cache
def made_by() -> str:
    """The digest of all that a package depends on beside its spec; taken once a process.

    That is Python, the distributions beside this one by name and version, the templates by content,
    and the compiler's own modules by size and time.
    """
    digest = sha256(f"{_FORM} {__version__} {sys.version}".encode())
    for folder in _TEMPLATE_FOLDERS:
        for path in _files_below(folder, ".jinja"):
            digest.update(f"\n{path} ".encode("utf-8", "surrogateescape"))
            digest.update(_own_bytes(path, follow=True))
    for path in _files_below(_HERE, ".py"):
        found = os.stat(path)
        digest.update(
            f"\n{path} {found.st_size} {found.st_mtime_ns}".encode("utf-8", "surrogateescape")
        )
    digest.update("\n".join(_distributions()).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _distributions() -> list[str]:
    found = []
    for folder in sys.path:
        if folder.endswith("-packages"):
            try:
                names = os.listdir(folder)
            except OSError:
                continue
            found += [name for name in names if name.endswith((".dist-info", ".egg-info"))]
    return sorted(found)


def _files_below(folder: str, suffix: str) -> list[str]:
    found: list[str] = []
    ahead = [folder]
    while ahead:
        try:
            entries = os.scandir(ahead.pop())
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                if entry.name.endswith(suffix):
                    found.append(entry.path)
                elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                    ahead.append(entry.path)
    return sorted(found)


def _named(specs: Iterable[str]) -> list[str]:
    return [
        path for word in specs for path in (specs_below(word) if os.path.isdir(word) else [word])
    ]


def _own_bytes(path: str, *, follow: bool = False) -> bytes:
    """A file's content; of an input without its byte order mark. Raises OSError, for links too."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags)
    try:
        size = os.fstat(descriptor).st_size
        parts = [os.read(descriptor, size + 1)]
        while parts[-1]:
            parts.append(os.read(descriptor, 1 << 20))
    finally:
        os.close(descriptor)
    content = b"".join(parts)
    return content.removeprefix(_BYTE_ORDER_MARK) if follow else content


def _text_digest(content: bytes) -> str:
    # As a manifest counts: version control may have exchanged the ends of lines.
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n")
    return sha256(content).hexdigest()


def _is_own_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)


def _has_leftovers(folder: str) -> bool:
    """Whether a run that was killed has left something beside the folder."""
    start = f".{os.path.basename(folder)}.ferrule-"
    return any(name.startswith(start) for name in os.listdir(os.path.dirname(folder) or "."))

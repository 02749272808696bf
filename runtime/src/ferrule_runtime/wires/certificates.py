"""Makes TLS contexts from certificates and keys: paths, PEM, PKCS 12. No key stays on a disk."""

import os
import ssl
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ferrule_runtime.network import NetworkFault, Tls

_BEGINS = b"-----BEGIN "
_LARGEST_FILE = 1 << 20
_LONGEST_PATH = 1000


def tls_context(tls: Tls, names: dict[str, str], httpx: Any, *, verify: bool) -> ssl.SSLContext:
    """A context for these certificates. Raises NetworkFault that names what is wrong."""
    context = _trusting(tls, names, httpx, verify=verify)
    if tls.pfx is not None:
        pem, password = _opened_pfx(tls, names)
        _load_chain(context, pem, None, password, names)
    elif tls.client_cert is not None:
        certificate = _content(tls.client_cert, "client_cert", names)
        key = None if tls.client_key is None else _content(tls.client_key, "client_key", names)
        _load_chain(context, certificate, key, tls.passphrase or "", names)
    elif tls.client_key is not None:
        raise NetworkFault(f"{_told('client_key', names)} is given without a certificate")
    return context


def _trusting(tls: Tls, names: dict[str, str], httpx: Any, *, verify: bool) -> ssl.SSLContext:
    if tls.ca is None or not verify:
        # A context of its own: certificates of one client must not be shown for another one.
        made: ssl.SSLContext = httpx.create_ssl_context(verify=verify)
        return made
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    folder = tls.ca if isinstance(tls.ca, (str, os.PathLike)) else None
    problem = ""
    try:
        if folder is not None and not _is_pem(folder) and Path(folder).is_dir():
            context.load_verify_locations(capath=os.fspath(folder))
            return context
        text = _content(tls.ca, "ca", names).decode("ascii", "replace")
        context.load_verify_locations(cadata=text)
    except NetworkFault as fault:
        problem = str(fault)
    except (ssl.SSLError, ValueError):
        problem = f"{_told('ca', names)} holds no certificate in PEM"
    if problem:
        raise NetworkFault(problem)
    return context


def _told(field: str, names: dict[str, str]) -> str:
    return names.get(field, f"tls.{field}")


def _is_pem(given: Any) -> bool:
    return isinstance(given, str) and given.lstrip().startswith(_BEGINS.decode())


def _content(given: Any, field: str, names: dict[str, str]) -> bytes:
    """What is given itself, or what the file holds that it names."""
    if isinstance(given, (bytes, bytearray)):
        return bytes(given)
    if _is_pem(given):
        # Environment variables often hold no line breaks.
        text: str = given.lstrip()
        return text.replace("\\n", "\n").encode("ascii", "replace")
    reason = ""
    try:
        with open(given, "rb") as file:  # noqa: PTH123 - a path of any kind
            return file.read(_LARGEST_FILE)
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except (TypeError, ValueError):
        reason = "it is neither a path nor PEM"
    raise NetworkFault(f"{_told(field, names)} cannot be read: {reason}")


def _load_chain(
    context: ssl.SSLContext,
    certificate: bytes,
    key: bytes | None,
    password: str,
    names: dict[str, str],
) -> None:
    problem = ""
    try:
        with _as_file(certificate) as certificate_path, _as_file(key) as key_path:
            # Without a password OpenSSL would ask for one at the terminal.
            context.load_cert_chain(certificate_path or "", key_path, lambda: password)
    except (ssl.SSLError, ValueError, OSError):
        problem = "they do not belong together, or the passphrase is wrong"
    if problem:
        told = ", ".join(
            _told(field, names) for field in ("client_cert", "client_key") if field in names
        )
        told = told or _told("pfx" if "pfx" in names else "client_cert", names)
        raise NetworkFault(f"the client certificate and its key cannot be used ({told}): {problem}")


@contextmanager
def _as_file(content: bytes | None) -> Iterator[str | None]:
    """A path under which OpenSSL finds the content: in memory where the system has such files."""
    if content is None:
        yield None
        return
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("ferrule", os.MFD_CLOEXEC)
        try:
            with os.fdopen(os.dup(descriptor), "wb") as file:
                file.write(content)
            yield f"/proc/self/fd/{descriptor}"
        finally:
            os.close(descriptor)
        return
    # Only its owner may read it, and it is gone as soon as it has been read.
    descriptor, path = tempfile.mkstemp(prefix="ferrule-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        yield path
    finally:
        Path(path).unlink(missing_ok=True)


def _opened_pfx(tls: Tls, names: dict[str, str]) -> tuple[bytes, str]:
    """Certificates and key of a PKCS 12 file as PEM, the key sealed by a password of the moment."""
    if find_spec("cryptography") is None:
        raise NetworkFault("a PFX file needs cryptography: install ferrule-runtime[pfx]")
    from secrets import token_hex

    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    content = _pfx_content(tls.pfx, names)
    password = token_hex(32)
    passphrase = None if not tls.passphrase else str(tls.passphrase).encode()
    try:
        key, certificate, more = pkcs12.load_key_and_certificates(content, passphrase)
    except Exception:  # noqa: BLE001 - of a library, whose words and frames hold the passphrase
        key, certificate, more = None, None, []
    if key is None or certificate is None:
        reason = "it holds no certificate with a key, or the passphrase is wrong"
        raise NetworkFault(f"{_told('pfx', names)} cannot be opened: {reason}")
    sealed = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password.encode()),
    )
    chain = [each.public_bytes(serialization.Encoding.PEM) for each in (certificate, *more)]
    return b"".join([sealed, *chain]), password


def _pfx_content(given: Any, names: dict[str, str]) -> bytes:
    """The file's bytes; as text they are base64, as environment variables hold them."""
    if isinstance(given, str) and len(given) > _LONGEST_PATH:
        try:
            return b64decode("".join(given.split()), validate=True)
        except ValueError:
            pass
    return _content(given, "pfx", names)

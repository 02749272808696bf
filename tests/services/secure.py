"""Services behind TLS, Unix sockets, proxies and a real SSH server, all of them on loopback."""

import contextlib
import datetime as dt
import getpass
import ipaddress
import json
import os
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

PASSPHRASE = "pa55 phrase of a key"
READY_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Certificates:
    """An authority that nobody knows, a server's certificate of it, and one of a client."""

    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    @property
    def client_cert(self) -> Path:
        return self.folder / "client.pem"

    @property
    def client_key(self) -> Path:
        """Sealed with `PASSPHRASE`."""
        return self.folder / "client.key"

    @property
    def pfx(self) -> Path:
        """Certificate and key of the client, sealed with `PASSPHRASE`."""
        return self.folder / "client.pfx"

    def server_context(self, *, wants_client: bool) -> ssl.SSLContext:
        """What the server does TLS with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        if wants_client:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(self.ca)
        return context


def make_certificates(folder: Path) -> Certificates:
    """Write an authority and what it vouches for."""
    made = Certificates(folder)
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca = _certificate("an authority", ca_key, None, ca_key)
    made.ca.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    for name in ("server", "client"):
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(name, key, ca, ca_key)
        sealed = serialization.BestAvailableEncryption(PASSPHRASE.encode())
        seal = serialization.NoEncryption() if name == "server" else sealed
        text = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, seal
        )
        (folder / f"{name}.key").write_bytes(text)
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        (folder / f"{name}.pem").write_bytes(pem)
        if name == "client":
            made.pfx.write_bytes(
                pkcs12.serialize_key_and_certificates(b"client", key, certificate, [ca], sealed)
            )
    return made


def _certificate(name: str, key: Any, issuer: x509.Certificate | None, issuer_key: Any) -> Any:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    start = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    names = [
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
    ]
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=3))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(issuer_key, hashes.SHA256())


class _Handler(BaseHTTPRequestHandler):
    """Tells who called, by which certificate, and for what."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        peer = None
        if isinstance(self.connection, ssl.SSLSocket):
            found: Any = self.connection.getpeercert()
            peer = found["subject"][0][0][1] if found else None
        told = {"peer": peer, "path": self.path, "host": self.headers["Host"]}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        pass


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    allow_reuse_address = True
    context: ssl.SSLContext | None = None

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self.context is not None:
            connection.settimeout(10)
            # The handshake is made by the thread of the connection, when it first reads.
            wrapped = self.context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
            return wrapped, address
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Handshakes that fail are what many tests are about."""


class _UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


@contextlib.contextmanager
def secure_service(context: ssl.SSLContext | None) -> Iterator[str]:
    """A service behind TLS; its origin."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.context = context
    with _serving(server):
        scheme = "http" if context is None else "https"
        yield f"{scheme}://127.0.0.1:{server.server_address[1]}"


@contextlib.contextmanager
def unix_service(path: Path) -> Iterator[None]:
    """A service that listens on a Unix socket and nowhere else."""
    with _serving(_UnixServer(str(path), _Handler)):
        yield


@contextlib.contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Tunnel(socketserver.BaseRequestHandler):
    """Does what a proxy does that is asked to CONNECT."""

    def handle(self) -> None:
        client: socket.socket = self.request
        client.settimeout(10)
        head = b""
        while b"\r\n\r\n" not in head:
            part = client.recv(4096)
            if not part:
                return
            head += part
        seen: list[str] = self.server.seen  # type: ignore[attr-defined]
        seen.append(head.decode("latin-1"))
        host, _, port = head.split(b" ")[1].decode().rpartition(":")
        with socket.create_connection((host, int(port)), timeout=10) as target:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_pass_on, args=(target, client), daemon=True)
            back.start()
            _pass_on(client, target)
            back.join(5)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(1 << 16):
            target.sendall(part)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def connecting_proxy() -> Iterator[tuple[str, list[str]]]:
    """A proxy for TLS: its host and port, and the heads of all that it was asked for."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Tunnel)
    server.daemon_threads = True
    seen: list[str] = []
    server.seen = seen  # type: ignore[attr-defined]
    with _serving(server):
        yield f"127.0.0.1:{server.server_address[1]}", seen


def find_sshd() -> str | None:
    """The SSH server of this machine; its folder is not on the path of everybody."""
    path = os.environ.get("PATH", "")
    return shutil.which("sshd", path=f"{path}:/usr/sbin:/usr/local/sbin")


@dataclass(frozen=True, slots=True)
class Tunnels:
    """What an SSH connection forwards: a SOCKS proxy, a Unix socket, a port to that socket."""

    socks: str
    socket: Path
    url: str
    client: "subprocess.Popen[bytes]"


@contextlib.contextmanager
def ssh_tunnels(sshd: str, folder: Path, remote_socket: Path) -> Iterator[Tunnels]:
    """Forward to `remote_socket` through a real SSH server on loopback."""
    for name in ("host", "user"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(words, check=True, timeout=30)
    (folder / "authorized").write_text((folder / "user.pub").read_text())
    (folder / "authorized").chmod(0o600)
    if os.geteuid() == 0:
        # Where the server of the machine has never been started.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    port, socks, forwarded = (_free_port() for _ in range(3))
    config = folder / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder / 'host'}\n"
        f"AuthorizedKeysFile {folder / 'authorized'}\nStrictModes no\nUsePAM no\n"
        f"PasswordAuthentication no\nPermitRootLogin prohibit-password\nPidFile none\n"
        "AllowTcpForwarding yes\nAllowStreamLocalForwarding yes\n"
    )
    local = folder / "local.sock"
    log = folder / "ssh.log"
    client_words = [
        *("ssh", "-F", "none", "-N", "-p", str(port), "-i", str(folder / "user")),
        *("-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={folder / 'known'}"),
        *("-o", "ExitOnForwardFailure=yes", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes"),
        *("-D", f"127.0.0.1:{socks}", "-L", f"{local}:{remote_socket}"),
        *("-L", f"127.0.0.1:{forwarded}:{remote_socket}", f"{getpass.getuser()}@127.0.0.1"),
    ]
    with log.open("wb") as told, contextlib.ExitStack() as stack:
        server_words = [sshd, "-D", "-e", "-f", str(config)]
        stack.enter_context(_running(server_words, told))
        _wait_for(port, log)
        client = stack.enter_context(_running(client_words, told))
        for each in (socks, forwarded):
            _wait_for(each, log)
        url = f"http://127.0.0.1:{forwarded}"
        yield Tunnels(f"socks5h://127.0.0.1:{socks}", local, url, client)


@contextlib.contextmanager
def _running(words: list[str], log: Any) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def _free_port() -> int:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        return int(finder.getsockname()[1])


def _wait_for(port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens on {port}: {log.read_text(errors='replace')[-1500:]}")

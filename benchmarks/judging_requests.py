"""What Prism (npm: @stoplight/prism-cli) says of the requests of generated clients.

`python -m benchmarks.judging_requests [NAME …]`: each document becomes a package; its actions are
called as the package's own examples do, with values that fit what is declared, through a relay
that keeps what Prism's mock server says of every request (`sl-violations`). Some requests of edge
cases end Prism: it is started again behind them, and they count as not judged.
"""

import datetime as dt
import decimal
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.corpus import Document, corpus
from benchmarks.fitting import with_fitting_examples
from benchmarks.importing_openapi import DOCUMENTS
from benchmarks.measure import table
from benchmarks.npm import program
from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.imports.openapi import import_openapi
from ferrule.imports.renewal import read_tree
from ferrule.imports.spec_text import spec_text
from ferrule.pipeline import check_spec, compile_spec

MOST_OPERATIONS = 700
"""Prism takes minutes to start with larger documents."""
MOST_ACTIONS = 25
"""So many actions of a document are called, chosen by chance with a fixed seed."""
_START_SECONDS = 90
_CALL_SECONDS = 10
_DOCUMENT_SECONDS = 60


@dataclass(slots=True)
class Verdicts:
    """What was said of the requests of one document."""

    judged: int = 0
    refused: list[str] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)


def main() -> None:
    """Print how many requests were judged valid."""
    names = sys.argv[1:] if Path(sys.argv[0]).stem == "judging_requests" else []
    if program("prism") is None or not (DOCUMENTS / "index.json").exists():
        print("there is no prism (`make bench` installs it), or no documents", file=sys.stderr)
        return
    rows: list[list[str]] = []
    whole = Verdicts()
    for document in corpus(DOCUMENTS, names):
        if not names and not 0 < document.operations <= MOST_OPERATIONS:
            continue
        found = judged(document)
        if found is None:
            rows.append([document.name, "", "", "Prism does not start with it"])
            continue
        whole.judged += found.judged
        whole.refused += found.refused
        whole.unsent += found.unsent
        good = found.judged - len(found.refused)
        rows.append([document.name, str(found.judged), str(good), str(len(found.unsent))])
        print(*rows[-1], file=sys.stderr, flush=True)
        for each in (*found.refused, *found.unsent):
            print("   ", each, file=sys.stderr, flush=True)
    good = whole.judged - len(whole.refused)
    share = f"{good} ({good / max(1, whole.judged):.1%})"
    rows.append(["all", str(whole.judged), share, str(len(whole.unsent))])
    heads = ["document", "requests", "judged valid", "not judged"]
    table("Requests of generated clients, judged by Prism", heads, rows)
    for each in whole.refused:
        print(f"- {each}")


def judged(document: Document) -> Verdicts | None:
    """Calls the actions of one document; None where Prism cannot read it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        actions = _compiled(document, folder)
        with _prism(document.path) as prism:
            return _called(folder, actions, prism) if prism.started() else None


def _compiled(document: Document, folder: Path) -> list[tuple[str, str]]:
    """Writes the package; gives the examples of some actions, by their names."""
    made = import_openapi(
        document.path.name, document.path.read_bytes(), Report(), connector="judged"
    )
    assert made is not None
    tree = read_tree("judged.yaml", spec_text(made.data), Report())
    assert tree is not None
    data = _with_plain_token(tree.data)
    for section in ("actions", "models"):
        if section in data:
            data[section] = with_fitting_examples(data[section])
    source = SourceFile("judged.yaml", spec_text(data))
    report = Report()
    checked, package = check_spec(source, report), compile_spec(source, report)
    assert checked is not None, [each.message for each in report.errors]
    assert package is not None
    for path, content in package.files.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    rows = checked.package.readme.actions
    chosen = random.Random(1).sample(rows, min(MOST_ACTIONS, len(rows)))
    return [(each.key, str(each.example)) for each in chosen]


def _with_plain_token(data: dict[str, Any]) -> dict[str, Any]:
    """A spec that signs nobody in: requests are judged here, not OAuth."""
    auth = data.get("auth")
    choices = auth.get("one_of", {}) if isinstance(auth, dict) else {}
    plain = {name: each for name, each in choices.items() if "oauth2" not in each}
    if "oauth2" not in repr((auth, data.get("auths"))):
        return data
    if plain and "auths" not in data:
        return {**data, "auth": {"one_of": plain}}
    auths = data.get("auths", {})
    tokens = {name for name, each in auths.items() if "oauth2" in each}
    if isinstance(auth, str) and auth not in tokens:
        actions = {name: _without(each, tokens) for name, each in data["actions"].items()}
        others = {name: each for name, each in auths.items() if name not in tokens}
        return {**data, "auths": others, "actions": actions}
    settings = {**data.get("settings", {}), "access_token": "secret"}
    for name in ("client_id", "client_secret", "username", "password", "scopes?"):
        settings.pop(name, None)
    found = {**data, "settings": settings, "auth": {"token": "${access_token}"}}
    found.pop("auths", None)
    found["actions"] = {
        name: {key: each for key, each in action.items() if key not in ("auth", "scopes")}
        for name, action in data.get("actions", {}).items()
    }
    return found


def _without(action: dict[str, Any], tokens: set[str]) -> dict[str, Any]:
    """An action that takes none of some kinds of auth."""
    given = action.get("auth", [])
    words = [given] if isinstance(given, str) else given
    left = [each for each in words if tokens.isdisjoint(re.split(r"[ +]+", each))]
    found = {key: each for key, each in action.items() if key not in ("auth", "scopes")}
    return {**found, "auth": left} if left else found


@dataclass(slots=True)
class _Prism:
    """Prism's mock server of a document, on a port of its own."""

    path: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def started(self) -> bool:
        """Starts it, if it does not run; whether it does now."""
        if self.process is not None and self.process.poll() is None:
            return True
        prism = program("prism")
        assert prism is not None
        self.process = subprocess.Popen(
            [prism, "mock", "--port", str(self.port), "--host", "127.0.0.1", str(self.path)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return True
            except OSError:
                time.sleep(0.2)
        return False

    def stop(self) -> None:
        """Stops it and what it has started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextmanager
def _prism(path: Path) -> Iterator[_Prism]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        prism = _Prism(path, free.getsockname()[1])
    try:
        yield prism
    finally:
        prism.stop()


class _Relay(BaseHTTPRequestHandler):
    """Sends each request on to Prism, and keeps what it says of it."""

    protocol_version = "HTTP/1.1"
    prism_port = 0
    said: list[tuple[str, str]]

    def _relay(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        upstream = http.client.HTTPConnection("127.0.0.1", self.prism_port, timeout=_CALL_SECONDS)
        headers = {key: value for key, value in self.headers.items() if key.lower() != "host"}
        with suppress(OSError, http.client.HTTPException):  # it is not judged where Prism gives up
            upstream.request(self.command, self.path, body or None, headers)
            answer = upstream.getresponse()
            content = answer.read()
            self.said.append((f"{self.command} {self.path}", _complaint(answer, content)))
        self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()
        upstream.close()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._relay
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def _complaint(answer: http.client.HTTPResponse, content: bytes) -> str:
    """What is wrong with a request; empty where nothing is."""
    try:
        found = json.loads(answer.getheader("sl-violations") or "[]")
    except ValueError:  # a header holds no line breaks, which some patterns of documents do
        return answer.reason if answer.status == 422 else ""
    errors = [
        f"{'.'.join(map(str, each['location']))}: {each['message']}"
        for each in found
        if each["location"][:1] == ["request"] and each.get("severity") == "Error"
    ]
    if not errors and answer.status == 404 and b"NO_PATH_MATCHED" in content:
        errors = ["no such path"]
    if not errors and b"NO_METHOD_MATCHED" in content:
        errors = ["no such method"]
    if not errors and answer.status == 401 and b"UNAUTHORIZED" in content:
        errors = ["no credentials"]
    return "; ".join(errors)


def _called(folder: Path, actions: list[tuple[str, str]], prism: _Prism) -> Verdicts:
    """Runs every example against the relay."""
    said: list[tuple[str, str]] = []
    relay_class = type("Relay", (_Relay,), {"prism_port": prism.port, "said": said})
    relay = ThreadingHTTPServer(("127.0.0.1", 0), relay_class)
    thread = threading.Thread(target=relay.serve_forever, daemon=True)
    thread.start()
    found = Verdicts()
    sys.path.insert(0, str(folder))
    try:
        client = _client(f"http://127.0.0.1:{relay.server_address[1]}")
        end = time.monotonic() + _DOCUMENT_SECONDS
        for key, example in actions:
            if time.monotonic() > end:
                found.unsent.append(f"{key}: no time was left")
                continue
            before = len(said)
            if not prism.started():
                found.unsent.append(f"{key}: Prism does not start again")
                break
            error = _run(example, client)
            new = said[before:]
            if not new:
                found.unsent.append(f"{key}: {error or 'Prism ended at it'}")
            found.judged += len(new)
            found.refused += [f"{key}: {request}: {what}" for request, what in new if what]
    finally:
        relay.shutdown()
        relay.server_close()
        thread.join()
        sys.path.remove(str(folder))
        for module in [each for each in sys.modules if each.split(".")[0] == "judged_connector"]:
            del sys.modules[module]
    return found


def _client(base_url: str) -> Any:
    import judged_connector  # type: ignore[import-not-found, unused-ignore]

    settings = {
        each.name: each.example or "https://example.com" if each.type == "url" else "1"
        for each in judged_connector.CONNECTOR.settings
        if each.default is None and not each.choices
    }
    chosen = {"auth": _first_auth(judged_connector)}
    given = {key: value for key, value in chosen.items() if value is not None}
    return judged_connector.Judged(base_url=base_url, **given, **settings)


def _first_auth(module: Any) -> str | None:
    kinds = getattr(module.CONNECTOR.auth, "kinds", None)
    return next(iter(kinds), None) if isinstance(kinds, dict) else None


def _run(example: str, client: Any) -> str:
    names = {
        "client": client, "datetime": dt.datetime, "timezone": dt.timezone,
        "date": dt.date, "time": dt.time, "timedelta": dt.timedelta,
        "Decimal": decimal.Decimal, "Path": _file, "uuid4": uuid.uuid4,
    }  # fmt: skip
    text = example.replace("print(item)", "break").partition(".save(")[0]
    if text.count("(") > text.count(")"):
        text += ")"
    try:
        exec(text, names)
    except Exception as error:  # noqa: BLE001  (the answers are empty: only requests count)
        return f"{type(error).__name__}: {error}"
    return ""


def _file(name: str) -> tuple[str, bytes, str]:
    return (name, b"content", "application/octet-stream")


if __name__ == "__main__":
    main()

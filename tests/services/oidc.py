"""The real authorization server oidc-provider, and a browser without a screen that says yes."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.services.real import REPOSITORY, RealService, ServiceMissingError, running

MODULE = "lib/node_modules/oidc-provider/lib/index.js"
MOST_PAGES = 12
_FORM = re.compile(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
_INPUT = re.compile(r"<input[^>]*>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


class Oidc:
    """A running server: `url`, the private key of the client `keyed`, and what it has seen."""

    def __init__(self, url: str, private_key: str) -> None:
        self.url = url
        self.private_key = private_key

    def seen(self) -> dict[str, int]:
        """How many refreshes, refused calls, revoked families and destroyed refresh tokens."""
        found: dict[str, int] = httpx.get(f"{self.url}/seen").json()
        return found


def find_oidc() -> tuple[Path, Path]:
    """node, and the module. Raises ServiceMissingError."""
    environment = Path(os.environ.get("FERRULE_SERVICES") or REPOSITORY / ".services")
    node, module = shutil.which("node"), environment / MODULE
    if node is None or not module.exists():
        raise ServiceMissingError("oidc-provider is not installed; `make services` installs it")
    return Path(node), module


@contextmanager
def oidc(folder: Path, token_seconds: float = 5) -> Iterator[Oidc]:
    """Run the server while the block runs; its access tokens live so many seconds."""
    node, module = find_oidc()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    key_file = folder / "client.jwk"
    key_file.write_text(json.dumps({**public, "use": "sig", "alg": "RS256"}), encoding="utf-8")
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    script = Path(__file__).with_suffix(".mjs")

    def arguments(port: int, folder: Path) -> list[str]:
        return [str(script), str(module), str(port), str(key_file), str(token_seconds)]

    with running(RealService("oidc-provider", "node", "/ready", arguments), folder, node) as url:
        yield Oidc(url, pem)


def consent(url: str, ends_at: str = "", account: str = "alice") -> str:
    """Sign in and say yes to all that is asked; the address that the browser ends at.

    `ends_at` is how the address of the redirect begins; without it the last page is the end.
    """
    with httpx.Client(timeout=20) as browser:
        answer = browser.get(url)
        for _ in range(MOST_PAGES):
            while answer.has_redirect_location:
                url = urljoin(str(answer.url), answer.headers["location"])
                if ends_at and url.startswith(ends_at):
                    return url
                answer = browser.get(url)
            form = _form(answer.text)
            if form is None:
                return str(answer.url)
            action, fields = form
            if "login" in fields:
                fields |= {"login": account, "password": "of no use"}
            answer = browser.post(urljoin(str(answer.url), action), data=fields)
    raise AssertionError(f"the sign-in did not end: {answer.url}")


def _form(page: str) -> tuple[str, dict[str, str]] | None:
    """The first form of a page: where it goes, and its fields as they are filled."""
    found = _FORM.search(page)
    if found is None:
        return None
    inputs = [dict(_ATTRIBUTE.findall(text)) for text in _INPUT.findall(found[2])]
    fields = {each["name"]: unescape(each.get("value", "")) for each in inputs if "name" in each}
    return unescape(found[1]), fields

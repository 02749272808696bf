"""The verifying side of OAuth 1, by a library that others wrote."""

from dataclasses import dataclass, field
from string import ascii_letters, digits
from typing import Any

from oauthlib.oauth1 import RequestValidator, ResourceEndpoint

from tests.services.loopback import Request


@dataclass
class Verifier(RequestValidator):
    """Knows one client and one token, and takes each nonce once."""

    consumer_key: str
    token: str
    consumer_secret: str
    token_secret: str
    realm: str = ""
    nonces: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        super().__init__()
        self._endpoint = ResourceEndpoint(self)

    enforce_ssl = False
    nonce_length = (20, 40)
    client_key_length = access_token_length = (3, 40)
    safe_characters = {*ascii_letters, *digits, "-", "_"}  # noqa: RUF012 (as the library has it)
    dummy_client = "nobody"
    dummy_access_token = "nothing"
    allowed_signature_methods = ("HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512")

    def takes(self, request: Request, origin: str) -> bool:
        """Whether a request is signed as it should be; a body counts where it is a form."""
        is_form = "form" in (request.header("content-type") or "")
        is_good, _ = self._endpoint.validate_protected_resource_request(
            f"{origin}{request.target}",
            request.method,
            request.body.decode() if is_form else "",
            dict(request.headers),
            [self.realm] if "realm=" in (request.header("authorization") or "") else None,
        )
        return bool(is_good)

    def validate_client_key(self, client_key: str, request: Any) -> bool:
        return client_key == self.consumer_key

    def validate_access_token(self, client_key: str, token: str, request: Any) -> bool:
        return token == self.token

    def validate_realms(
        self,
        client_key: str,
        token: str,
        request: Any,
        uri: str | None = None,
        realms: list[str] | None = None,
    ) -> bool:
        return not realms or realms == [self.realm]

    def validate_timestamp_and_nonce(
        self,
        client_key: str,
        timestamp: str,
        nonce: str,
        request: Any,
        request_token: str | None = None,
        access_token: str | None = None,
    ) -> bool:
        is_new = nonce not in self.nonces
        self.nonces.add(nonce)
        return is_new

    def get_client_secret(self, client_key: str, request: Any) -> str:
        return self.consumer_secret

    def get_access_token_secret(self, client_key: str, token: str, request: Any) -> str:
        return self.token_secret

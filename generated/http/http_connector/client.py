"""Clients of HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TYPE_CHECKING, Unpack, overload

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.files import FileInput
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_raw_async_bound, as_raw_bound

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from ferrule_runtime.streams import AsyncDownload, Download


class Http(SyncClient):
    """HTTP.

    Requests of any kind to any URL, such as REST APIs and webhooks.

    Settings that are not given are read from the environment:
        origins (HTTP_ORIGINS): Where credentials may go, such as https://api.example.com. Other URLs need auth="none".
        api_key (HTTP_API_KEY)
        scheme (HTTP_SCHEME): The word before the API key in the Authorization header. Default: Basic.
        username (HTTP_USERNAME)
        password (HTTP_PASSWORD)
        authorize_url (HTTP_AUTHORIZE_URL): Where a person is sent to allow the access.
        token_url (HTTP_TOKEN_URL)
        refresh_url (HTTP_REFRESH_URL): Where tokens are renewed; often the token URL.
        client_id (HTTP_CLIENT_ID)
        client_secret (HTTP_CLIENT_SECRET)
        scopes (HTTP_SCOPES): Permission scopes, separated by blanks.
        token_headers (HTTP_TOKEN_HEADERS): Further headers of the requests for tokens. Default: {}.
    """

    _connector = CONNECTOR

    @overload
    def __init__(
        self,
        *,
        auth: Literal["none"] | Omit = omit,
        origins: Sequence[str] | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["api_key"] | Omit = omit,
        origins: Sequence[str] | Omit = omit,
        api_key: str | Omit = omit,
        scheme: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["basic"] | Omit = omit,
        origins: Sequence[str] | Omit = omit,
        username: str | Omit = omit,
        password: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["authorization_code"] | Omit = omit,
        origins: Sequence[str] | Omit = omit,
        authorize_url: str | Omit = omit,
        token_url: str | Omit = omit,
        refresh_url: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        scopes: str | Omit = omit,
        token_headers: Mapping[str, str] | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["client_credentials"] | Omit = omit,
        origins: Sequence[str] | Omit = omit,
        token_url: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        scopes: str | Omit = omit,
        token_headers: Mapping[str, str] | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: (
            Literal[
                "none", "api_key", "basic", "authorization_code", "client_credentials"
            ]
            | Omit
        ) = omit,
        origins: Sequence[str] | Omit = omit,
        api_key: str | Omit = omit,
        scheme: str | Omit = omit,
        username: str | Omit = omit,
        password: str | Omit = omit,
        authorize_url: str | Omit = omit,
        token_url: str | Omit = omit,
        refresh_url: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        scopes: str | Omit = omit,
        token_headers: Mapping[str, str] | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "origins": origins,
                "api_key": api_key,
                "scheme": scheme,
                "username": username,
                "password": password,
                "authorize_url": authorize_url,
                "token_url": token_url,
                "refresh_url": refresh_url,
                "client_id": client_id,
                "client_secret": client_secret,
                "scopes": scopes,
                "token_headers": token_headers,
            },
            options,
            auth=auth,
        )

    @overload
    def get(
        self,
        *,
        url: str,
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    def get(
        self,
        *,
        url: str,
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    def get(
        self,
        *,
        url: str,
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Download: ...
    def get(
        self,
        *,
        url: str,
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | Download:
        """Send a GET request. GET to any URL."""
        from .resources.plain import GET

        opened: Any | str | Download = self._open(
            GET, url=url, query=query, headers=headers, by=response_type, auth=auth
        )
        return opened

    @overload
    def delete(
        self,
        *,
        url: str,
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    def delete(
        self,
        *,
        url: str,
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    def delete(
        self,
        *,
        url: str,
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Download: ...
    def delete(
        self,
        *,
        url: str,
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | Download:
        """Send a DELETE request. DELETE to any URL."""
        from .resources.plain import DELETE

        opened: Any | str | Download = self._open(
            DELETE, url=url, query=query, headers=headers, by=response_type, auth=auth
        )
        return opened

    @overload
    def post(
        self,
        *,
        url: str,
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    def post(
        self,
        *,
        url: str,
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    def post(
        self,
        *,
        url: str,
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Download: ...
    def post(
        self,
        *,
        url: str,
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | Download:
        """Send a POST request with a body of text. POST to any URL."""
        from .resources.plain import POST

        opened: Any | str | Download = self._open(
            POST,
            url=url,
            query=query,
            headers=headers,
            body=body,
            by=response_type,
            auth=auth,
        )
        return opened

    @overload
    def put(
        self,
        *,
        url: str,
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    def put(
        self,
        *,
        url: str,
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    def put(
        self,
        *,
        url: str,
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Download: ...
    def put(
        self,
        *,
        url: str,
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | Download:
        """Send a PUT request with a body of text. PUT to any URL."""
        from .resources.plain import PUT

        opened: Any | str | Download = self._open(
            PUT,
            url=url,
            query=query,
            headers=headers,
            body=body,
            by=response_type,
            auth=auth,
        )
        return opened

    @overload
    def patch(
        self,
        *,
        url: str,
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    def patch(
        self,
        *,
        url: str,
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    def patch(
        self,
        *,
        url: str,
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Download: ...
    def patch(
        self,
        *,
        url: str,
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | Download:
        """Send a PATCH request with a body of text. PATCH to any URL."""
        from .resources.plain import PATCH

        opened: Any | str | Download = self._open(
            PATCH,
            url=url,
            query=query,
            headers=headers,
            body=body,
            by=response_type,
            auth=auth,
        )
        return opened

    @overload
    def send_form(
        self,
        *,
        url: str,
        method: Literal["POST", "PUT"] = "POST",
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        form_data: Mapping[str, Any] | Omit = omit,
        file_data: Mapping[str, FileInput] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    def send_form(
        self,
        *,
        url: str,
        method: Literal["POST", "PUT"] = "POST",
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        form_data: Mapping[str, Any] | Omit = omit,
        file_data: Mapping[str, FileInput] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    def send_form(
        self,
        *,
        url: str,
        method: Literal["POST", "PUT"] = "POST",
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        form_data: Mapping[str, Any] | Omit = omit,
        file_data: Mapping[str, FileInput] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Download: ...
    def send_form(
        self,
        *,
        url: str,
        method: Literal["POST", "PUT"] = "POST",
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        form_data: Mapping[str, Any] | Omit = omit,
        file_data: Mapping[str, FileInput] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | Download:
        """Send fields and files as multipart form data. Any method to any URL.

        Args:
            form_data: The fields of the form.
            file_data: The files, by field: a path, bytes, or (name, content, type).
        """
        from .resources.plain import SEND_FORM

        opened: Any | str | Download = self._open(
            SEND_FORM,
            url=url,
            method=method,
            query=query,
            headers=headers,
            body={"form_data": form_data, "file_data": file_data},
            by=response_type,
            auth=auth,
        )
        return opened

    @property
    def with_raw_response(self) -> RawHttp:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawHttp(self._as_raw())


class RawHttp(Resource):
    """The client, with whole answers."""

    def __init__(self, client: Http) -> None:
        super().__init__(client)
        self.get = as_raw_bound(client.get)
        self.delete = as_raw_bound(client.delete)
        self.post = as_raw_bound(client.post)
        self.put = as_raw_bound(client.put)
        self.patch = as_raw_bound(client.patch)
        self.send_form = as_raw_bound(client.send_form)


class AsyncHttp(AsyncClient):
    """HTTP, async.

    Requests of any kind to any URL, such as REST APIs and webhooks.

    Settings that are not given are read from the environment:
        origins (HTTP_ORIGINS): Where credentials may go, such as https://api.example.com. Other URLs need auth="none".
        api_key (HTTP_API_KEY)
        scheme (HTTP_SCHEME): The word before the API key in the Authorization header. Default: Basic.
        username (HTTP_USERNAME)
        password (HTTP_PASSWORD)
        authorize_url (HTTP_AUTHORIZE_URL): Where a person is sent to allow the access.
        token_url (HTTP_TOKEN_URL)
        refresh_url (HTTP_REFRESH_URL): Where tokens are renewed; often the token URL.
        client_id (HTTP_CLIENT_ID)
        client_secret (HTTP_CLIENT_SECRET)
        scopes (HTTP_SCOPES): Permission scopes, separated by blanks.
        token_headers (HTTP_TOKEN_HEADERS): Further headers of the requests for tokens. Default: {}.
    """

    _connector = CONNECTOR

    @overload
    def __init__(
        self,
        *,
        auth: Literal["none"] | Omit = omit,
        origins: Sequence[str] | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["api_key"] | Omit = omit,
        origins: Sequence[str] | Omit = omit,
        api_key: str | Omit = omit,
        scheme: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["basic"] | Omit = omit,
        origins: Sequence[str] | Omit = omit,
        username: str | Omit = omit,
        password: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["authorization_code"] | Omit = omit,
        origins: Sequence[str] | Omit = omit,
        authorize_url: str | Omit = omit,
        token_url: str | Omit = omit,
        refresh_url: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        scopes: str | Omit = omit,
        token_headers: Mapping[str, str] | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["client_credentials"] | Omit = omit,
        origins: Sequence[str] | Omit = omit,
        token_url: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        scopes: str | Omit = omit,
        token_headers: Mapping[str, str] | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: (
            Literal[
                "none", "api_key", "basic", "authorization_code", "client_credentials"
            ]
            | Omit
        ) = omit,
        origins: Sequence[str] | Omit = omit,
        api_key: str | Omit = omit,
        scheme: str | Omit = omit,
        username: str | Omit = omit,
        password: str | Omit = omit,
        authorize_url: str | Omit = omit,
        token_url: str | Omit = omit,
        refresh_url: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        scopes: str | Omit = omit,
        token_headers: Mapping[str, str] | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "origins": origins,
                "api_key": api_key,
                "scheme": scheme,
                "username": username,
                "password": password,
                "authorize_url": authorize_url,
                "token_url": token_url,
                "refresh_url": refresh_url,
                "client_id": client_id,
                "client_secret": client_secret,
                "scopes": scopes,
                "token_headers": token_headers,
            },
            options,
            auth=auth,
        )

    @overload
    async def get(
        self,
        *,
        url: str,
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    async def get(
        self,
        *,
        url: str,
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    async def get(
        self,
        *,
        url: str,
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> AsyncDownload: ...
    async def get(
        self,
        *,
        url: str,
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | AsyncDownload:
        """Send a GET request. GET to any URL."""
        from .resources.plain import GET

        opened: Any | str | AsyncDownload = await self._open(
            GET, url=url, query=query, headers=headers, by=response_type, auth=auth
        )
        return opened

    @overload
    async def delete(
        self,
        *,
        url: str,
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    async def delete(
        self,
        *,
        url: str,
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    async def delete(
        self,
        *,
        url: str,
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> AsyncDownload: ...
    async def delete(
        self,
        *,
        url: str,
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | AsyncDownload:
        """Send a DELETE request. DELETE to any URL."""
        from .resources.plain import DELETE

        opened: Any | str | AsyncDownload = await self._open(
            DELETE, url=url, query=query, headers=headers, by=response_type, auth=auth
        )
        return opened

    @overload
    async def post(
        self,
        *,
        url: str,
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    async def post(
        self,
        *,
        url: str,
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    async def post(
        self,
        *,
        url: str,
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> AsyncDownload: ...
    async def post(
        self,
        *,
        url: str,
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | AsyncDownload:
        """Send a POST request with a body of text. POST to any URL."""
        from .resources.plain import POST

        opened: Any | str | AsyncDownload = await self._open(
            POST,
            url=url,
            query=query,
            headers=headers,
            body=body,
            by=response_type,
            auth=auth,
        )
        return opened

    @overload
    async def put(
        self,
        *,
        url: str,
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    async def put(
        self,
        *,
        url: str,
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    async def put(
        self,
        *,
        url: str,
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> AsyncDownload: ...
    async def put(
        self,
        *,
        url: str,
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | AsyncDownload:
        """Send a PUT request with a body of text. PUT to any URL."""
        from .resources.plain import PUT

        opened: Any | str | AsyncDownload = await self._open(
            PUT,
            url=url,
            query=query,
            headers=headers,
            body=body,
            by=response_type,
            auth=auth,
        )
        return opened

    @overload
    async def patch(
        self,
        *,
        url: str,
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    async def patch(
        self,
        *,
        url: str,
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    async def patch(
        self,
        *,
        url: str,
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> AsyncDownload: ...
    async def patch(
        self,
        *,
        url: str,
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        body: str | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | AsyncDownload:
        """Send a PATCH request with a body of text. PATCH to any URL."""
        from .resources.plain import PATCH

        opened: Any | str | AsyncDownload = await self._open(
            PATCH,
            url=url,
            query=query,
            headers=headers,
            body=body,
            by=response_type,
            auth=auth,
        )
        return opened

    @overload
    async def send_form(
        self,
        *,
        url: str,
        method: Literal["POST", "PUT"] = "POST",
        response_type: Literal["json"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        form_data: Mapping[str, Any] | Omit = omit,
        file_data: Mapping[str, FileInput] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any: ...
    @overload
    async def send_form(
        self,
        *,
        url: str,
        method: Literal["POST", "PUT"] = "POST",
        response_type: Literal["text"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        form_data: Mapping[str, Any] | Omit = omit,
        file_data: Mapping[str, FileInput] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> str: ...
    @overload
    async def send_form(
        self,
        *,
        url: str,
        method: Literal["POST", "PUT"] = "POST",
        response_type: Literal["binary"],
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        form_data: Mapping[str, Any] | Omit = omit,
        file_data: Mapping[str, FileInput] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> AsyncDownload: ...
    async def send_form(
        self,
        *,
        url: str,
        method: Literal["POST", "PUT"] = "POST",
        response_type: Literal["json", "text", "binary"] = "json",
        query: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | Omit = omit,
        form_data: Mapping[str, Any] | Omit = omit,
        file_data: Mapping[str, FileInput] | Omit = omit,
        auth: Literal["none"] | Omit = omit,
    ) -> Any | str | AsyncDownload:
        """Send fields and files as multipart form data. Any method to any URL.

        Args:
            form_data: The fields of the form.
            file_data: The files, by field: a path, bytes, or (name, content, type).
        """
        from .resources.plain import SEND_FORM

        opened: Any | str | AsyncDownload = await self._open(
            SEND_FORM,
            url=url,
            method=method,
            query=query,
            headers=headers,
            body={"form_data": form_data, "file_data": file_data},
            by=response_type,
            auth=auth,
        )
        return opened

    @property
    def with_raw_response(self) -> AsyncRawHttp:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawHttp(self._as_raw())


class AsyncRawHttp(AsyncResource):
    """The client, with whole answers."""

    def __init__(self, client: AsyncHttp) -> None:
        super().__init__(client)
        self.get = as_raw_async_bound(client.get)
        self.delete = as_raw_async_bound(client.delete)
        self.post = as_raw_async_bound(client.post)
        self.put = as_raw_async_bound(client.put)
        self.patch = as_raw_async_bound(client.patch)
        self.send_form = as_raw_async_bound(client.send_form)

"""A transport that takes every host for one service on loopback, and notes which host was meant."""

import httpx


class Rerouted(httpx.BaseTransport):
    """For a user's own `httpx.Client`: fixed addresses lead to a scripted service.

    `origins` are the origins that were asked for, in order.
    """

    def __init__(self, origin: str) -> None:
        self._url = httpx.URL(origin)
        self._inner = httpx.HTTPTransport()
        self.origins: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the service in place of its host."""
        url = request.url
        self.origins.append(f"{url.scheme}://{url.host}")
        request.url = url.copy_with(
            scheme=self._url.scheme, host=self._url.host, port=self._url.port
        )
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close the connections to the service."""
        self._inner.close()

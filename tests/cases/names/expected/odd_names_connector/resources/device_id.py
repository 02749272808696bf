"""Actions on deviceID."""

from __future__ import annotations

from ferrule_runtime.client import (
    AsyncResource,
    Resource as _Resource,
    as_raw,
    as_raw_async,
)
from ferrule_runtime.contract import Operation as _Operation

from ..models.device_id import Resource

GET: _Operation[Resource] = _Operation(
    "deviceID.get", "GET", "/devices/{deviceID}", returns=Resource
)


class DeviceId(_Resource):
    """Actions on deviceID."""

    def get(self, *, device_id: str) -> Resource:
        """GET /devices/{deviceID}."""
        return self._run(GET, path=(device_id,))

    @property
    def with_raw_response(self) -> RawDeviceId:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawDeviceId(self._as_raw())


class RawDeviceId:
    """deviceID, with whole answers."""

    def __init__(self, raw: DeviceId) -> None:
        self.get = as_raw(raw.get)


class AsyncDeviceId(AsyncResource):
    """Actions on deviceID."""

    async def get(self, *, device_id: str) -> Resource:
        """GET /devices/{deviceID}."""
        return await self._run(GET, path=(device_id,))

    @property
    def with_raw_response(self) -> AsyncRawDeviceId:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawDeviceId(self._as_raw())


class AsyncRawDeviceId:
    """deviceID, with whole answers."""

    def __init__(self, raw: AsyncDeviceId) -> None:
        self.get = as_raw_async(raw.get)

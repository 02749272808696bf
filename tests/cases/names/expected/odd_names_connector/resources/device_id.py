"""Actions on deviceID."""

from __future__ import annotations

from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.resources import AsyncResource, Resource as _Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.device_id import Resource

GET = _Operation[Resource]("deviceID.get", "GET", "/devices/{deviceID}")


class DeviceId(_Resource):
    """Actions on deviceID."""

    def get(self, *, device_id: str) -> Resource:
        """GET /devices/{deviceID}."""
        return self._run(GET, path=(device_id,))

    @property
    def with_raw_response(self) -> RawDeviceId:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawDeviceId(self._as_raw())


class RawDeviceId(_Resource):
    """deviceID, with whole answers."""

    get = as_raw(DeviceId.get)


class AsyncDeviceId(AsyncResource):
    """Actions on deviceID."""

    get = as_async(DeviceId.get)

    @property
    def with_raw_response(self) -> AsyncRawDeviceId:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawDeviceId(self._as_raw())


class AsyncRawDeviceId(AsyncResource):
    """deviceID, with whole answers."""

    get = as_raw_async(AsyncDeviceId.get)

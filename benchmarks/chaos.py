"""A proxy of bytes that harms a share of what passes: `python -m benchmarks.chaos PORT SEED SHARE`.

It knows nothing of HTTP: what arrives at once, from either side, is lost, cut, held back or dripped
by lot. It prints its port, and how often it did what when standard input closes.
"""

import asyncio
import contextlib
import json
import random
import socket
import struct
import sys
from collections import Counter

FROM_CLIENT = ("close before it arrives", "reset before it arrives", "cut on its way")
FROM_SERVICE = ("lose the answer", "cut the answer", "stall", "drip", "delay")
STALL_SECONDS = 4.0
DELAY_SECONDS = 0.2
_LINGER_NOT = struct.pack("ii", 1, 0)


class Chaos:
    """Passes bytes between clients and one service, and harms a share of them."""

    def __init__(self, port: int, seed: int, share: float) -> None:
        self.done: Counter[str] = Counter()
        self._port = port
        self._lots = random.Random(seed)
        self._share = share

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a client, with one to the service behind it."""
        there, onward = await asyncio.open_connection("127.0.0.1", self._port)
        self.done["connections"] += 1
        tasks = [
            asyncio.create_task(self._pass(reader, onward, writer, FROM_CLIENT)),
            asyncio.create_task(self._pass(there, writer, writer, FROM_SERVICE)),
        ]
        # Cancelled at the end of it all: then there is nobody left to be told.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        for each in (writer, onward):
            with contextlib.suppress(OSError):
                each.close()

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        client: asyncio.StreamWriter,
        faults: tuple[str, ...],
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(1 << 16):
                self.done["parts"] += 1
                if self._lots.random() >= self._share:
                    writer.write(data)
                    await writer.drain()
                    continue
                fault = self._lots.choice(faults)
                self.done[fault] += 1
                if not await self._harm(fault, data, writer, client):
                    return

    async def _harm(
        self,
        fault: str,
        data: bytes,
        writer: asyncio.StreamWriter,
        client: asyncio.StreamWriter,
    ) -> bool:
        """Whether the connection goes on."""
        if fault in ("delay", "stall", "drip"):
            if fault != "drip":
                await asyncio.sleep(STALL_SECONDS if fault == "stall" else DELAY_SECONDS)
                writer.write(data)
            for index in range(len(data) if fault == "drip" else 0):
                writer.write(data[index : index + 1])
                await asyncio.sleep(0)
            await writer.drain()
            return True
        if fault.startswith("cut"):
            writer.write(data[: len(data) // 2])
            await writer.drain()
        if fault in ("reset before it arrives", "lose the answer"):
            bare: socket.socket = client.get_extra_info("socket")
            bare.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        return False


async def serve(port: int, seed: int, share: float) -> None:
    """Print the port, go on until standard input closes, print what was done."""
    chaos = Chaos(port, seed, share)
    server = await asyncio.start_server(chaos.connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    print(json.dumps(chaos.done), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))

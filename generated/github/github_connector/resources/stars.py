"""Actions on stars."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Case, Operation

CHECK: Operation[Literal[True] | Literal[False]] = Operation(
    "stars.check",
    "GET",
    "/user/starred/{owner}/{repo}",
    cases={204: Case(constant=(True,)), 404: Case(constant=(False,))},
)
ADD: Operation[None] = Operation("stars.add", "PUT", "/user/starred/{owner}/{repo}")
REMOVE: Operation[None] = Operation(
    "stars.remove", "DELETE", "/user/starred/{owner}/{repo}"
)


class Stars(Resource):
    """Actions on stars."""

    def check(self, *, owner: str, repo: str) -> Literal[True] | Literal[False]:
        """Tell whether the signed-in user has starred a repository. GET /user/starred/{owner}/{repo}."""
        return self._run(CHECK, path=(owner, repo))

    def add(self, *, owner: str, repo: str) -> None:
        """Star a repository. PUT /user/starred/{owner}/{repo}."""
        return self._run(ADD, path=(owner, repo))

    def remove(self, *, owner: str, repo: str) -> None:
        """Take the star from a repository. DELETE /user/starred/{owner}/{repo}."""
        return self._run(REMOVE, path=(owner, repo))

    @property
    def with_raw_response(self) -> RawStars:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawStars(self._as_raw())


class RawStars:
    """stars, with whole answers."""

    def __init__(self, raw: Stars) -> None:
        self.check = as_raw(raw.check)
        self.add = as_raw(raw.add)
        self.remove = as_raw(raw.remove)


class AsyncStars(AsyncResource):
    """Actions on stars."""

    async def check(self, *, owner: str, repo: str) -> Literal[True] | Literal[False]:
        """Tell whether the signed-in user has starred a repository. GET /user/starred/{owner}/{repo}."""
        return await self._run(CHECK, path=(owner, repo))

    async def add(self, *, owner: str, repo: str) -> None:
        """Star a repository. PUT /user/starred/{owner}/{repo}."""
        return await self._run(ADD, path=(owner, repo))

    async def remove(self, *, owner: str, repo: str) -> None:
        """Take the star from a repository. DELETE /user/starred/{owner}/{repo}."""
        return await self._run(REMOVE, path=(owner, repo))

    @property
    def with_raw_response(self) -> AsyncRawStars:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawStars(self._as_raw())


class AsyncRawStars:
    """stars, with whole answers."""

    def __init__(self, raw: AsyncStars) -> None:
        self.check = as_raw_async(raw.check)
        self.add = as_raw_async(raw.add)
        self.remove = as_raw_async(raw.remove)

"""Actions on stars."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.contract import Case, Operation
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

CHECK: Operation[Literal[True] | Literal[False]] = Operation(
    "stars.check",
    "GET",
    "/user/starred/{owner}/{repo}",
    cases={204: Case(constant=(True,)), 404: Case(constant=(False,))},
)
ADD = Operation[None]("stars.add", "PUT", "/user/starred/{owner}/{repo}")
REMOVE = Operation[None]("stars.remove", "DELETE", "/user/starred/{owner}/{repo}")


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


class RawStars(Resource):
    """stars, with whole answers."""

    check = as_raw(Stars.check)
    add = as_raw(Stars.add)
    remove = as_raw(Stars.remove)


class AsyncStars(AsyncResource):
    """Actions on stars."""

    check = as_async(Stars.check)
    add = as_async(Stars.add)
    remove = as_async(Stars.remove)

    @property
    def with_raw_response(self) -> AsyncRawStars:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawStars(self._as_raw())


class AsyncRawStars(AsyncResource):
    """stars, with whole answers."""

    check = as_raw_async(AsyncStars.check)
    add = as_raw_async(AsyncStars.add)
    remove = as_raw_async(AsyncStars.remove)

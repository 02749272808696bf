"""Actions on repos."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.client import (
    AsyncResource,
    Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager
from ferrule_runtime.streams import AsyncDownload, Download

from ..models.shared import Repo

LIST: Operation[list[Repo]] = Operation(
    "repos.list", "GET", "/orgs/{org}/repos", returns=list[Repo], paging="default"
)
GET: Operation[Repo] = Operation(
    "repos.get", "GET", "/repos/{owner}/{repo}", returns=Repo
)
ARCHIVE_URL: Operation[str] = Operation(
    "repos.archive_url",
    "GET",
    "/repos/{owner}/{repo}/zipball/{ref}",
    returns=str,
    redirect=True,
    slashes=("ref",),
)
FILE: Operation[bytes] = Operation(
    "repos.file",
    "GET",
    "/repos/{owner}/{repo}/contents/{path}",
    returns=bytes,
    stream="bytes",
    slashes=("path",),
    headers={"Accept": "application/vnd.github.raw+json"},
)


class Repos(Resource):
    """Actions on repos."""

    def list(
        self,
        *,
        org: str,
        type_: (
            Literal["all", "public", "private", "forks", "sources", "member"]
            | str
            | Omit
        ) = omit,
        sort: Literal["created", "updated", "pushed", "full_name"] | str | Omit = omit,
        direction: Literal["asc", "desc"] | str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Repo]:
        """List the repositories of an organization. GET /orgs/{org}/repos."""
        return self._pages(
            LIST,
            path=(org,),
            query={"type": type_, "sort": sort, "direction": direction},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def get(self, *, owner: str, repo: str) -> Repo:
        """Show a repository. GET /repos/{owner}/{repo}."""
        return self._run(GET, path=(owner, repo))

    def archive_url(self, *, owner: str, repo: str, ref: str) -> str:
        """Get the address of a zip archive of a repository. GET /repos/{owner}/{repo}/zipball/{ref}.

        The address is on another host; that of a private repository is good for five minutes.
        """
        return self._run(ARCHIVE_URL, path=(owner, repo, ref))

    def file(
        self, *, owner: str, repo: str, path: str, ref: str | Omit = omit
    ) -> Download:
        """Download a file of a repository, as it is. GET /repos/{owner}/{repo}/contents/{path}.

        Args:
            ref: A branch, a tag or a commit; the default branch if left out.
        """
        return self._download(FILE, path=(owner, repo, path), query={"ref": ref})

    @property
    def with_raw_response(self) -> RawRepos:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawRepos(self._as_raw())


class RawRepos:
    """repos, with whole answers."""

    def __init__(self, raw: Repos) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw(raw.get)
        self.archive_url = as_raw(raw.archive_url)
        self.file = as_raw(raw.file)


class AsyncRepos(AsyncResource):
    """Actions on repos."""

    def list(
        self,
        *,
        org: str,
        type_: (
            Literal["all", "public", "private", "forks", "sources", "member"]
            | str
            | Omit
        ) = omit,
        sort: Literal["created", "updated", "pushed", "full_name"] | str | Omit = omit,
        direction: Literal["asc", "desc"] | str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Repo]:
        """List the repositories of an organization. GET /orgs/{org}/repos."""
        return self._pages(
            LIST,
            path=(org,),
            query={"type": type_, "sort": sort, "direction": direction},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    async def get(self, *, owner: str, repo: str) -> Repo:
        """Show a repository. GET /repos/{owner}/{repo}."""
        return await self._run(GET, path=(owner, repo))

    async def archive_url(self, *, owner: str, repo: str, ref: str) -> str:
        """Get the address of a zip archive of a repository. GET /repos/{owner}/{repo}/zipball/{ref}.

        The address is on another host; that of a private repository is good for five minutes.
        """
        return await self._run(ARCHIVE_URL, path=(owner, repo, ref))

    async def file(
        self, *, owner: str, repo: str, path: str, ref: str | Omit = omit
    ) -> AsyncDownload:
        """Download a file of a repository, as it is. GET /repos/{owner}/{repo}/contents/{path}.

        Args:
            ref: A branch, a tag or a commit; the default branch if left out.
        """
        return await self._download(FILE, path=(owner, repo, path), query={"ref": ref})

    @property
    def with_raw_response(self) -> AsyncRawRepos:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRepos(self._as_raw())


class AsyncRawRepos:
    """repos, with whole answers."""

    def __init__(self, raw: AsyncRepos) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw_async(raw.get)
        self.archive_url = as_raw_async(raw.archive_url)
        self.file = as_raw_async(raw.file)

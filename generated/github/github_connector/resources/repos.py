"""Actions on repos."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.streams import Download
from ferrule_runtime.twins import (
    as_async,
    as_async_download,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.shared import Repo

LIST = Operation[list[Repo]]("repos.list", "GET", "/orgs/{org}/repos", paging="default")
GET = Operation[Repo]("repos.get", "GET", "/repos/{owner}/{repo}")
ARCHIVE_URL = Operation[str](
    "repos.archive_url",
    "GET",
    "/repos/{owner}/{repo}/zipball/{ref}",
    redirect=True,
    slashes=("ref",),
)
FILE = Operation[bytes](
    "repos.file",
    "GET",
    "/repos/{owner}/{repo}/contents/{path}",
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


class RawRepos(Resource):
    """repos, with whole answers."""

    list = as_raw_page(Repos.list)
    get = as_raw(Repos.get)
    archive_url = as_raw(Repos.archive_url)
    file = as_raw(Repos.file)


class AsyncRepos(AsyncResource):
    """Actions on repos."""

    list = as_async_pager(Repos.list)
    get = as_async(Repos.get)
    archive_url = as_async(Repos.archive_url)
    file = as_async_download(Repos.file)

    @property
    def with_raw_response(self) -> AsyncRawRepos:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRepos(self._as_raw())


class AsyncRawRepos(AsyncResource):
    """repos, with whole answers."""

    list = as_raw_page(AsyncRepos.list)
    get = as_raw_async(AsyncRepos.get)
    archive_url = as_raw_async(AsyncRepos.archive_url)
    file = as_raw_async(AsyncRepos.file)

"""As much English as names need: plurals, verbs, and words that say nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ferrule import naming
from ferrule.imports.openapi.word_sets import words

# Nouns that look like plurals and are none, and words that are both.
_SINGULAR = words("""
    access address alias analysis atlas axis basis bias bonus bus business campus canvas
    census chaos compass consensus corpus cors css diagnosis dns focus gas genesis glass gps
    gus https ios is kubernetes lens loss mass news nexus nodejs os previous process progress
    radius redis rss s3 saas series sis sms sns species sqs stats status synopsis synthesis
    this tls tos txs us virus vps was yes
    """)
_PLURAL = words("""
    aliases all analytics children criteria data feet indices media men people presences
    schemata series sms staff statistics stats vertices women
    """)
_TO_SINGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "indices": "index",
    "indexes": "index", "vertices": "vertex", "matrices": "matrix", "criteria": "criterion",
    "schemata": "schema", "analyses": "analysis", "bases": "base", "cases": "case",
    "databases": "database", "caches": "cache", "movies": "movie", "cookies": "cookie",
    "leases": "lease", "phases": "phase", "purchases": "purchase", "releases": "release",
    "responses": "response", "licenses": "license", "expenses": "expense", "houses": "house",
    "warehouses": "warehouse", "invoices": "invoice", "services": "service", "devices": "device",
    "prices": "price", "choices": "choice", "sources": "source", "resources": "resource",
    "courses": "course", "pauses": "pause", "causes": "cause", "clauses": "clause",
    "uses": "use", "ties": "tie", "pies": "pie", "lies": "lie",
    "archives": "archive", "drives": "drive", "waves": "wave", "lives": "life",
    "leaves": "leaf", "knives": "knife", "shelves": "shelf", "halves": "half", "data": "data",
    "media": "media", "statistics": "statistics", "analytics": "analytics", "series": "series",
    "quizzes": "quiz", "buses": "bus", "statuses": "status", "aliases": "alias",
    "addresses": "address", "accesses": "access", "processes": "process", "businesses": "business",
 "headers": "header", "synonyms": "synonym", "stats": "stats",
    "news": "news", "goods": "goods", "settings": "setting", "sms": "sms", "heroes": "hero",
}  # fmt: skip

VERBS = words("""
    accept acknowledge activate add allow approve archive assign associate attach authorize
    batch block bulk buy calculate cancel capture charge check checkout claim clear clone
    close commit complete compute confirm connect convert copy count create deactivate decline
    decrypt delete deliver deny deploy detach disable disassociate disconnect dismiss download
    duplicate enable encrypt end estimate evaluate exchange execute expire export extend fetch
    finalize find finish flush follow forward generate get hide import increment init
    initialize initiate insert invite invoke join kick leave link list lock login logout
    lookup mark match merge migrate modify move mute notify open parse patch pause pay ping
    pin play poll predict preview process promote publish pull purge push put query read
    reauthorize rebuild receive recover redeem refresh refund register reject release reload
    remove rename render renew reopen reorder replace reply report request reset resend
    resolve restart restore resume retrieve retry return revert review revoke rotate run save
    scan schedule search send set share sign skip snooze start stop stream submit subscribe
    suspend swap switch sync terminate test toggle transfer translate trigger unarchive
    unassign unblock undelete undo unfollow uninvite unlink unlock unmute unpin unpublish
    unshare unstar unsubscribe update upgrade upload validate verify view void vote watch
    whoami withdraw write
    """)
"""What can be the name of a method as it stands."""

_VERSION = re.compile(
    r"v?[0-9]+([._-][0-9]+)*([_-]?(alpha|beta|preview|rc)[0-9]*)?|v[0-9]+[a-z]?|"
    r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?|latest",
    re.IGNORECASE,
)
_PLAIN_VERSION = re.compile(r"v[0-9]+([._][0-9]+)*((alpha|beta|preview|rc)[0-9]*)?", re.IGNORECASE)
API_WORDS = frozenset(("api", "apis", "rest", "restapi", "rest-api", "services", "public-api"))
_NOT_ASCII = re.compile(r"[^A-Za-z0-9_]+")


@lru_cache(maxsize=16384)
def snake(text: str) -> str:
    """The text as a name in ASCII: accents cut, other letters left out; may be empty."""
    name = naming.snake(text)
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name)
        name = naming.snake(_NOT_ASCII.sub("_", plain.encode("ascii", "ignore").decode()))
    return name


def is_version(segment: str) -> bool:
    """Whether a segment of a path names a version and nothing else."""
    return _PLAIN_VERSION.fullmatch(segment) is not None or (
        _VERSION.fullmatch(segment) is not None
        and bool(re.match(r"v|[0-9]{4}-|latest", segment, re.IGNORECASE))
    )


def is_number(segment: str) -> bool:
    """Whether it is a number such as stands for a version behind `api`."""
    return re.fullmatch(r"[0-9]+(\.[0-9]+)*", segment) is not None


@lru_cache(maxsize=16384)
def is_plural(word: str) -> bool:
    """Whether the last part of a snake_case word names several things."""
    last = word.rsplit("_", 1)[-1]
    if word in _SINGULAR or last in _SINGULAR:
        return last in _PLURAL
    if last in _PLURAL:
        return True
    return len(last) > 2 and last.endswith("s") and not last.endswith(("ss", "us", "is"))


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """The word for one of them; a word that is no plural stays as it is."""
    head, underscore, last = word.rpartition("_")
    return f"{head}{underscore}{_one(last)}"


def _one(last: str) -> str:
    known = _TO_SINGULAR.get(last)
    if known is not None:
        return known
    if last in _SINGULAR or not is_plural(last):
        return last
    if last.endswith("ies") and len(last) > 4:
        return f"{last[:-3]}y"
    if last.endswith(("sses", "shes", "ches", "xes", "zes")):
        return last[:-2]
    return last[:-1]


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What a word and its plural have in common, for comparison."""
    return singular(word)


def less_parent(word: str, parents: tuple[str, ...]) -> str:
    """The word without what its parent says already: `customer_sources` under `customers`."""
    if not parents:
        return word
    parts = word.split("_")
    above = [stem(each) for each in parents[-1].split("_")]
    size = len(above)
    if len(parts) > size and [stem(each) for each in parts[:size]] == above:
        return "_".join(parts[size:])
    return word

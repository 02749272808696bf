"""Names that tell how lists go on: of parameters, and of fields of answers."""

from __future__ import annotations

CURSOR_IN = (
    "cursor", "pagetoken", "nextpagetoken", "pagecursor", "nextcursor", "nexttoken", "startcursor",
    "continuationtoken", "continuation", "paginationtoken", "after", "pageafter", "startingafter",
    "scrollid", "marker", "bookmark", "nextmarker", "pagingtoken", "iterator", "token",
)  # fmt: skip
CURSOR_OUT = (
    "nextcursor", "nextpagetoken", "nexttoken", "nextpagecursor", "endcursor", "aftercursor",
    "continuationtoken", "nextcontinuationtoken", "nextmarker", "nextbookmark", "paginationtoken",
    "nextpaginationtoken", "nextiterator", "nextstartcursor", "cursor", "after", "next", "iterator",
    "bookmark", "marker", "scrollid", "pagetoken", "nextpage", "continuation", "startingafter",
    "nextoffset", "token",
)  # fmt: skip
URL_OUT = (
    "nexturl",
    "nextpageurl",
    "nextpageuri",
    "nextlink",
    "nexturi",
    "nextpagelink",
    "odatanextlink",
)
AMBIGUOUS_OUT = ("next", "nextpage")
MORE = ("hasmore", "hasnext", "hasnextpage", "hasmoreitems", "moreitems", "more", "ismore")
LAST = ("islast", "lastpage", "isdone", "islastpage", "last")
TOTAL = ("total", "totalcount", "totalitems", "totalresults", "totalrecords", "totalelements")
PAGE = ("page", "pagenumber", "pageno", "currentpage", "pageindex", "p")
OFFSET = (
    "offset",
    "skip",
    "start",
    "startat",
    "startindex",
    "from",
    "pageoffset",
    "startposition",
)
SIZE = (
    "limit", "perpage", "pagesize", "size", "maxresults", "count", "pagelimit", "itemsperpage",
    "top", "first", "maxpagesize", "maxitems", "resultsperpage", "recordsperpage", "maxrecords",
    "num", "rows", "length", "take", "pagelength", "pagecount",
)  # fmt: skip
BOTH_ARE_CURSORS = frozenset(("next", "nextpage", "cursor", "after", "token", "marker", "bookmark"))

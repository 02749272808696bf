"""Specs that are right: what the language can say passes without a finding."""

import pytest

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.passes.check import check
from ferrule.passes.parse import parse

HEAD = "ferrule: 1\nconnector: shop\nversion: 1.0.0\n"
BASE_URL = "base_url: https://api.shop.example\n"

RIGHT = {
    "settings": r"""
settings:
  a: string
  b: integer = 5
  c?: number
  d: boolean = true
  e: date
  f: datetime
  g: duration = 30s
  h: url
  i: secret
  k: enum(a | b) = a
  l: list(string)
  m: map(string)
  n: map(secret)
  o: json_secret
  p: {.type: string, .strip: ["https://", ".zendesk.com"], .pattern: "[a-z]+", .example: x,
    .doc: y}
  q: email
headers:
  X-1: ${a}${b}${c}${d}${e}${f}${g}${h}${k}${q}
  X-2: ${i}
  X-3: ${l | join ,}
  X-4: ${m.key}
  X-5: ${n.key}
  X-6: ${o.private_key}
  X-7: ${p | lower | replace _ -}
  X-8: ${c ?? b}
  X-9: ${now - 7d | date}
  X-10: $$5
""",
    "values": r"""
settings: {account: string, environment: enum(production | sandbox)}
values:
  account_host: ${account | lower | replace _ -}
  host: {.by: environment, production: api.x.com, sandbox: "${account}.x.com"}
  other: {.by: environment, production: a, .else: b}
base_url: https://${host}/${account_host}/${other}
""",
    "requests": r"""
base_url: https://a.example
hosts: {files: "https://files.example", up: "https://up.example/x"}
settings: {account: string, account2?: string}
headers: {X-Version: "2024", X-Account: "${account2}"}
cookies: {lang: en}
query: {v: 1, w: true, list: [a, b]}
actions:
  a.get:
    get: /a/{id:integer}/{name}.json/{rest:slashes}/{more?:slashes}
    path: {name: {.type: string, .doc: x}}
    query:
      limit?: integer = 20
      alt: = media
      account: = ${account}
      filter[name]?: string
      $filter?: string
      x-api-version?: string
      type?: string
      ids?: {.type: list(string), .style: csv}
      deep?: {.type: map(string), .style: deep}
      obj?: {a?: string, b?: integer}
      created?: Range
      since?: {.type: datetime, .format: epoch}
      wait?: {.type: integer, .extends_timeout: true}
      five: {.const: 5}
      choice?: {.type: integer, .enum: [1, 2], .default: 1}
      named?: {.enum: {OPEN: 1, CLOSED: 2}}
      .rest: any
    headers: {X-Version: none, If-Match?: string, X-Fixed: = yes}
    cookies: {session?: string}
    returns: any
  b.create:
    post: /b
    body: {.wrap: ticket, subject: string, comment: {body: string, public?: boolean},
      tags?: list(string), type: string, .rest: any}
    idempotency_key: header.Idempotency-Key
    returns: {200: Range, 202: Range, 204: none, 404: = false}
  c.create: {post: /c, body: Range, returns: redirect}
  c.map: {post: /c, body: map(any), returns: text}
  c.list: {post: /c, body: list(Range), returns: bytes}
  c.opt: {post: /c, body?: Range, returns: lines(Range)}
  c.opt2: {post: /c, body?: {a: string, b?: string}, returns: events(Range)}
  d.text: {put: /d, send: text, body: text, returns: csv(Range)}
  d.bytes: {put: /d, send: bytes, body: bytes, returns: {json: Range, csv: text}}
  d.file: {put: /d, send: bytes, body: file, returns: integer(text) at header.Total}
  d.multi:
    post: /d
    send: multipart
    body: {file: file, files?: list(file), meta: {.part: {type: application/json}, a: string},
      img?: {.type: file, .part: {type: image/png, filename: x.png}}}
  d.form: {post: /d, send: form, body: {a: string, b: {c: string}}, arrays: brackets}
  e.bodies: {post: /e, bodies: {json: Range, multipart: {a: file}}}
  f.host: {get: /f, host: files, timeout: 10s, cache: etag, replay: safe, deprecated: use g,
    scopes: [a], docs: "https://x.example", summary: s, description: d}
  g.full: {get: "https://other.example/x/{id}"}
  h.delete: {delete: "/h/{id}", returns: none}
  i.head: {head: /i, returns: integer(text) = 0 at header.Total}
  j.loc:
    post: /j
    returns: string at header.Location ~ "[0-9]+$"
  k.xml: {get: /k, returns: xml(Range) at $.ListBucketResult.Contents}
  l.options: {options: /l}
models:
  Range: {gt?: datetime(epoch), lt?: datetime(epoch)}
""",
    "kinds of auth": r"""
settings: {bot_token: secret, user: string, key: secret, scheme: string = Token, app_id: string}
auth:
  one_of:
    none: none
    bot: {token: "${bot_token}"}
    basic: {basic: {username: "${user}", password: "${key}"}}
    scheme: {token: {value: "${key}", scheme: "${scheme}"}}
    query: {token: {value: "${key}", apply: query.api_key}}
    cookie: {token: {value: "${key}", apply: cookie.sid, scheme: none}}
    both: {all_of: [{token: "${bot_token}"}, {custom: {headers: {X-App: "${app_id}"},
      query: {t: "${now | date}", n: "${nonce}"}, body: {k: "${key}"}}}]}
actions:
  a.get: {get: /a, auth: none}
  b.get: {get: /b, auth: bot}
  c.get: {get: /c, auth: [bot, basic + query, none]}
""",
    "named auth": r"""
settings: {bot_token: secret, key: secret}
auths: {bot: {token: "${bot_token}"}, app: {token: {value: "${key}", apply: header.X-Key}}}
auth: bot
actions:
  a.get: {get: /a, auth: app}
""",
    "oauth2": r"""
settings: {client_id: string, client_secret: secret, tenant: string}
auth:
  oauth2:
    token: {post: "https://login.example/${tenant}/token", body: {audience: api,
      grant_type: client_credentials}, headers: {X: a}}
    refresh: https://login.example/${tenant}/refresh
    scopes: [a, b]
    scope_separator: ","
    client_auth: basic
    ok: $.access_token
    access_token: $.token
    expires_in: $.expires as milliseconds
    early: 10s
    lifetime: 1h
    apply: header.X-Token
    scheme: none
""",
    "refresh": r"""
settings: {start: secret}
auth:
  token:
    value: ${start}
    refresh:
      request: {post: /refresh, headers: {Authorization: "Bearer ${token.refresh_token}"},
        body: {old: "${token.access_token}"}}
      access_token: $.token
      refresh_token: $.refresh
      expires_in: $.expires
""",
    "errors": r"""
errors:
  ok: $.ok
  code: [$.error.code, $.error.type, "$.errors[*].code", $.__type ~ "#(.+)$"]
  message: [$.error.message, text]
  details: $.errors as list(FieldError)
  request_id: header.X-Request-Id
  rules:
    - when: status in (403 | 429) and header.x-ratelimit-remaining == "0"
      then: limited
      wait: header.x-ratelimit-reset as epoch
    - when: status == 200 and $.reason == "Authentication"
      then: fail
    - {when: status >= 500 and not exists($.error), then: retry, wait: 2s}
    - {when: header.x-left as integer <= 1, then: limited,
      wait: $.m ~ "after (.+)$" as date else 60s}
    - when: $.error.code matches "^E[0-9]+$" or count($.errors) > 3 or length($.name) == 5
      then: Odd
    - {when: text contains "gone" or $.tags contains "x" or $.a starts "b", then: ignore}
    - {when: $.a == null and $.b != true, then: end}
    - {when: not ($.done), then: success}
    - {when: cookie.x == "y" , then: reconnect}
  codes:
    reconnect: [token_revoked]
    NotFound: [channel_not_found, 606, "two words"]
    Locked: {codes: [UNABLE_TO_LOCK_ROW], then: retry}
    RateLimited: {codes: [607], then: limited, wait: 20s}
  statuses:
    Gone: [410]
    Odd: {statuses: [418], then: fail}
    Invalid: {statuses: [422]}
  envelope: {ok: boolean, error?: {code?: string, type?: string, message?: string},
    errors?: list(FieldError),
    __type?: string, reason?: string, name?: string, tags?: list(string), a?: string | null,
    b?: boolean, done?: boolean, m?: string}
models:
  FieldError: {code: string}
""",
    "retries and limits": r"""
retry: {attempts: 4, backoff: 500ms..30s, jitter: full, network: true, all_errors: false}
rate_limits: {default: [10/second, 400/minute], search: 4/second burst 10,
  cost: 1000 points/minute}
settings: {n: integer = 5}
concurrency: ${n}
observe: {header.X-Call-Limit: "{used}/{limit}",
  header.x-limit-info: "remaining={remaining}; resets={reset:seconds}"}
timeout: {connect: 5s, read: 30s, total: 2m}
actions:
  a.find: {get: /a, limit: search, retry: {attempts: 1, backoff: none}, timeout: 5s}
  b.find: {get: /b, limit: [default, search]}
  c.find: {get: /c, limit: cost, cost: 5}
  d.find: {get: /d, limit: none}
""",
    "paging": r"""
pagings:
  default: {cursor: $.meta.next, into: "query.page[after]", size: {in: "query.page[size]",
    default: 100, max: 100}, more: $.meta.more, total: $.meta.total}
  legacy: {next_url: $.next_page}
  link: {link_header: next, size: query.per_page}
  page: {page: query.page, start: 0}
  offset: {offset: query.offset, size: {in: query.limit, default: 5}}
  last: {cursor: last.id, into: query.after, more: $.has_more}
  body: {cursor: $.next, into: body.cursor, size: {in: body.page_size}}
  multi: {into: {body.range_end: last.key, body.revision: $.header.revision}}
  header: {next_url: header.Next-Page}
envelope: {meta: {next: string | null, more: boolean, total: integer}, next_page: string | null,
  has_more: boolean, next?: string, header: {revision: string}}
actions:
  a.list: {get: /a, returns: list(Item) at $.items, query: {"page[after]?": string}}
  b.list: {get: /b, returns: list(Item) at $.items, paging: legacy}
  c.list: {get: /c, returns: list(Item), paging: link}
  d.list: {get: /d, returns: list(Item), paging: page}
  e.list: {get: /e, returns: list(Item), paging: offset}
  f.list: {get: /f, returns: list(Item) at $.data, paging: last}
  g.list: {post: /g, returns: list(Item) at $.data, paging: body, body: {query: string}}
  h.list: {post: /h, returns: list(Item) at $.kvs, paging: multi}
  i.list: {get: /i, returns: list(Item), paging: header}
  j.list: {get: /j, returns: list(Item), paging: none}
  k.list: {get: /k, returns: list(Item) at $.items, paging: {size: {default: 50, max: 50}}}
  l.list: {get: /l, returns: list(Item) at $.items, paging: {into: query.other}}
  m.list: {get: /m, returns: list(Item) | null at $.items, paging: none}
  n.list: {get: /n, returns: Items at $.items, paging: none}
  o.count: {get: /o, returns: integer(text) = 0 at $.count}
models:
  Item: {id: string, key: string}
  Items: list(Item)
""",
    "types": r"""
actions:
  a.get: {get: /a, returns: All | Block | Dog | Tuple | Closed}
models:
  Priority: enum(low | normal)
  All:
    a: string
    b: datetime(epoch_ms)
    c: datetime("%d/%m/%Y")
    d: integer(text)
    e: enum!(a | b)
    f: integer(1 | 2)
    g: string(~"[a-z]+")
    h: string(1..80)
    i: integer(1..25)
    j: list(map(string | null))
    k: All | null
    l: list(All)
    m: {n: {o: string}}
    p: = list
    q: {.enum: [1, 2]}
    r: {.enum: {OPEN: 1, CLOSED: 2}}
    s: {.type: string, .doc: x, .py: ess, .deprecated: use t, .read_only: true, .example: 5}
    t: bytes(hex)
    u?: decimal | null
    v: number(nan)
    w: object
    x: any
    y: {.items: [string, integer]}
    z: Priority
    fields: string
    type: string
    "odd name": string
    blank: {.type: string, .blank_is_null: true}
    uuid: uuid
    time: time
    duration: duration
    big: {.type: integer, .min: 1, .max: 5}
    other: {.type: list(string), .max_length: 5}
  Pet: {name: string}
  Named: {title: string}
  Dog: {.is: [Pet, Named], bark: boolean}
  Block: {.by: type, paragraph: Paragraph, heading_1: Heading, .else: OtherBlock}
  Paragraph: {type: = paragraph, text: string}
  Heading: {type: enum(heading_1 | heading_2), text: string}
  OtherBlock: {type: string}
  Tuple: {pair: {.items: [string, All]}}
  Closed: {.closed: true, id?: string, email?: string, .one_of_fields: [id, email]}
  Tree: {value: string, children: list(Tree), parent?: Tree}
""",
    "free_urls": r"""
settings: {origins: list(url)}
actions:
  get: {url: "${input.url}", method: GET, input: {url: url}, query?: pairs(string),
    headers?: pairs(string)}
  send: {url: "${input.url}", method: "${input.method}", input: {url: url,
    method: enum!(POST | PUT)}, send: text, body?: text}
""",
    "arguments of one name": r"""
actions:
  a.update:
    put: /a/{id}
    query: {id?: string, self?: string, page_size?: integer, extra?: string}
    headers: {id?: string}
    body: {id: string, body: string, class: string, .rest: any}
""",
    "test": r"""
settings: {u: string}
test: {post: "/me/${u}", ok: $.user.id, failed: status == 401, message: [$.message,
  header.X-Why], body: {a: 1, b: [x], c: {d: null}}, send: json, auth: none, headers: {X: "${u}"}}
""",
}
"""Fragments, one for each part of the language; a base URL is added where one is needed."""


@pytest.mark.parametrize("part", RIGHT)
def test_nothing_is_said_about_what_is_right(part: str) -> None:
    text = RIGHT[part].lstrip("\n")
    needs_base_url = "base_url:" not in text and part != "free_urls"
    report = Report()
    source = SourceFile("spec.yaml", HEAD + (BASE_URL if needs_base_url else "") + text)
    tree = parse(source, report)
    assert tree is not None, list(report)
    spec = check(tree, report)
    assert [finding for finding in report if finding.rule != "not-checked"] == []
    assert spec is not None

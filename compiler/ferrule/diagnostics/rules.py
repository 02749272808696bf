"""The table of rules that findings name: one row a rule, grouped by the pass that uses it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from msgspec import Struct


class Severity(Enum):
    """How much a finding matters: an error stops the pipeline, the others do not."""

    error = "error"
    warning = "warning"
    info = "info"


class Rule(Struct, frozen=True):
    """A named rule. `summary` is one sentence that says what the rule asks for or refuses."""

    name: str
    severity: Severity
    summary: str


ERROR, WARNING, INFO = Severity.error, Severity.warning, Severity.info

READ_RULES = (
    ("file-not-found", ERROR, "The named file does not exist."),
    ("not-a-file", ERROR, "A folder stands where a spec file is expected."),
    ("unreadable-file", ERROR, "The file exists and cannot be read."),
    ("too-large", ERROR, "The file is larger than the size limit."),
    ("not-utf8", ERROR, "A spec is UTF-8 text."),
    ("empty-file", ERROR, "The file holds no YAML at all."),
)

PARSE_RULES = (
    ("yaml-syntax", ERROR, "The text is not YAML."),
    ("tab-indentation", ERROR, "YAML is indented with spaces, never with tabs."),
    ("unclosed-quote", ERROR, "A quoted text is never closed."),
    ("unclosed-bracket", ERROR, "A `{` or `[` is never closed."),
    ("text-after-quote", ERROR, "Text follows a closing quote on the same line."),
    ("bad-escape", ERROR, "A double-quoted text holds an escape that YAML does not know."),
    ("colon-in-value", ERROR, "`: ` ends an unquoted value: quote the value."),
    (
        "torn-value",
        ERROR,
        "A comma or bracket tears an unquoted value inside `{ }` or `[ ]` apart.",
    ),
    ("cut-value", ERROR, "` #` begins a comment and cuts an unquoted value short."),
    ("indentation", ERROR, "A line is indented so that it belongs to nothing."),
    ("too-deep", ERROR, "Values are nested deeper than the limit."),
    ("not-a-mapping", ERROR, "A spec is a map of keys and values."),
    ("second-document", ERROR, "A file holds one YAML document."),
    ("yaml-directive", ERROR, "`%YAML` and `%TAG` lines are not used."),
    ("anchor", ERROR, "Anchors (`&name`) are not used."),
    ("alias", ERROR, "Aliases (`*name`) are not used."),
    ("merge-key", ERROR, "Merge keys (`<<`) are not used."),
    ("tag", ERROR, "Tags (`!name`) are not used."),
    ("complex-key", ERROR, "A key is one plain or quoted text."),
    ("empty-key", ERROR, "A key is missing before the colon."),
    ("duplicate-key", ERROR, "A key stands once in its map, with or without `?`."),
    ("empty-value", ERROR, "Every key and every list entry has a value."),
    ("number-out-of-range", ERROR, "A number is finite and of reasonable length."),
    ("control-character", ERROR, "Control characters are written as escapes in quotes."),
    ("line-separator", ERROR, "Raw U+0085, U+2028 and U+2029 are not used."),
    ("bidi-control", ERROR, "Characters that reverse the reading direction are not used."),
    ("zero-width-character", ERROR, "Characters that cannot be seen are not used."),
    ("non-breaking-space", ERROR, "Blanks around keys and values are plain spaces."),
    ("full-width-character", ERROR, "Full-width letters, digits and signs do not stand for ASCII."),
    ("smart-quote", ERROR, "Typographic quotes do not quote: use ASCII quotes."),
    ("look-alike-character", ERROR, "A key does not mix ASCII letters with look-alikes."),
    ("key-not-nfc", ERROR, "Keys are in Unicode normal form C."),
)

CHECK_RULES = (
    ("language-version", ERROR, "The language version is one that this compiler reads."),
    ("version-number", ERROR, "`version` is MAJOR.MINOR.PATCH."),
    ("unknown-key", ERROR, "A key of Ferrule's is one that its map knows."),
    ("missing-key", ERROR, "A key that is needed is there."),
    ("wrong-type", ERROR, "A value is of the kind that its key takes: text, a number, a map, …"),
    ("unknown-choice", ERROR, "A word is one of those that its key takes."),
    ("out-of-range", ERROR, "A number lies within its bounds."),
    ("empty-map", ERROR, "A map of Ferrule's says something."),
    ("exactly-one", ERROR, "Of keys that exclude each other one is given."),
    ("oauth2-parts", ERROR, "A grant of OAuth 2 has the parts that it uses, and no others."),
    ("bad-proxy", ERROR, "A proxy is the URL of one that speaks HTTP or SOCKS."),
    ("insecure-tls", ERROR, "Only an installer may give keys, or take any certificate."),
    ("signature-parts", ERROR, "A signature has the parts that it is made of, and never itself."),
    ("include-missing", ERROR, "A file that a spec includes or extends is there."),
    ("include-outside", ERROR, "What a spec includes stands in its own folder or below."),
    ("include-key", ERROR, "A file that is included holds maps of names."),
    ("include-cycle", ERROR, "A spec does not extend itself, however far around."),
    ("duplicate-name", ERROR, "A name stands in one file of a spec only."),
    ("hook-missing", ERROR, "A function that fills a slot is there."),
    ("hook-syntax", ERROR, "A file with functions is Python."),
    ("hook-signature", ERROR, "A function takes what its slot gives it."),
    ("webhook-unproven", ERROR, "The signature of a webhook covers its body and its timestamp."),
    ("example-mismatch", ERROR, "The answer of an example is of the declared type."),
    ("bad-type", ERROR, "A type is written as types are."),
    ("bad-place", ERROR, "A place in a request or an answer is written as places are."),
    ("bad-template", ERROR, "`${…}` holds names and known filters."),
    ("bad-path", ERROR, "The path of a request is a path or a URL."),
    ("bad-condition", ERROR, "A condition is written as conditions are."),
    ("bad-duration", ERROR, "A duration has a number and a unit."),
    ("bad-moment", ERROR, "A moment is a date, a time, or counted from now."),
    ("bad-rate", ERROR, "A rate is a count in a time."),
    ("bad-wait", ERROR, "A wait is a duration or a place, with a unit."),
    ("bad-pattern", ERROR, "A regular expression is one that is bounded and portable."),
    ("bad-graphql", ERROR, "A GraphQL document has operations whose brackets match."),
    ("bad-name", ERROR, "A name of the author's has the form that its place asks for."),
    ("reserved-name", ERROR, "A name is not one that Ferrule or the client needs itself."),
    ("name-clash", ERROR, "Two things that are looked up in one place differ by name."),
    ("action-prefix", ERROR, "No action's name is the beginning of another's."),
    ("python-name-clash", ERROR, "Two names of a spec do not become one name in Python."),
    ("wire-name", ERROR, "The name of a header or cookie is one that HTTP can carry."),
    ("header-value", ERROR, "The value of a header is one line."),
    ("unknown-reference", ERROR, "What `${…}` looks up is declared."),
    ("reference-not-here", ERROR, "What `${…}` looks up is known where it stands."),
    ("not-looked-up", WARNING, "What is to be looked up stands in `${…}`."),
    ("reference-cycle", ERROR, "Values are not made from each other in a circle."),
    ("reference-not-text", ERROR, "Only single values stand inside a text."),
    ("secret-in-url", ERROR, "A secret does not stand in a URL."),
    ("optional-in-url", ERROR, "What a URL needs is always there."),
    ("unknown-model", ERROR, "A model that a type names is declared."),
    ("type-not-here", ERROR, "A type stands only where it means something."),
    ("option-not-here", ERROR, "A key stands only where it means something."),
    ("not-an-object", ERROR, "What is composed, tagged or merged is an object."),
    ("model-cycle", ERROR, "A model is not made of itself."),
    ("endless-model", ERROR, "A model does not require itself without end."),
    ("missing-tag", ERROR, "Each model of a tagged union has the tag."),
    ("changed-field", ERROR, "`.is` adds fields and does not change them."),
    ("quoted-constant", WARNING, "A constant stands without quotes."),
    ("bad-default", ERROR, "A default is a value of its type."),
    ("path-parameter", ERROR, "The parameters of a path are those that stand in it."),
    ("missing-base-url", ERROR, "A relative path has a base URL."),
    ("bad-base-url", ERROR, "A base URL is an absolute URL without query and fragment."),
    ("plain-http", WARNING, "Credentials and data travel by https."),
    ("body-on-get", WARNING, "GET and HEAD requests have no body."),
    ("body-mismatch", ERROR, "A body is what its `send` can send."),
    ("graphql-variable", ERROR, "The fields of a GraphQL body are the variables of its operation."),
    ("free-url", ERROR, "An action with a free URL says which origins get credentials."),
    ("undeclared-name", ERROR, "A host, paging, limit or kind of auth that is named is declared."),
    ("never-retried", INFO, "A retry that is asked for can happen."),
    ("no-such-path", ERROR, "A path into an answer is possible in what is declared."),
    ("answer-conflict", ERROR, "`envelope` and `returns` agree on what an answer is."),
    ("list-expected", ERROR, "A path with several matches fills a list."),
    ("place-not-here", ERROR, "A place is read where it exists."),
    ("return-cases", ERROR, "The cases of `returns` are of one sort, and complete."),
    ("never-equal", ERROR, "Values that are compared can be equal."),
    ("not-comparable", ERROR, "An operator stands between values that it can compare."),
    ("unknown-member", WARNING, "A value that is compared with an enum is one of its values."),
    ("unknown-outcome", ERROR, "`then` is an outcome or the name of an error class."),
    ("duplicate-code", ERROR, "A code or status leads to one outcome."),
    ("unreachable-rule", WARNING, "No rule stands behind one that always matches first."),
    ("wait-not-here", WARNING, "A wait stands only where something is tried again."),
    (
        "codes-without-code",
        WARNING,
        "Codes are listed only where `errors.code` says where they are.",
    ),
    ("cannot-reauthenticate", WARNING, "Only what can be renewed is renewed."),
    ("paging-style", ERROR, "The keys of a paging belong to one style and are complete."),
    ("endless-paging", WARNING, "A walk over pages can end."),
    ("paging-parameter", ERROR, "The page size is declared once, by the paging."),
    ("paging-not-a-list", ERROR, "An action that pages returns a list."),
    ("list-without-paging", INFO, "A list with a paging parameter has a paging."),
    ("interval-concurrency", ERROR, "`min_interval` goes with a concurrency of 1."),
    ("repeated-effect", WARNING, "A call that had an effect is not sent again."),
    ("cost-over-limit", ERROR, "A single call fits into its limits."),
    ("unknown-parameter", ERROR, "A parameter whose values have limits of their own is declared."),
    ("redundant-rate", WARNING, "Every rate of a list matters."),
    ("unused", WARNING, "What is declared is used."),
    ("not-checked", INFO, "What could not be proven is said."),
)

_SUPPRESSION = (
    ("bad-suppression", WARNING, "A comment that ignores a finding names its rule and says why."),
    ("unused-suppression", WARNING, "A comment that ignores a finding has one to ignore."),
)

_PUBLISH = (
    ("duplicate-connector", ERROR, "Two specs of one run do not make the same connector."),
    ("output-name", ERROR, "The name of an output file is safe on every file system."),
    ("output-symlink", ERROR, "Nothing is written through a symbolic link in the output folder."),
    ("output-not-ours", ERROR, "A folder that Ferrule did not make is left alone."),
    ("output-in-the-way", ERROR, "What stands where a file is to be written is not overwritten."),
    ("output-edited", ERROR, "A generated file that was edited by hand is not overwritten."),
    ("output-overwritten", WARNING, "Edited files were overwritten because that was asked for."),
    ("output-leftover", WARNING, "An interrupted run left the former state of a package behind."),
    ("output-restored", WARNING, "A run that was killed leaves no package moved away."),
    ("output-busy", ERROR, "One compile at a time writes into an output folder."),
    ("output-failed", ERROR, "The output can be written."),
    ("out-of-date", ERROR, "A package is what its spec makes."),
)

_TEMPLATES = (
    ("template-unknown", ERROR, "A template of your own stands for one of Ferrule's."),
    ("template-contract", ERROR, "A template of your own says which contract it was written for."),
    ("template-fault", ERROR, "A template asks for what there is, and writes what can stand."),
)

_IMPORT = (
    ("import-unreadable", ERROR, "What is imported is an OpenAPI document."),
    ("import-unreadable-part", WARNING, "A document is one well-formed text."),
    ("import-invalid", WARNING, "A document keeps to the rules of its own format."),
    ("import-reference", WARNING, "A `$ref` leads somewhere."),
    ("import-refused", WARNING, "Only the document's own folder and allowed hosts are read."),
    ("import-degraded", WARNING, "What a document says amiss is taken for something, and told."),
    ("import-lost", WARNING, "What a document says and a spec cannot say is told."),
    ("import-left-out", INFO, "What a client has no use for is counted."),
    ("import-guess", INFO, "What a document only hints at is guessed, and told."),
    ("import-conflict", WARNING, "What author and document have both changed stays the author's."),
)

_EXPORT = (("export-lost", WARNING, "What a spec says and an OpenAPI document cannot is told."),)


def _table(*groups: Iterable[tuple[str, Severity, str]]) -> dict[str, Rule]:
    table: dict[str, Rule] = {}
    for name, severity, summary in (row for group in groups for row in group):
        if name in table:
            raise AssertionError(f"the rule {name} stands twice in the table")
        table[name] = Rule(name, severity, summary)
    return table


RULES: dict[str, Rule] = _table(
    READ_RULES, PARSE_RULES, CHECK_RULES, _SUPPRESSION, _PUBLISH, _TEMPLATES, _IMPORT, _EXPORT
)


def rule(name: str) -> Rule:
    """The rule of that name. A name that is not in the table is a fault of the compiler."""
    found = RULES.get(name)
    if found is None:
        raise AssertionError(f"{name} is not in the table of rules")
    return found

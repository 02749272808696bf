"""What people read: the place, the line with a caret, the guess, and a summary."""

import textwrap

from ferrule.diagnostics import (
    Diagnostic,
    Report,
    Severity,
    Span,
    render_concise,
    render_text,
    summary,
)
from ferrule.forms.source import SourceFile


def text_of(*findings: Diagnostic, color: bool = False) -> str:
    return render_text(findings, color=color)


def finding(text: str, span: Span | None, **more: object) -> Diagnostic:
    source = SourceFile("specs/x.yaml", text)
    return Diagnostic("tag", Severity.error, source, span, "what it is", **more)  # type: ignore[arg-type]


def lines_of(text: str, span: Span, help_text: str | None = None) -> list[str]:
    """The lines between the headline and the blank line at the end."""
    return text_of(finding(text, span, help=help_text)).split("\n\n")[0].split("\n")[1:]


def test_the_whole_form() -> None:
    text = "auth:\n  oauth2:\n    tokn_url: https://x\n"
    source = SourceFile("specs/github.yaml", text)
    report = Report()
    report.add(
        "tag",
        source,
        Span(20, 28),
        "`tokn_url` is not a field of oauth2",
        help="did you mean `token_url`?",
    )
    assert render_text(report) == textwrap.dedent("""\
        specs/github.yaml:3:5  error[tag]: `tokn_url` is not a field of oauth2
            2 |   oauth2:
            3 |     tokn_url: https://x
              |     ^^^^^^^^ did you mean `token_url`?

        1 error in 1 file
        """)


def test_label_help_and_notes() -> None:
    source = SourceFile("x.yaml", "a: 1\n\na: 2\n")
    shown = text_of(
        Diagnostic(
            "tag",
            Severity.warning,
            source,
            Span(6, 7),
            "twice",
            label="the second",
            help="delete one",
            notes=((source, Span(0, 1), "it stands here first"), (None, None, "see the manual")),
        )
    )
    assert shown == textwrap.dedent("""\
        x.yaml:3:1  warning[tag]: twice
            3 | a: 2
              | ^ the second
              = delete one
              = x.yaml:1:1: it stands here first
            1 | a: 1
              | ^
              = see the manual

        1 warning in 1 file
        """)


def test_findings_without_a_place() -> None:
    assert text_of(finding("", None, help="look elsewhere")) == (
        "specs/x.yaml  error[tag]: what it is\n      = look elsewhere\n\n1 error in 1 file\n"
    )
    alone = Diagnostic("tag", Severity.info, None, None, "hm", help="b", label="a")
    assert text_of(alone) == "note[tag]: hm\n      = a; b\n\n1 note\n"


def test_nothing_found_is_nothing_shown() -> None:
    assert render_text([]) == ""
    assert render_concise([]) == ""
    assert summary([]) == "no findings"


def test_the_summary_counts() -> None:
    one = finding("a", Span(0, 1))
    warning = Diagnostic("tag", Severity.warning, SourceFile("y", "a"), Span(0, 1), "x")
    note = Diagnostic("tag", Severity.info, None, None, "x")
    assert summary([one]) == "1 error in 1 file"
    assert summary([one, one, warning]) == "2 errors, 1 warning in 2 files"
    assert summary([one, note]) == "1 error, 1 note in 1 file"


def test_wide_and_combining_characters_line_up() -> None:
    assert lines_of("日本: x\n", Span(4, 5)) == ["    1 | 日本: x", "      |       ^"]
    assert lines_of("日本: x\n", Span(0, 2)) == ["    1 | 日本: x", "      | ^^^^"]
    assert lines_of("e\u0301: x\n", Span(4, 5)) == ["    1 | e\u0301: x", "      |    ^"]
    assert lines_of("😀: x\n", Span(3, 4)) == ["    1 | 😀: x", "      |     ^"]


def test_tabs_are_blanks() -> None:
    assert lines_of("a:\tb\n", Span(3, 4)) == ["    1 | a:    b", "      |       ^"]
    assert lines_of("\ta: b\n", Span(0, 1)) == ["    1 |     a: b", "      | ^^^^"]


def test_nothing_that_steers_a_terminal_is_shown() -> None:
    text = "a: \x1b[31mred\x9b\u202e\x00\u2028\xa0\ud800\n"
    shown = text_of(finding(text, Span(3, 4), help="not \x1b[2J\n\r\tthis"))
    for steering in ("\x1b", "\x9b", "\u202e", "\x00", "\u2028", "\xa0", "\ud800", "\r", "\t"):
        assert steering not in shown
    assert "    1 | a: <U+001B>[31mred<U+009B><U+202E><U+0000><U+2028><U+00A0><U+D800>" in shown
    assert "      |    ^^^^^^^^ not <U+001B>[2J\\n\\r\\tthis" in shown


def test_paths_are_made_visible_too() -> None:
    source = SourceFile("a\x1b\n\udcff.yaml", "x\n")
    shown = text_of(Diagnostic("tag", Severity.error, source, Span(0, 1), "m"))
    assert shown.startswith("a<U+001B>\\n<U+DCFF>.yaml:1:1  error[tag]: m\n")


def test_long_lines_are_cut_around_the_caret() -> None:
    line = "a: " + "x" * 300 + "HERE" + "y" * 300 + "\n"
    above, marks = lines_of(line, Span(303, 307))
    assert len(above) <= 8 + 101
    assert above.startswith("    1 | …xxx")
    assert above.endswith("yyy…")
    column = marks.index("^")
    assert above[column : column + 4] == "HERE"
    assert marks.count("^") == 4
    above, marks = lines_of(line, Span(0, 1))
    assert above.startswith("    1 | a: xxx")
    assert above.endswith("…")
    assert marks == "      | ^"


def test_a_line_that_fits_is_not_cut() -> None:
    line = "a: " + "x" * 97
    assert lines_of(line + "\n", Span(99, 100)) == [f"    1 | {line}", f"      | {'^':>100}"]
    assert lines_of(line + "y\n", Span(99, 101))[0].startswith("    1 | …xxx")


def test_a_long_underline_ends_with_the_line() -> None:
    above, marks = lines_of("a: " + "x" * 300 + "\n", Span(3, 303))
    assert above.endswith("…")
    assert len(marks) <= len(above)


def test_a_wide_line_is_cut_by_columns() -> None:
    above, marks = lines_of("日" * 400 + "\n", Span(200, 201))
    assert marks.endswith(" ^^")
    assert "^" not in above
    assert above.count("日") <= 50


def test_long_help_stands_below() -> None:
    shown = lines_of("a: " + "x" * 60 + " y\n", Span(64, 65), "h" * 60)
    assert shown[-2].endswith(" ^")
    assert shown[-1] == "      = " + "h" * 60


def test_the_end_of_the_file() -> None:
    assert lines_of("a: [b", Span(5, 5)) == ["    1 | a: [b", "      |      ^"]
    assert lines_of("a: b\n", Span(5, 5)) == ["    1 | a: b", "    2 |", "      | ^"]
    assert lines_of("", Span(0, 0)) == ["    1 |", "      | ^"]


def test_spans_of_several_lines() -> None:
    text = "a: |\n  one\n  two\n  three\n  four\nb: c\n"
    assert lines_of(text, Span(3, 16)) == [
        "    1 | a: |",
        "      |    ^",
        "    2 |   one",
        "      |   ^^^",
        "    3 |   two",
        "      |   ^^^",
    ]
    assert lines_of(text, Span(0, 31))[-1] == "  ... |"
    assert lines_of(text, Span(3, 5)) == ["    1 | a: |", "      |    ^"]


def test_line_numbers_of_any_width() -> None:
    text = "a\n" * 1_234_567
    shown = lines_of(text, Span(len(text) - 2, len(text) - 1))
    assert shown == ["1234566 | a", "1234567 | a", "        | ^"]


def test_color_is_there_only_if_asked_for() -> None:
    one = finding("a: b\n", Span(3, 4), help="h")
    assert "\x1b" not in text_of(one)
    colored = text_of(one, color=True)
    assert "\x1b[1;31merror[tag]\x1b[0m" in colored
    assert "\x1b[1;31m^\x1b[0m h" in colored
    plain = colored
    for code in ("\x1b[1;31m", "\x1b[1m", "\x1b[2m", "\x1b[0m"):
        plain = plain.replace(code, "")
    assert plain == text_of(one)


def test_at_most_a_hundred_of_a_file_are_shown() -> None:
    source = SourceFile("x.yaml", "a" * 200)
    findings = [
        Diagnostic("tag", Severity.error, source, Span(index, index + 1), f"number {index}")
        for index in range(150)
    ]
    other = finding("b", Span(0, 1))
    shown = text_of(*findings, other)
    assert shown.count("error[tag]") == 101
    assert "x.yaml: 50 more findings not shown here\n" in shown
    assert shown.endswith("\n151 errors in 2 files\n")
    assert "more finding" not in text_of(*findings[:100])


def test_concise_is_one_line_a_finding() -> None:
    text = "a: 1\na: 2\n"
    assert render_concise([finding(text, Span(5, 6), help="delete\none")]) == (
        "specs/x.yaml:2:1: error[tag]: what it is (delete\\none)\n"
    )
    assert render_concise([finding(text, None)]) == "specs/x.yaml: error[tag]: what it is\n"
    assert render_concise([Diagnostic("tag", Severity.info, None, None, "m")]) == "note[tag]: m\n"

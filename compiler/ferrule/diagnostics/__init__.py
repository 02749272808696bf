"""Findings, the report that collects them, the table of rules, and the forms they are shown in."""

from ferrule.diagnostics.findings import Diagnostic, Note, Replacement, Report
from ferrule.diagnostics.nearness import near
from ferrule.diagnostics.render.machine import render_github, render_json, render_sarif
from ferrule.diagnostics.render.text import render_concise, render_text, summary
from ferrule.diagnostics.rules import RULES, Rule, Severity, rule
from ferrule.forms.source import Span

__all__ = [
    "RULES",
    "Diagnostic",
    "Note",
    "Replacement",
    "Report",
    "Rule",
    "Severity",
    "Span",
    "near",
    "render_concise",
    "render_github",
    "render_json",
    "render_sarif",
    "render_text",
    "rule",
    "summary",
]

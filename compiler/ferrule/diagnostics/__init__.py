"""Findings, the report that collects them, the table of rules, and the forms they are shown in."""

from ferrule.diagnostics.findings import Diagnostic, Note, Replacement, Report
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
    "rule",
]

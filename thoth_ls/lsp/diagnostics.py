"""What is not well formed, as diagnostics: of open data documents and of texts, which may have the same address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.documents import Problem
    from thoth_ls.wire.texts import Area, TextProblem, TextProblems

SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}
LINE_END = 2**31 - 1
"""The largest position LSP has; editors read it as the end of the line."""


class Diagnostics:
    """Publishes the diagnostics of an address as one list, whoever has found them."""

    def __init__(self, ls: ThothServer) -> None:
        self._ls = ls
        self._of_records: dict[str, list[types.Diagnostic]] = {}
        self._of_texts: dict[str, list[types.Diagnostic]] = {}

    def records(self, uri: str, problems: Sequence[Problem], total: int) -> None:
        """The malformed records of an open document, capped by the settings; none clear them."""
        shown = problems[: self._most()]
        found = [_of_record(problem) for problem in shown]
        if shown and total > len(shown):
            more = f"{total - len(shown)} more malformed records are not listed here; "
            found.append(_more(_line(shown[-1].line), f"{more}Thoth: Show Problems lists up to 10,000."))
        self._of_records[uri] = found
        self._publish(uri)

    def text(self, uri: str, told: TextProblems) -> None:
        """The problems of a text an editor has open; none clear them."""
        shown = told.problems[: self._most()]
        found = [_of_text(problem) for problem in shown]
        if shown and told.total > len(shown):
            found.append(_more(_range(shown[-1].area), f"{told.total - len(shown)} more problems are not listed here."))
        self._of_texts[uri] = found
        self._publish(uri, told.version)

    def _most(self) -> int:
        settings = self._ls.settings.diagnostics
        return settings.max_per_file if settings.enabled else 0

    def _publish(self, uri: str, version: int | None = None) -> None:
        found = []
        for owned in (self._of_texts, self._of_records):
            found += owned.get(uri, [])
            if not owned.get(uri, True):
                del owned[uri]
        self._ls.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found)
        )


def _of_record(problem: Problem) -> types.Diagnostic:
    return types.Diagnostic(
        range=_line(problem.line),
        severity=types.DiagnosticSeverity.Warning,
        source="thoth",
        code=problem.kind,
        message=f"Row {problem.record + 1}: {problem.message}",
    )


def _of_text(problem: TextProblem) -> types.Diagnostic:
    return types.Diagnostic(
        range=_range(problem.area),
        severity=SEVERITIES[problem.severity],
        source="thoth",
        code=problem.kind,
        message=problem.message,
    )


def _more(where: types.Range, message: str) -> types.Diagnostic:
    return types.Diagnostic(range=where, severity=types.DiagnosticSeverity.Information, source="thoth", message=message)


def _range(area: Area) -> types.Range:
    return types.Range(types.Position(*area.start), types.Position(*area.end))


def _line(line: int) -> types.Range:
    line = min(line, LINE_END)
    return types.Range(types.Position(line, 0), types.Position(line, LINE_END))

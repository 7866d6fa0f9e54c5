"""Reports that a dispatcher has, read by what they are: tables and route sheets become readings."""

from dispatchkit.imports.reports.kind import About, ReportKind
from dispatchkit.imports.reports.recognise import read_reports
from dispatchkit.imports.reports.registry import REPORTS

__all__ = ["REPORTS", "About", "ReportKind", "read_reports"]

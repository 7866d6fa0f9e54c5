"""What a file may come to before it is opened, and the sentence when it comes to more."""

from dispatchkit.imports.problems import Findings
from dispatchkit.records import Record
from dispatchkit.station import Station

MB = 1_000_000


class Limits(Record, frozen=True):
    """Limits on one file; see the [imports] section of the station profile for where they come from."""

    file_bytes: int
    expanded_bytes: int
    entries: int
    rows: int
    columns: int
    cells: int
    text_chars: int
    pages: int

    @classmethod
    def of(cls, station: Station) -> "Limits":
        """Take the limits of a station profile."""
        stated = station.imports
        return cls(
            file_bytes=int(stated.max_report_bytes),
            expanded_bytes=int(stated.max_expanded_bytes),
            entries=stated.max_entries_count,
            rows=stated.max_rows_count,
            columns=stated.max_columns_count,
            cells=stated.max_cells_count,
            text_chars=stated.max_text_count,
            pages=stated.max_pages_count,
        )


class TooBig(Exception):
    """A file goes over a limit; the message is a sentence."""


def refuse(findings: Findings, error: TooBig) -> None:
    """Record that a file goes over a limit."""
    findings.block(
        str(error),
        "Take out what does not belong to the report, or raise the limit in the [imports] section of the profile.",
    )


def check(count: int, limit: int, what: str) -> None:
    """Raise where a count goes over its limit; `what` is counted ("rows")."""
    if count > limit:
        raise TooBig(f"The file has more than {limit:,} {what}; no report of a day has.")


def check_bytes(count: int, limit: int, what: str) -> None:
    """Raise where a size goes over its limit; `what` begins the sentence ("Unpacked, the file")."""
    if count > limit:
        raise TooBig(f"{what} comes to more than {limit / MB:,.0f} MB; no report of a day does.")

"""What the close page has written in a process of its own: the day's report. Light to import."""

from pathlib import Path

from dispatchkit.records import DayKey

FOLDER = "reports"
"""Where reports stand in the home folder, and the first word of their address."""


def write(store: str, key: DayKey, home: Path) -> str:
    """Write the day's report into the home folder; return its file's name."""
    from dispatchkit.desk import Desk
    from dispatchkit.log import open_log
    from dispatchkit.reports.day_report import report_name, write_report

    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with open_log(store, create=False) as log:
        desk = Desk(log, key, by="report")
        write_report(folder / report_name(key), desk.day(), desk.entries())
    return report_name(key)

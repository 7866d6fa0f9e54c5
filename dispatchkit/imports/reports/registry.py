"""Every report that is read from a table."""

from dispatchkit.imports.reports.fleet import CHARGE_LIST, VEHICLES_LIST
from dispatchkit.imports.reports.inspections import DVIC_LIST, WHIP_AROUND_LIST
from dispatchkit.imports.reports.kind import ReportKind
from dispatchkit.imports.reports.operations import OPERATIONS
from dispatchkit.imports.reports.people import ASSOCIATES_LIST
from dispatchkit.imports.reports.quality import WEEKLY_OVERVIEW
from dispatchkit.imports.reports.returns import RETURN_DETAIL
from dispatchkit.imports.reports.safety_events import EVENTS_LIST
from dispatchkit.imports.reports.schedule import SCHEDULE_OF_WEEK

REPORTS: tuple[ReportKind, ...] = (
    *OPERATIONS,
    ASSOCIATES_LIST,
    SCHEDULE_OF_WEEK,
    VEHICLES_LIST,
    CHARGE_LIST,
    DVIC_LIST,
    WHIP_AROUND_LIST,
    WEEKLY_OVERVIEW,
    RETURN_DETAIL,
    EVENTS_LIST,
)
"""In the order in which sentences name them."""

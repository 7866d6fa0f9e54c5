"""The profile's section on building routes: for how long, and when and from where it is done by itself."""

from dispatchkit.station.section import Section


class BuildRules(Section, frozen=True):
    """How routes are built where nobody says otherwise.

    Attributes
    ----------
    budget_s
        For how long better routes are sought.
    longest_s
        The longest that a page may be told to seek them.
    at
        By when (HH:MM, the station's clock) the volume file is expected.
    folder
        Where it lands; empty where nobody has said.
    again_s
        After which a build that something was in the way of is tried again.
    look_first_count
        Findings that a summary names as what to look at first.
    """

    budget_s: float
    longest_s: float
    at: str
    folder: str
    again_s: float
    look_first_count: int

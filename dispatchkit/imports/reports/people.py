"""The associates list: who the DSP's people are, and who of them may be sent out."""

from dispatchkit.imports.problems import quoted
from dispatchkit.imports.readings import Associate, Associates
from dispatchkit.imports.reports.kind import About, ReportKind
from dispatchkit.imports.reports.vocabulary import is_one_of
from dispatchkit.imports.sheets import Column, Table, TableRow, columns
from dispatchkit.imports.sheets.identities import DRIVER_ID, first_last
from dispatchkit.station.profile import Words

ASSOCIATES = columns(
    Column("name", ("Name and ID", "Associate Name", "Delivery Associate", "Name"), required=True),
    Column("driver_id", ("TransporterID",), required=True),
    Column("position", ("Position", "Role", "Job title")),
    Column("qualifications", ("Qualifications", "Qualification", "Skills")),
    Column("id_expires", ("ID expiration", "ID expiration date", "ID expiry")),
    Column("personal_phone", ("Personal Phone Number", "Personal Phone")),
    Column("work_phone", ("Work Phone Number", "Work Phone")),
    Column("email", ("Email", "Email Address")),
    Column("status", ("Status", "Associate Status")),
)
"""Columns of the associates export, as public parsers of real exports list them."""

QUALIFICATION_SIGNS = ",;|"
"""What stands between two qualifications."""


def read_associates(table: Table, about: About) -> Associates:
    """Read the people of a DSP. A transporter id that stands twice is a problem; its first row counts."""
    found: dict[str, Associate] = {}
    for row in table.rows:
        associate = _associate(row, about.profile.words)
        if associate is None:
            continue
        if (held := found.setdefault(associate.driver_id, associate)) is not associate:
            row.at("driver_id").block(
                f"{quoted(associate.driver_id)} stands in row {held.row} already.",
                "Leave the row that is right and import again.",
            )
    return Associates(
        station=about.station, service_day=about.service_day, as_of=about.as_of, associates=tuple(found.values())
    )


def _associate(row: TableRow, words: Words) -> Associate | None:
    written = row.needed("name")
    name, id_in_name = _parted(written or "")
    active = _active(row, words)
    driver_id = row.driver_id("driver_id") or id_in_name
    if not driver_id and row.raw("driver_id") is None:
        spot = row.at("driver_id")
        if active is not False:
            spot.block("The transporter id is missing.", "Fill it in and import again.")
        else:
            spot.findings.note(
                "Has no transporter id yet and may not be sent out; left out.", row=row.number, column=spot.column
            )
    if not name or not driver_id:
        return None
    return Associate(
        row=row.number,
        driver_id=driver_id,
        name=name,
        position=row.text("position") or "",
        qualifications=_qualifications(row),
        id_expires=row.date("id_expires"),
        personal_phone=row.text("personal_phone") or "",
        work_phone=row.text("work_phone") or "",
        email=row.text("email") or "",
        active=active,
    )


def _parted(written: str) -> tuple[str, str]:
    """Part "Ode, Ana (A1B2…)" into the name and the transporter id that may stand behind it."""
    ids = [word for word in written.replace("(", " ").replace(")", " ").split() if _looks_like_id(word)]
    if not ids:
        return first_last(written), ""
    name = written.replace(ids[-1], "").replace("()", "").strip(" -–|,/")
    return first_last(name), ids[-1]


def _looks_like_id(word: str) -> bool:
    return DRIVER_ID.fullmatch(word) is not None and any(c.isdigit() for c in word)


def _qualifications(row: TableRow) -> frozenset[str]:
    text = row.text("qualifications") or ""
    for sign in QUALIFICATION_SIGNS:
        text = text.replace(sign, "\n")
    return frozenset(part.strip() for part in text.split("\n") if part.strip())


def _active(row: TableRow, words: Words) -> bool | None:
    """Whether the status lets a person be sent out. A blank one forbids and allows nothing, but is worth a note."""
    status = row.text("status")
    if status is None:
        if row.table.has("status"):
            row.table.findings.note(
                "The status is blank; it stays as it was.", row=row.number, column=row.at("status").column
            )
        return None
    if is_one_of(status, words.active):
        return True
    if not is_one_of(status, words.inactive):
        row.at("status").block(
            f"The status {quoted(status)} is not known.",
            "Add it to 'active' or 'inactive' in the [words] section of the station profile and import again.",
        )
    return False


ASSOCIATES_LIST = ReportKind(source="Associates", columns=ASSOCIATES, read=read_associates)

from dispatchkit.samples.papers import people
from tests.samples.papers.story import ROSTER


def test_associates_are_the_roster_with_its_names_and_qualifications(known, open_csv):
    rows = open_csv(people.associates(known))
    assert tuple(rows[0]) == people.ASSOCIATES_HEADER
    assert {r["TransporterID"]: r["Name and ID"] for r in rows} == known.names
    assert {r["Qualifications"] for r in rows} == {"CDV", "CDV, EDV"}
    assert {r["Status"] for r in rows} == {"ACTIVE"}


def test_who_has_a_name_and_is_not_on_the_roster_is_inactive(known, open_csv):
    former = {**known.names, "A999SAMPLE999": "Ulla Pakkanen"}
    rows = open_csv(people.associates(type(known)(day=known.day, names=former, dsp=known.dsp)))
    assert [r["Name and ID"] for r in rows if r["Status"] == "INACTIVE"] == ["Ulla Pakkanen"]


def test_nobody_can_be_called_or_written_to(known, open_csv):
    for row in open_csv(people.associates(known)):
        assert row["Personal Phone Number"].startswith("(515) 555-01")
        assert row["Email"].endswith("@example.com")
        assert row["Email"].isascii()


def test_the_schedule_has_titles_above_its_header_and_a_column_for_each_day_from_sunday(known, open_book):
    sheets = open_book(people.schedule(known))
    assert list(sheets) == ["Rostered Work Blocks", "Shifts & Availability"]
    rows = sheets["Rostered Work Blocks"]
    assert rows[0][:3] == ("Time stamp", "Company", "Station")
    assert rows[1][2] == "DXX1"
    assert rows[3][2:] == (
        "Sun, 08/Mar", "Mon, 09/Mar", "Tue, 10/Mar", "Wed, 11/Mar", "Thu, 12/Mar", "Fri, 13/Mar", "Sat, 14/Mar",
    )  # fmt: skip


def test_the_totals_count_the_blocks_below_them(known, open_book):
    _, totals, *blocks = open_book(people.schedule(known))["Rostered Work Blocks"][3:]
    assert totals[0] == "Total Rostered"
    assert list(totals[2:]) == [sum(row[n] is not None for row in blocks) for n in range(2, 9)]


def test_on_the_day_itself_the_whole_roster_has_a_block_with_its_waves_time(known, open_book):
    blocks = open_book(people.schedule(known))["Rostered Work Blocks"][5:]
    today = {row[1]: row[8] for row in blocks}
    assert set(today) == set(ROSTER.driver)
    assert today[known.driver_id("CX101")] == "Standard Parcel\n10:00am • 10 hrs"
    assert today[known.driver_id("CX109")] == "Standard Parcel\n10:15am • 10 hrs"
    assert today[ROSTER.drivers[11].driver_id].startswith("Standby\n")

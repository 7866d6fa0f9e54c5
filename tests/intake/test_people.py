"""Associates and schedules: the directory, today's roster, and names that files write in many ways."""

from datetime import date, timedelta

import msgspec
import pytest

from dispatchkit.imports.readings import RosteredBlock, Schedule
from dispatchkit.intake.names import People, plain_name
from tests.intake_story import (
    ADA,
    AT_SITE,
    BEN,
    DRIVERS,
    KEY,
    MORNING,
    STATION,
    ZOE,
    Intake,
    associates,
    file,
    person,
    schedule,
    texts,
)


def blocks(*told, **more):
    """A schedule of the day: names, each with what its block says."""
    day = KEY.service_day
    rows = (RosteredBlock(row=i, name=n, day=day, service_type=kind) for i, (n, kind) in enumerate(told, 2))
    return file(Schedule(days=(day,), blocks=tuple(rows)), **more)


@pytest.mark.parametrize("written", ["Zoë Cedar", "zoe cedar", "Cedar, Zoë", "CEDAR,  ZOE", "Zoe\u0308 Cedar"])
def test_a_name_is_the_same_whichever_way_it_is_written(written):
    assert plain_name(written) == "zoe cedar"
    assert People({ZOE: "Zoë Cedar"}).ids(written) == (ZOE,)


def test_a_name_alone_is_not_turned_round():
    assert plain_name("Prince,") == "prince"


class TestAssociates:
    def test_names_and_phones_go_to_the_directory_for_a_time(self):
        made = Intake().takes(associates(person(ADA, personal_phone="555 0101", email="ada@example.org")))
        (detail,) = made.details
        assert detail.values["name"] == "Ada Aster"
        assert (detail.values["phone"], detail.source) == ("555 0101", "Associates list.xlsx")
        assert detail.erasable_after == MORNING + timedelta(days=STATION.directory.retention_count)
        assert ADA not in "".join(f.kind for f in made.facts)

    def test_a_blank_clears_nothing(self):
        intake = Intake()
        intake.takes(associates(person(ADA, personal_phone="555 0101")))
        made = intake.takes(associates(person(ADA, personal_phone=""), salt="again"))
        assert made.changes == ()
        assert intake.known.people[ADA]["phone"] == "555 0101"

    def test_a_filtered_list_changes_only_whom_it_mentions(self):
        intake = Intake()
        intake.takes(associates(), schedule())
        intake.takes(associates(person(BEN, qualifications=("CDV", "EDV")), salt="filtered"))
        roster = intake.day.pre_load_out.roster.driver
        assert sorted(roster) == sorted(DRIVERS)
        assert (roster[BEN].qualifications, roster[ADA].qualifications) == ({"CDV", "EDV"}, {"CDV"})

    def test_who_is_not_active_is_not_rostered(self):
        intake = Intake()
        made = intake.takes(associates(person(ADA, active=False), person(BEN)), schedule("Ada Aster", "Ben Birch"))
        assert list(intake.day.pre_load_out.roster.driver) == [BEN]
        assert "Not active by the associates list" in texts(made)

    def test_lists_of_a_batch_that_name_people_differently_ask_which_is_right(self):
        both = (associates(person(ADA), name="a.csv"), associates(person(ADA, name="Ida Iris"), name="b.csv"))
        (question,) = Intake().shows(*both).questions
        assert (question.id, [o.text for o in question.options]) == ("names", ["a.csv", "b.csv"])
        assert question.details == (f"{ADA}: Ada Aster in a.csv, Ida Iris in b.csv",)
        for answer, name in (("1", "Ada Aster"), ("2", "Ida Iris")):
            intake = Intake()
            made = intake.takes(*both, names=answer)
            assert intake.known.people[ADA]["name"] == name
            assert f"{name} ({ADA})" in texts(made)

    def test_a_name_that_is_only_written_otherwise_is_no_question(self):
        turned = associates(person(ADA, name="ASTER, ADA"), name="b.csv")
        assert Intake().shows(associates(person(ADA)), turned).questions == ()

    def test_lists_of_a_batch_that_disagree_about_the_rest_say_so_and_the_last_one_counts(self):
        first = associates(person(ADA, personal_phone="555 0101"), person(BEN), name="a.csv")
        intake = Intake()
        made = intake.takes(first, associates(person(ADA, personal_phone="555 0102"), person(BEN), name="b.csv"))
        said = f"a.csv, b.csv disagree about 1 person; what the last of them says counts: Ada Aster ({ADA}): phone."
        assert said in made.notes
        assert intake.known.people[ADA]["phone"] == "555 0102"
        assert "Ben Birch" not in "".join(made.notes)


class TestSchedule:
    def test_who_is_rostered_becomes_the_roster_with_qualifications(self):
        intake = Intake()
        made = intake.takes(associates(), schedule("Aster, Ada", "Cedar, Zoe"))
        assert "2 drivers on the roster" in texts(made)
        assert {d.driver_id: d.qualifications for d in intake.day.pre_load_out.roster.drivers} == {
            ADA: {"CDV"},
            ZOE: {"CDV"},
        }

    def test_another_day_of_the_week_rosters_nobody_today(self):
        intake = Intake()
        later = schedule("Ada Aster", day=date(2026, 2, 21))
        made = intake.takes(associates(), later)
        assert intake.day.pre_load_out.roster is None
        assert "rosters nobody who is known" in texts(made)

    def test_a_schedule_of_another_week_is_refused(self):
        shown = Intake().shows(schedule(day=date(2026, 2, 8)))
        assert "stale schedule: it covers 2026-02-08 to 2026-02-14, not 2026-02-22" in texts(shown)
        assert shown.blockers

    def test_a_name_that_two_people_have_is_asked_about(self):
        two = associates(person(ADA, name="Sam Sorrel"), person(BEN, name="Sam Sorrel"))
        (question,) = Intake().shows(two, schedule("Sam Sorrel")).questions
        assert (question.id, [o.id for o in question.options]) == ("who-sam-sorrel", [ADA, BEN, "nobody"])
        intake = Intake()
        intake.takes(two, schedule("Sam Sorrel"), who_sam_sorrel=BEN)
        assert list(intake.day.pre_load_out.roster.driver) == [BEN]

    def test_a_name_that_nobody_has_is_said(self):
        made = Intake().takes(associates(), schedule("Ada Aster", "Nobody Known"))
        assert "no associate of that name is known: Nobody Known" in texts(made)

    def test_a_filtered_schedule_takes_nobody_off_the_roster(self):
        intake = Intake()
        intake.takes(associates(), schedule())
        made = intake.takes(schedule("Ada Aster", salt="filtered"))
        assert made.changes == ()
        assert "On the roster, but not in this schedule, and kept: Ben Birch" in texts(made)
        assert len(intake.day.pre_load_out.roster.drivers) == 3

    def test_who_stands_by_and_who_is_new_is_told_by_their_blocks(self):
        intake = Intake()
        day = blocks(("Ada Aster", "Standby"), ("Ben Birch", "Nursery Route Level 2"), ("Zoe Cedar", "Standard Parcel"))
        made = intake.takes(associates(), day)
        assert {d.driver_id: (d.standby, d.nursery) for d in intake.day.pre_load_out.roster.drivers} == {
            ADA: (True, False), BEN: (False, True), ZOE: (False, False),
        }  # fmt: skip
        assert f"Ada Aster ({ADA}), standby" in texts(made)
        assert f"Ben Birch ({BEN}), new" in texts(made)

    def test_a_station_has_its_own_words_for_standing_by(self):
        words = msgspec.structs.replace(AT_SITE.words, standby=("BACK UP",))
        intake = Intake(station=msgspec.structs.replace(AT_SITE, words=words))
        intake.takes(associates(), blocks(("Ada Aster", "Backup - Standard Parcel"), ("Ben Birch", "Standby")))
        assert {d.driver_id: d.standby for d in intake.day.pre_load_out.roster.drivers} == {ADA: True, BEN: False}

    def test_who_has_another_block_too_does_not_only_stand_by(self):
        intake = Intake()
        intake.takes(associates(), blocks(("Ada Aster", "Standard Parcel"), ("Ada Aster", "Standby")))
        assert not intake.day.pre_load_out.roster.driver[ADA].standby

    def test_a_block_without_a_type_leaves_it_as_it_was_and_another_type_changes_it(self):
        intake = Intake()
        intake.takes(associates(), blocks(("Ada Aster", "Standby"), ("Ben Birch", "Nursery Route Level 1")))
        made = intake.takes(blocks(("Ada Aster", ""), ("Ben Birch", ""), salt="blank"))
        assert made.changes == ()
        made = intake.takes(blocks(("Ada Aster", "Standard Parcel"), ("Ben Birch", "Standby"), salt="later"))
        assert "2 drivers on the roster with another duty" in texts(made)
        assert {d.driver_id: (d.standby, d.nursery) for d in intake.day.pre_load_out.roster.drivers} == {
            ADA: (False, False), BEN: (True, True),
        }  # fmt: skip

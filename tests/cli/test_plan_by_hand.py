"""A plan changed, locked, taken back, compared and committed on the command line."""

import pytest

from tests.small_station_day import DAY, write_station_day

STORE = "days.sqlite"
FIGURES = {
    "hours", "drive_s", "stops", "packages", "load_share", "finish_p50", "finish_p80", "finish_p90", "finish_by",
    "chance_in_time", "late_stop_ids",
}  # fmt: skip
MOVE = ("plan", "move", DAY)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """A store with the day's routes as a draft."""
    from dispatchkit.imports import read_originals
    from dispatchkit.intake import preview, take
    from dispatchkit.log import open_log
    from dispatchkit.station import load

    folder = tmp_path_factory.mktemp("drafted")
    originals = read_originals(write_station_day(folder / "station day"))
    with open_log(folder / STORE, create=True) as log:
        answers = {"timezone": "America/Chicago"}
        shown = preview(
            log, originals, by="maria", station=load(), answers=answers, commit=False, where="the files"
        )
        take(log, shown, by="maria")
    return folder / STORE


@pytest.fixture
def say(call, drafted, tmp_path):
    """Call a command on a copy of that store."""
    copy = tmp_path / STORE
    copy.write_bytes(drafted.read_bytes())
    return lambda *words: call(*words, "--store", copy)


class TestChanging:
    def test_the_effect_is_shown_and_nothing_is_kept_without_a_reason(self, say):
        said = say(*MOVE, "CX2:1-2", "--to", "CX3")
        assert (said.code, said.err) == (0, "")
        assert "CX2: -2 stops" in said.out
        assert "Nothing is kept" in said.out
        assert len(say("plan", "history", DAY, "--json").json) == 1

    def test_a_program_gets_both_sides_of_both_routes(self, say):
        found = say(*MOVE, "CX2:1-2", "--to", "CX3", "--json").json
        assert (found["change"], len(found["stop_ids"]), found["kept"]) == ("moved", 2, False)
        both = {route["code"]: route for route in found["routes"]}
        assert FIGURES == both["CX2"]["before"].keys() == both["CX3"]["after"].keys()
        assert both["CX3"]["after"]["stops"] == both["CX3"]["before"]["stops"] + 2

    def test_with_a_reason_it_is_kept_and_stands_in_the_history(self, say):
        say(*MOVE, "CX2:1", "--to", "CX3", "--keep", "CX2 is too long", "--by", "jo")
        last = say("plan", "history", DAY, "--json").json[-1]
        assert (last["by"], last["why"], last["what"]) == (
            "jo", "CX2 is too long", "Moved 1 stop from CX2 to CX3: CX2 is too long.")  # fmt: skip

    @pytest.mark.parametrize(
        "words",
        [("swap", DAY, "CX2:1", "--with", "CX3:1"), ("split", DAY, "CX2", "--at", "6"),
         ("split", DAY, "CX2", "--stops", "CX2:1-3", "--code", "CX9"), ("merge", DAY, "CX2", "--into", "CX3"),
         ("reorder", DAY, "CX2", "--reverse"), ("take-off", DAY, "CX1@A-1.0A"), ("move", DAY, "CX2:3", "--to", "CX3",
          "--resequence")],
        ids=lambda words: " ".join(words[::2]),
    )  # fmt: skip
    def test_every_change_shows_what_it_does(self, say, words):
        found = say("plan", *words, "--serve-late", "--json")
        assert found.err == ""
        assert found.json["routes"]

    def test_a_route_driven_the_wrong_way_is_put_into_the_order_in_which_drivers_go(self, say):
        assert say("plan", "reorder", DAY, "CX2", "--reverse", "--serve-late", "--keep", "One way", "--json").code == 0
        found = say("plan", "reorder", DAY, "CX2", "--as-drivers-go", "--serve-late", "--json")
        assert (found.err, found.json["change"]) == ("", "reordered")

    def test_what_was_taken_off_is_put_back(self, say):
        stop = say("plan", "take-off", DAY, "CX2:2", "--keep", "Closed today", "--json").json["stop_ids"][0]
        back = say("plan", "put-back", DAY, stop, "--to", "CX3", "--keep", "Open after all", "--json").json
        assert (back["change"], back["kept"]) == ("put back", True)

    @pytest.mark.parametrize(
        ("words", "said"),
        [(("move", DAY, "CX9:1", "--to", "CX3"), "no route CX9"), (("move", DAY, "nothing", "--to", "CX3"),
         "There is no stop nothing"), (("move", DAY, "CX2:90", "--to", "CX3"), "CX2 has the stops 1 to"),
         (("move", DAY, "CX2@Z-9", "--to", "CX3"), "no stop in zone Z-9"),
         (("split", DAY, "CX2"), "Say either --at"),
         (("reorder", DAY, "CX2", "--reverse", "--as-drivers-go"), "Say one of --stops"),
         (("undo", DAY), "no change of the plan by"),
         (("redo", DAY), "Nothing was taken back")],
    )  # fmt: skip
    def test_what_cannot_be_done_is_said(self, say, words, said):
        refused = say("plan", *words)
        assert refused.code != 0
        assert said in " ".join(refused.err.split())


class TestTheCourseOfThePlan:
    def test_a_locked_route_is_left_alone_until_it_is_unlocked(self, say):
        assert say("plan", "lock", DAY, "--route", "CX3", "--json").json["locks"]["route_ids"]
        assert "CX3 is locked" in say(*MOVE, "CX2:1", "--to", "CX3").err
        say("plan", "unlock", DAY, "--route", "CX3")
        assert say(*MOVE, "CX2:1", "--to", "CX3").code == 0

    def test_taking_back_and_doing_again(self, say):
        first = say("plan", "history", DAY, "--json").json[0]["plan"]
        kept = say(*MOVE, "CX2:1", "--to", "CX3", "--keep", "Long", "--by", "jo", "--json").json["plan"]
        assert say("plan", "undo", DAY, "--by", "jo", "--json").json["in_hand"] == first
        assert say("plan", "redo", DAY, "--by", "jo", "--json").json["in_hand"] == kept
        undone = [step["undone_by"] for step in say("plan", "history", DAY, "--json").json]
        assert undone == ["", "jo", ""]
        assert "Moved 1 stop" in say("plan", "history", DAY).out

    def test_an_earlier_plan_is_taken_in_hand_again(self, say):
        first = say("plan", "history", DAY, "--json").json[0]["plan"]
        say(*MOVE, "CX2:1", "--to", "CX3", "--keep", "Long")
        assert "Nothing is kept" in say("plan", "go-back", DAY, first[:10]).out
        kept = say("plan", "go-back", DAY, first[:10], "--keep", "It was better", "--json").json
        assert (kept["change"], kept["plan"], len(kept["routes"])) == ("went back", first, 2)
        assert "in hand already" in say("plan", "go-back", DAY, first[:10]).err
        assert "has no plan ffff" in say("plan", "go-back", DAY, "ffff").err

    def test_the_draft_becomes_the_days_plan_with_its_waves(self, say):
        kept = say("plan", "merge", DAY, "CX2", "--into", "CX3", "--serve-late", "--keep", "Called out", "--json").json
        done = say("plan", "commit", DAY, "--json").json
        assert done["plan"] == done["in_hand"] == kept["plan"]
        assert len(done["written"]) > 1
        assert say("days", "--json").json[0]["routes"] == 2


class TestLooking:
    def test_a_draft_is_compared_with_the_plan_that_it_came_of(self, say):
        first = say("plan", "history", DAY, "--json").json[0]["plan"]
        say(*MOVE, "CX2:1-2", "--to", "CX3", "--keep", "Long")
        found = say("plan", "compare", f"{DAY}#{first[:10]}", DAY, "--json").json
        assert found["moved_count"] == 2
        assert {(m["from_code"], m["to_code"]) for m in found["moved"]} == {("CX2", "CX3")}
        assert "2 of 36 stops are on another route." in say("plan", "compare", f"{DAY}#{first[:10]}", DAY).out

    def test_a_folder_is_compared_with_a_day(self, say, tmp_path):
        folder = write_station_day(tmp_path / "given")
        found = say("plan", "compare", folder, DAY, "--json").json
        assert (found["moved_count"], found["a"]["stops"]) == (0, 36)

    def test_a_digest_that_no_history_has_is_refused(self, say):
        assert "has no plan ffff" in say("plan", "compare", f"{DAY}#ffff", DAY).err

    def test_every_route_is_told_who_could_take_it(self, say):
        found = say("plan", "absorb", DAY, "--json").json
        assert [cover["code"] for cover in found] == ["CX1", "CX2", "CX3"]
        assert {"route_id", "code", "stops", "verdict", "absorbed_by", "combined_with", "limit", "sentence"} == set(
            found[0]
        )
        assert {cover["verdict"] for cover in found} <= {"absorb", "combine", "replace"}
        wanted = next(cover for cover in found if cover["verdict"] != "replace")
        given = say("plan", "absorb", DAY, "--route", wanted["code"], "--keep", "Called out", "--json").json
        assert (given["change"], given["kept"]) == ("shared out", True)
        assert say("plan", "history", DAY, "--json").json[-1]["what"].startswith(f"Shared {wanted['code']} out among")

    def test_only_a_named_route_is_given_away(self, say):
        assert "Say with --route" in say("plan", "absorb", DAY, "--keep", "Called out").err

    def test_people_get_a_sentence_for_every_route(self, say):
        found, said = say("plan", "absorb", DAY, "--json").json, say("plan", "absorb", DAY)
        assert found[0]["sentence"].split("(")[0].strip() in " ".join(said.out.split())


def test_where_all_have_left_help_is_a_rescue_and_the_morning_can_still_be_asked_about(call):
    call("prepare", "--only", "rescue_cascade")
    refused = call("plan", "absorb", "DXX2/2026-03-05")
    assert refused.code == 1
    assert "Help on the road is a rescue" in " ".join(refused.err.split())
    asked = call("plan", "absorb", "DXX2/2026-03-05", "--as-planned", "--json").json
    assert len(asked) == 20


def test_a_change_that_nobody_can_keep_any_more_says_so(call):
    call("prepare", "--only", "rescue_cascade")
    code, other = (c["code"] for c in call("plan", "absorb", "DXX2/2026-03-05", "--as-planned", "--json").json[:2])
    shown = " ".join(call("plan", "move", "DXX2/2026-03-05", f"{code}:1", "--to", other, "--serve-late").out.split())
    assert "Nothing is kept, nor could it be." in shown
    assert "Move stops on the road, by a rescue." in shown


def test_what_a_reason_holds_acts_on_no_terminal(say):
    words = "\x1b[31m[bold]\u202e=1+1<script>"
    say(*MOVE, "CX2:1", "--to", "CX3", "--keep", words, "--by", "jo")
    out = say("plan", "history", DAY).out
    assert {"\x1b", "\u202e"}.isdisjoint(out)
    assert say("plan", "history", DAY, "--json").json[-1]["why"] == words

"""The package balance: who says where a package is, and what stays open until somebody does."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatchkit.day.facts.end_of_shift import PackageAccount, PackagesDebriefed
from dispatchkit.day.facts.load_out import LoadingFinished
from dispatchkit.day.facts.road import NotDelivered, ProgressReported, StopServed, StopsTransferred
from dispatchkit.eos.balance import Balance, balance, whereabouts
from tests.small_day import TEN, TWO_ROUTES, Story, on_the_road, plan, planned, route


def served(route_id, *numbers, but=()):
    return [
        StopServed(
            at=TEN + timedelta(minutes=10 * n),
            by="app",
            route_id=route_id,
            stop_id=f"{route_id}:{n}",
            not_delivered=tuple(NotDelivered(p, "BUSINESS CLOSED") for p in but if p.startswith(f"{route_id}:{n}-")),
        )
        for n in numbers
    ]


def reported(route_id, stops_done):
    return ProgressReported(at=TEN, by="cortex", route_id=route_id, stops_done=stops_done, source="cortex")


def debriefed(route_id, **accounts):
    told = tuple(PackageAccount(p, status, "said") for p, status in accounts.items())
    return PackagesDebriefed(at=TEN, by="maria", route_id=route_id, accounts=told)


def figures(story, route_id="CX1"):
    b = balance(story.day).of[route_id]
    return b.loaded, b.delivered, b.attempted, b.returned, b.missing, b.difference


def test_a_day_without_a_plan_has_an_empty_balance():
    assert balance(Story().day) == Balance()
    assert balance(Story().day).total.difference == 0


def test_before_anything_is_served_all_is_open():
    assert figures(on_the_road()) == (6, 0, 0, 0, 0, 6)


def test_served_stops_are_delivered_but_for_what_the_driver_excepted():
    assert figures(on_the_road().told(*served("CX1", 1, 2, but=["CX1:1-a"]))) == (6, 3, 0, 0, 0, 3)


def test_the_debrief_accounts_for_the_rest():
    story = on_the_road().told(*served("CX1", 1, 2, but=["CX1:1-a"]))
    story.told(debriefed("CX1", **{"CX1:1-a": "attempted", "CX1:3-a": "returned", "CX1:3-b": "missing"}))
    assert figures(story) == (6, 3, 1, 1, 1, 0)


def test_what_the_dock_did_not_find_is_loaded_and_missing():
    lost = LoadingFinished(at=TEN, by="maria", route_id="CX1", packages=5, not_found=("CX1:1-a",))
    story = on_the_road().told(lost, *served("CX1", 1, 2, 3))
    assert figures(story) == (6, 5, 0, 0, 1, 0)
    assert next(whereabouts(story.day, "CX1")).reason == "OBJECT MISSING"


def test_what_the_dock_did_not_find_and_the_station_did_is_returned():
    lost = LoadingFinished(at=TEN, by="maria", route_id="CX1", packages=5, not_found=("CX1:1-a",))
    story = on_the_road().told(lost, *served("CX1", 1, 2, 3), debriefed("CX1", **{"CX1:1-a": "returned"}))
    assert figures(story) == (6, 5, 0, 1, 0, 0)


def test_a_bare_count_delivers_nothing_before_the_debrief():
    assert figures(on_the_road().told(reported("CX1", 2))) == (6, 0, 0, 0, 0, 6)


def test_the_debrief_delivers_the_first_stops_of_a_bare_count():
    assert figures(on_the_road().told(reported("CX1", 2), debriefed("CX1"))) == (6, 4, 0, 0, 0, 2)


def test_the_debrief_names_what_a_bare_count_did_not_deliver():
    story = on_the_road().told(reported("CX1", 3), debriefed("CX1", **{"CX1:2-b": "attempted"}))
    assert figures(story) == (6, 5, 1, 0, 0, 0)


def test_a_status_that_nobody_knows_leaves_the_package_open():
    assert figures(on_the_road().told(debriefed("CX1", **{"CX1:1-a": "eaten"}))) == (6, 0, 0, 0, 0, 6)


def test_transferred_stops_are_the_helpers_account():
    handed = StopsTransferred(
        at=TEN, by="maria", rescue_id="R1", route_id="CX1", helper_route_id="CX7", stop_ids=("CX1:3",),
        helper_order=("CX7:1", "CX7:2", "CX7:3", "CX1:3"), handover_s=600, lat=41.6, lng=-93.6,
    )
    story = on_the_road().told(handed, *served("CX1", 1, 2))
    story.told(StopServed(at=TEN, by="app", route_id="CX7", stop_id="CX1:3"))
    assert figures(story) == (4, 4, 0, 0, 0, 0)
    assert figures(story, "CX7") == (8, 2, 0, 0, 0, 6)
    assert balance(story.day).total.loaded == TWO_ROUTES.package_count


def test_a_route_without_packages_is_balanced():
    assert figures(planned(plan(route("CX1", packages=()), route("CX7", packages=(0,))))) == (0, 0, 0, 0, 0, 0)


PACKAGES = [p.package_id for s in TWO_ROUTES.stops for p in s.packages]
STOPS = [s.stop_id for s in TWO_ROUTES.stops]
ROUTES = st.sampled_from(["CX1", "CX7", "CX9"])
SOME_PACKAGES = st.lists(st.sampled_from([*PACKAGES, "P9"]), max_size=4).map(tuple)
LATER = st.integers(0, 600).map(lambda m: TEN + timedelta(minutes=m))
ANY_FACT = st.one_of(
    st.builds(reported, ROUTES, st.integers(-1, 9)),
    st.builds(
        StopServed,
        at=LATER,
        by=st.just("app"),
        route_id=ROUTES,
        stop_id=st.sampled_from(STOPS),
        not_delivered=st.lists(st.builds(NotDelivered, st.sampled_from(PACKAGES), st.just("?")), max_size=3).map(tuple),
    ),
    st.builds(
        LoadingFinished, at=LATER, by=st.just("dock"), route_id=ROUTES, packages=st.just(6), not_found=SOME_PACKAGES
    ),
    st.builds(
        PackagesDebriefed,
        at=LATER,
        by=st.just("maria"),
        route_id=ROUTES,
        accounts=st.lists(
            st.builds(
                PackageAccount,
                st.sampled_from([*PACKAGES, "P9"]),
                st.sampled_from(["delivered", "attempted", "returned", "missing", ""]),
                st.just("?"),
            ),
            max_size=5,
        ).map(tuple),
    ),
    st.sampled_from(STOPS[:3]).map(
        lambda s: StopsTransferred(
            at=TEN, by="maria", rescue_id="R1", route_id="CX1", helper_route_id="CX7", stop_ids=(s,),
            helper_order=(*STOPS[3:], s), handover_s=600, lat=41.6, lng=-93.6,
        )
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY_FACT, max_size=12))
def test_whatever_is_said_the_account_holds(facts):
    seen = []
    for fact in facts:  # a stop changes hands once; a second hand-over of it is not a story that can happen
        if not (isinstance(fact, StopsTransferred) and any(isinstance(f, StopsTransferred) for f in seen)):
            seen.append(fact)
    day = planned().told(*seen).day
    books = balance(day)
    for b in (*books.routes, books.total):
        parts = (b.delivered, b.attempted, b.returned, b.missing, b.difference)
        assert min(parts) >= 0
        assert b.loaded == sum(parts)
    for b in books.routes:
        assert b.difference == sum(1 for w in whereabouts(day, b.route_id) if w.status is None)
    assert books.total.loaded == TWO_ROUTES.package_count

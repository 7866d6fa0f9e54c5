from dispatchkit.samples.crew import crew
from dispatchkit.samples.names import FIRST_NAMES, LAST_NAMES, first_and_last, name_of, names_of

MANY = [f"A{n:012}" for n in range(60)]


def test_a_driver_has_the_same_name_whoever_else_is_asked_for():
    assert names_of(MANY)[MANY[7]] == name_of(MANY[7]) == names_of([MANY[7]])[MANY[7]]


def test_in_the_crew_two_have_one_name_and_most_have_their_own():
    names = list(names_of(member.driver.driver_id for member in crew().members).values())
    assert 0.9 * len(names) < len(set(names)) < len(names)


def test_names_hold_what_breaks_programs_that_split_at_blanks_and_know_no_accents():
    assert any(name.startswith("O'") for name in LAST_NAMES)
    assert any(" " in name for name in LAST_NAMES)
    assert any("-" in name for name in LAST_NAMES)
    assert any("-" in name for name in FIRST_NAMES)
    assert any(not name.isascii() for name in FIRST_NAMES + LAST_NAMES)


def test_a_name_of_several_parts_is_parted_after_the_first_one():
    assert first_and_last("Ilse Van der Loosen") == ("Ilse", "Van der Loosen")
    assert not any(" " in name for name in FIRST_NAMES)

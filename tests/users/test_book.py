"""Named people: added, found, changed, struck off; and the file that holds them."""

import stat
import sys
import threading

import pytest
from filelock import FileLock

from dispatchkit.errors import Damaged, NotFound, Refused, WorkbenchError
from dispatchkit.roles import Role
from dispatchkit.users import Users

HORSE = "correct horse"


@pytest.fixture
def maria(users):
    return users.add("María", Role.DISPATCHER, HORSE)


def test_at_first_nobody_is_named(users):
    assert users.listed() == ()
    assert users.check("maria", HORSE) is None


def test_who_was_added_comes_in_with_the_password_and_nobody_with_another(users, maria):
    assert users.check("María", HORSE) == maria
    assert users.check("María", HORSE.upper()) is None
    assert users.check("jo", HORSE) is None


def test_capitals_and_how_an_accent_was_typed_tell_nobody_apart(users, maria):
    assert users.check(" MARI\u0301A ", HORSE) == maria
    with pytest.raises(Refused, match="There is a user María already"):
        users.add("mari\u0301a", Role.LEAD, HORSE)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("  ", "needs a name"), ("a" * 41, "41 characters; 40 are allowed"), ("jo\u202e", r"jo\\u202e.* do not print")],
)
def test_a_name_that_cannot_be_shown_is_refused(users, name, sentence):
    with pytest.raises(Refused, match=sentence):
        users.add(name, Role.LEAD, HORSE)
    assert users.listed() == ()


@pytest.mark.parametrize("password", ["", "ninechars", "tab\tin the middle", "long" * 2000])
def test_a_password_that_will_not_do_is_refused_and_not_repeated(users, password):
    with pytest.raises(Refused, match="password") as refusal:
        users.add("jo", Role.LEAD, password)
    assert not password or password not in str(refusal.value)


def test_the_file_holds_no_password_and_is_its_owners_alone(users, maria):
    text = users.path.read_text("utf-8")
    assert "$argon2id$" in text
    assert HORSE not in text
    if sys.platform != "win32":
        assert stat.S_IMODE(users.path.stat().st_mode) == 0o600


def test_a_new_password_and_a_new_role_end_the_sessions(users, maria):
    users.set_role("maría", Role.LEAD)
    led = users.require("María")
    users.set_password("María", "battery staple")
    assert users.check("María", HORSE) is None
    newest = users.check("María", "battery staple")
    assert (led.role, newest.role) == (Role.LEAD, Role.LEAD)
    assert len({maria.session_key, led.session_key, newest.session_key}) == 3


def test_who_was_struck_off_is_a_stranger_and_the_others_are_not(users, maria):
    users.add("jo", Role.TRAINER, HORSE)
    users.remove("MARÍA")
    assert [(user.name, user.role) for user in users.listed()] == [("jo", "trainer")]
    with pytest.raises(NotFound, match=r"no user María\. Named are: jo"):
        users.remove("María")


def test_another_program_sees_a_change_at_once(users, maria):
    server = Users(users.path.parent)
    assert server.find("jo") is None
    users.add("jo", Role.TRAINER, HORSE)
    assert server.find("jo").role is Role.TRAINER


@pytest.mark.parametrize("text", ["", "{", '{"users": []}', '[{"name": "jo", "role": "boss", "password": "x"}]'])
def test_a_list_that_cannot_be_read_lets_nobody_in_and_says_so(users, maria, text):
    users.path.write_text(text, "utf-8")
    with pytest.raises(Damaged, match="Nobody can sign in until it can"):
        users.check("María", HORSE)


def test_a_hash_that_is_none_fits_no_password(users, maria):
    users.path.write_text('[{"name": "jo", "role": "lead", "password": "plain text"}]', "utf-8")
    assert users.check("jo", "plain text") is None


def test_who_waited_too_long_for_another_change_is_told_to_try_again(users, maria):
    with FileLock(users.path.with_suffix(".lock")), pytest.raises(Refused, match="Somebody else has been changing"):
        Users(users.path.parent, wait_s=0.05).set_role("María", Role.LEAD)
    assert users.require("María").role is Role.DISPATCHER


def test_what_somebody_left_who_was_killed_half_way_stops_nobody(users, maria):
    users.path.with_suffix(".new").write_text('[{"na')
    users.set_role("María", Role.LEAD)
    assert users.require("María").role is Role.LEAD


def test_many_at_once_lose_nobody(users, maria):
    def add(name):
        users.add(name, Role.TRAINER, HORSE)

    threads = [threading.Thread(target=add, args=(f"trainer {i}",)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {user.name for user in users.listed()} == {"María", *(f"trainer {i}" for i in range(6))}


def test_a_home_that_is_a_file_is_told(tmp_path):
    (tmp_path / "home").touch()
    with pytest.raises(WorkbenchError, match=r"cannot be (read|kept)"):
        Users(tmp_path / "home").add("jo", Role.LEAD, HORSE)

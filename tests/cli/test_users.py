"""Naming who may sign in, as a person types it."""

import pytest

HORSE = "correct horse"


@pytest.fixture
def password(monkeypatch):
    """The password that the environment brings."""
    monkeypatch.setenv("DISPATCHKIT_PASSWORD", HORSE)


def test_who_was_added_is_listed_with_the_role_and_without_the_password(call, password):
    assert "may sign in as lead" in call("users", "add", "maria", "--role", "lead").out
    assert call("users", "add", "jo").code == 0
    listed = call("users", "list", "--json")
    assert listed.json == [{"name": "jo", "role": "dispatcher"}, {"name": "maria", "role": "lead"}]
    assert "maria" in call("users", "list").out


def test_without_anybody_the_list_says_how_to_name_somebody(call):
    assert "dispatchkit users add NAME" in call("users", "list").out
    assert call("users", "list", "--json").json == []


def test_a_role_and_a_password_are_changed_and_somebody_is_struck_off(call, password, monkeypatch):
    call("users", "add", "maria")
    assert "maria is read-only now, no longer dispatcher" in call("users", "role", "Maria", "read-only").out
    monkeypatch.setenv("DISPATCHKIT_PASSWORD", "battery staple")
    assert "new password" in call("users", "password", "maria").out
    assert "the token opens the pages again" in call("users", "remove", "maria").out
    assert call("users", "list", "--json").json == []


def test_without_a_terminal_and_without_the_variable_it_says_where_the_password_goes(call, home, monkeypatch):
    monkeypatch.delenv("DISPATCHKIT_PASSWORD", raising=False)
    refused = call("users", "add", "maria")
    assert refused.code == 1
    assert "Set DISPATCHKIT_PASSWORD" in refused.err
    assert not (home / "users.json").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "a\u202eb"], "do not print"),
        (["add", "maria"], "There is a user maria already"),
        (["remove", "jo"], "There is no user jo. Named are: maria."),
        (["password", "jo"], "There is no user jo"),
        (["role", "jo", "lead"], "There is no user jo"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(call, password, words, sentence):
    call("users", "add", "maria")
    refused = call("users", *words)
    assert refused.code == 1
    assert sentence in refused.err


def test_a_short_password_is_refused_and_not_repeated(call, monkeypatch):
    monkeypatch.setenv("DISPATCHKIT_PASSWORD", "sesame")
    refused = call("users", "add", "maria")
    assert refused.code == 1
    assert "at least 10" in refused.err
    assert "sesame" not in refused.err + refused.out

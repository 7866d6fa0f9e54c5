import getpass

from dispatchkit.users import machine_user


def test_a_machine_that_knows_no_users_is_named_by_the_program(monkeypatch):
    def unknown():
        raise OSError("No username set in the environment")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert machine_user() == "dispatchkit"

import pytest

from dispatchkit.bootstrap.command import parse, require_folder
from dispatchkit.bootstrap.progress import NotReady


def test_what_follows_two_dashes_is_for_pytest():
    assert parse(["test", "--", "-k", "rescue", "-x"]).pytest_arguments == ["-k", "rescue", "-x"]


def test_a_plain_test_runs_everything():
    assert parse(["test"]).pytest_arguments is None


def test_the_app_has_a_port_and_a_folder_without_being_asked():
    arguments = parse(["app"])
    assert (arguments.port, arguments.data.name, arguments.no_browser) == (8866, "workbench_data", False)


def test_the_live_demo_is_asked_for_and_has_a_speed():
    assert (parse(["app"]).live_demo, parse(["app", "--live-demo"]).speed) == (False, 10)
    assert parse(["app", "--live-demo", "--speed", "60"]).speed == 60


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["app", "--port", "80"], "'80' is not a port"),
        (["app", "--port", "66000"], "'66000' is not a port"),
        (["app", "--port", "²"], "'²' is not a port"),
        (["app", "--live-demo", "--speed", "61"], "'61' is not a speed"),
        (["app", "--live-demo", "--speed", "fast"], "'fast' is not a speed"),
        (["lab", "--live-demo"], "unrecognized arguments"),
        (["app", "--", "-x"], "only `test` takes arguments after --"),
        ([], "required"),
    ],
)
def test_a_command_that_cannot_be_meant_is_refused(capsys, words, sentence):
    with pytest.raises(SystemExit, match="2"):
        parse(words)
    assert sentence in capsys.readouterr().err


def test_a_folder_for_the_days_is_made_blanks_in_its_name_and_all(tmp_path):
    require_folder(tmp_path / "my days" / "of march")
    assert list((tmp_path / "my days" / "of march").iterdir()) == []


def test_days_are_not_kept_in_a_file(tmp_path):
    (tmp_path / "days").touch()
    for where in (tmp_path / "days", tmp_path / "days" / "below"):
        with pytest.raises(NotReady, match="Choose another with --data DIR"):
            require_folder(where)

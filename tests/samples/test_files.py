from dispatchkit.log import open_log
from dispatchkit.log.archive import import_days
from dispatchkit.run_day.sample import BESIDE, CURRENT, HISTORY, SAMPLE_DAYS, archive_of
from dispatchkit.samples import STORIES
from dispatchkit.samples.days import malformed
from dispatchkit.samples.files import page_of, readme, write
from dispatchkit.samples.tell import told, write_day, write_history

AGAIN = "Where this fails after a change that was meant: `python -m dispatchkit.samples sample_data`."


def head_of(log, key):
    with log.store.reading() as connection:
        return connection.exec_driver_sql("SELECT hash FROM heads WHERE day = ?", (str(key),)).scalar()


def test_every_committed_day_verifies(committed):
    found = committed.verify()
    assert (found.ok, found.days) == (True, 6 + 56)


def test_the_current_day_is_the_newest(committed):
    assert max(committed.days(), key=lambda head: head.key.service_day).key == SAMPLE_DAYS[CURRENT]


def test_each_story_has_its_key():
    assert {story.name: story.key for story in STORIES} == SAMPLE_DAYS


def test_the_committed_logs_are_small():
    assert sum(archive_of(BESIDE, name).stat().st_size for name in SAMPLE_DAYS) < 2_500_000
    assert archive_of(BESIDE, HISTORY).stat().st_size < 700_000


def test_a_day_that_is_told_again_is_the_committed_one(committed, station):
    with told(malformed.STORY, station) as shift:
        assert head_of(shift.desk.log, shift.key) == head_of(committed, shift.key), AGAIN


def test_the_history_that_is_made_again_is_the_committed_one(committed, station, tmp_path):
    write_history(tmp_path, station)
    with open_log(tmp_path / "days.sqlite") as log:
        for key in import_days(log, archive_of(tmp_path, HISTORY)):
            assert head_of(log, key) == head_of(committed, key), AGAIN


def test_the_same_day_is_the_same_bytes(station, tmp_path):
    for folder in ("one", "two"):
        with told(malformed.STORY, station) as shift:
            write_day(tmp_path / folder, malformed.STORY, shift)
    one, two = (archive_of(tmp_path / f, malformed.NAME).read_bytes() for f in ("one", "two"))
    assert one == two


def test_no_fact_and_no_artifact_carries_the_clock_on_the_wall(committed):
    with committed.store.reading() as connection:
        stored = connection.exec_driver_sql("SELECT MAX(stored_at) FROM artifacts").scalar()
        learned = connection.exec_driver_sql("SELECT MAX(learned_at) FROM facts").scalar()
    assert stored < learned < "2026-03-15"


def test_the_page_says_what_the_committed_days_are(standing, history):
    pages = [page_of(story, standing(story.name)) for story in STORIES]
    assert (BESIDE / "README.md").read_text(encoding="utf-8") == readme(pages, history), AGAIN


def test_papers_are_written_beside_the_log_of_their_day(tmp_path, station, monkeypatch):
    monkeypatch.setattr("dispatchkit.samples.files.STORIES", (malformed.STORY,))
    write(tmp_path, station=station, papers=lambda name, day: {f"{name}.csv": str(day.key).encode()})
    assert (tmp_path / "malformed" / "files" / "malformed.csv").read_bytes() == b"DXX2/2026-03-12"
    assert archive_of(tmp_path, "malformed").is_file()
    assert archive_of(tmp_path, HISTORY).is_file()

import pytest

from widgets.upload import CHUNK_BYTES, MOST_PROBLEMS_SHOWN, FileShown, ProblemShown, Upload


@pytest.fixture
def upload(sent):
    made = Upload(max_file_bytes=3 * CHUNK_BYTES, accept=(".xlsx",))
    made.messages = sent(made)
    made.batches = []
    made.on_files(made.batches.append)
    return made


def begin(upload, *files, batch="b1"):
    listed = [{"id": file_id, "name": name, "size": size} for file_id, name, size in files]
    upload._heard(upload, {"event": "begin", "batch": batch, "files": listed}, [])


def piece(upload, file_id, at, data, batch="b1"):
    upload._heard(upload, {"event": "chunk", "batch": batch, "file": file_id, "at": at}, [memoryview(data)])


def cancel(upload, file_id, batch="b1"):
    upload._heard(upload, {"event": "cancel", "batch": batch, "file": file_id}, [])


def test_a_batch_is_handed_over_once_and_whole(upload):
    begin(upload, ("f1", "routes.xlsx", CHUNK_BYTES + 3), ("f2", "vans.xlsx", 2))
    piece(upload, "f1", 0, b"a" * CHUNK_BYTES)
    piece(upload, "f1", CHUNK_BYTES, b"bcd")
    assert upload.batches == []
    piece(upload, "f2", 0, b"ef")
    assert upload.batches == [[("routes.xlsx", b"a" * CHUNK_BYTES + b"bcd"), ("vans.xlsx", b"ef")]]
    assert [message["op"] for message in upload.messages] == ["begun", "taken", "taken", "taken", "read"]


def test_two_files_of_one_name_are_two_files(upload):
    begin(upload, ("f1", "export.csv", 1), ("f2", "export.csv", 1))
    piece(upload, "f1", 0, b"a")
    piece(upload, "f2", 0, b"b")
    assert upload.batches == [[("export.csv", b"a"), ("export.csv", b"b")]]


def test_a_cancelled_file_leaves_nothing_and_the_others_go_on(upload):
    begin(upload, ("f1", "big.xlsx", 2 * CHUNK_BYTES), ("f2", "vans.xlsx", 2))
    piece(upload, "f1", 0, b"a" * CHUNK_BYTES)
    cancel(upload, "f1")
    piece(upload, "f2", 0, b"ef")
    assert upload.batches == [[("vans.xlsx", b"ef")]]
    assert upload._arriving == {}


def test_a_batch_of_which_nothing_is_left_is_handed_to_nobody(upload):
    begin(upload, ("f1", "big.xlsx", 2))
    cancel(upload, "f1")
    assert upload.batches == []
    assert upload.messages[-1] == {"op": "read", "batch": "b1"}


def test_an_empty_file_arrives_as_what_it_is(upload):
    begin(upload, ("f1", "empty.csv", 0))
    assert upload.batches == [[("empty.csv", b"")]]


def test_a_file_larger_than_allowed_is_not_taken_whatever_the_page_sends(upload):
    begin(upload, ("f1", "huge.xlsx", 3 * CHUNK_BYTES + 1), ("f2", "vans.xlsx", 1))
    piece(upload, "f1", 0, b"a" * CHUNK_BYTES)
    assert upload.messages[-1] == {"op": "broken", "batch": "b1", "file": "f1"}
    piece(upload, "f2", 0, b"a")
    assert upload.batches == [[("vans.xlsx", b"a")]]


@pytest.mark.parametrize("at_and_data", [(1, b"bc"), (0, b"abcd"), (0, b"")])
def test_a_piece_that_does_not_fit_ends_its_file(upload, at_and_data):
    begin(upload, ("f1", "routes.xlsx", 3), ("f2", "vans.xlsx", 1))
    piece(upload, "f1", *at_and_data)
    assert upload.messages[-1] == {"op": "broken", "batch": "b1", "file": "f1"}
    piece(upload, "f2", 0, b"a")
    assert upload.batches == [[("vans.xlsx", b"a")]]


def test_a_new_batch_lets_go_of_an_unfinished_one(upload):
    begin(upload, ("f1", "routes.xlsx", 4))
    piece(upload, "f1", 0, b"ab")
    begin(upload, ("f2", "vans.xlsx", 1), batch="b2")
    piece(upload, "f1", 2, b"cd")
    assert upload.messages[-1]["op"] == "broken"
    piece(upload, "f2", 0, b"a", batch="b2")
    assert upload.batches == [[("vans.xlsx", b"a")]]


def test_more_files_than_allowed_are_not_taken(upload):
    begin(upload, *((f"f{i}", f"{i}.csv", 0) for i in range(upload.max_files + 1)))
    assert len(upload.batches[0]) == upload.max_files


def test_a_long_list_of_problems_is_cut_and_counted(upload):
    problems = tuple(
        ProblemShown(row=i, column="Stops", message="This is no number.", fix="Write digits.") for i in range(200)
    )
    upload.show([FileShown(name="routes.xlsx", state="refused", sentence="200 rows are bad.", problems=problems)])
    upload._heard(upload, {"event": "ready"}, [])
    row = upload.messages[-1]["changed"]["0"]
    assert (len(row["problems"]), row["problem_count"]) == (MOST_PROBLEMS_SHOWN, 200)


def test_clearing_lets_go_of_what_is_shown_and_of_what_is_on_its_way(upload):
    upload._heard(upload, {"event": "ready"}, [])
    upload.show([FileShown(name="routes.xlsx", state="ok", sentence="40 routes.")])
    begin(upload, ("f1", "vans.xlsx", 2))
    upload.clear()
    piece(upload, "f1", 0, b"ab")
    assert upload.batches == []
    assert [message["op"] for message in upload.messages[-3:]] == ["patch", "clear", "broken"]


def test_a_limit_that_allows_nothing_is_refused():
    with pytest.raises(ValueError, match="hold nothing"):
        Upload(max_file_bytes=0)

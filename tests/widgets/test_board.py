from widgets.board import Board, Column


def a_board():
    return Board([Column(key="route", label="Route"), Column(key="behind", label="Behind", numeric=True)], label="Pace")


def test_a_board_sends_everything_to_a_view_that_comes_and_then_only_changes(sent):
    board = a_board()
    messages = sent(board)
    board.show([{"id": "CX1", "behind": 0}])
    assert messages == []
    board._heard(board, {"event": "ready"}, [])
    board.show([{"id": "CX1", "behind": 4}])
    assert [message["op"] for message in messages] == ["all", "patch"]
    assert messages[1]["changed"] == {"CX1": {"behind": 4}}


def test_a_choice_reaches_every_listener_and_the_selection():
    board, heard = a_board(), []
    board.on_select(heard.append)
    board._heard(board, {"event": "select", "id": "CX1"}, [])
    board._heard(board, {"event": "select", "id": "CX1"}, [])
    assert (board.selected, heard) == ("CX1", ["CX1", "CX1"])


def test_a_message_that_makes_no_sense_changes_nothing(sent):
    board = a_board()
    messages = sent(board)
    board._heard(board, {"event": "select", "id": {"not": "a text"}}, [])
    board._heard(board, {}, [])
    assert (board.selected, messages) == ("", [])


def test_a_press_on_a_button_in_a_row_is_answered_when_it_is_done(sent):
    board, heard = a_board(), []
    messages = sent(board)
    board.show([{"id": "CX1", "behind": 0}])
    board.on_act(lambda row_id, act_id: heard.append((row_id, act_id, len(messages))))
    board._heard(board, {"event": "act", "row": "CX1", "act": "call"}, [])
    assert heard == [("CX1", "call", 0)]
    assert messages == [{"op": "acted", "row": "CX1", "act": "call"}]


def test_a_press_in_a_row_that_is_gone_does_nothing_but_is_answered(sent):
    board, heard = a_board(), []
    messages = sent(board)
    board.on_act(lambda *about: heard.append(about))
    board._heard(board, {"event": "act", "row": "CX1", "act": "call"}, [])
    assert (heard, messages) == ([], [{"op": "acted", "row": "CX1", "act": "call"}])


def many(**kwargs):
    columns = [Column(key="route", label="Route")]
    board = Board(columns, label="Packages", selectable="many", **kwargs)
    board.show([{"id": "P1"}, {"id": "P2"}, {"id": "P3"}])
    return board


def test_marks_are_told_in_the_order_of_need_and_only_for_rows_that_are_there():
    board, heard = many(), []
    board.on_marked(heard.append)
    board._heard(board, {"event": "mark", "ids": ["P3", "P1", "P9", {"not": "a text"}]}, [])
    assert (board.marked, heard) == (["P1", "P3"], [["P1", "P3"]])


def test_a_row_that_goes_takes_its_mark_with_it():
    board, heard = many(), []
    board._heard(board, {"event": "mark", "ids": ["P1", "P2"]}, [])
    board.on_marked(heard.append)
    board.show([{"id": "P2"}, {"id": "P3"}])
    board.show([{"id": "P2"}])
    assert (board.marked, heard) == (["P2"], [["P2"]])


def test_a_board_of_single_choice_takes_no_marks():
    board = a_board()
    board.show([{"id": "CX1"}])
    board._heard(board, {"event": "mark", "ids": ["CX1"]}, [])
    assert board.marked == []

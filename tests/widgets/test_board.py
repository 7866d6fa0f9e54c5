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

"""What needs a person: shown in sentences, escaped, and never moved under the cursor."""

from widgets.attention import Attention, Item


def item(item_id="late:CX1:1", what="CX1 will end late", acts=(("See rescue", lambda _: None),)):
    return Item(item_id, "act", what, "38 behind.", "Help before 13:40.", acts)


def test_nothing_is_said_too():
    attention = Attention("Nothing needs you now.")
    assert "Nothing needs you" in attention.children[0].value


def test_an_item_that_stands_on_keeps_its_widgets():
    attention = Attention("")
    attention.show([item("a"), item("b")])
    before = attention.children
    attention.show([item("a"), item("b")])
    assert attention.children == before
    attention.show([item("new"), item("a"), item("b")])
    assert attention.children[1:] == before


def test_an_item_that_says_something_new_is_drawn_anew():
    attention = Attention("")
    attention.show([item(what="CX1 will end late")])
    attention.show([item(what="CX1 will end later")])
    assert "later" in attention.children[0].children[0].value


def test_when_all_is_settled_nothing_needs_anybody():
    attention = Attention("Nothing needs you now.")
    attention.show([item()])
    attention.show([])
    assert "Nothing needs you" in attention.children[0].value


def test_words_of_a_file_are_never_read_as_markup():
    attention = Attention("")
    attention.show([item(what="<img src=x onerror=alert(1)>")])
    assert "<img" not in attention.children[0].children[0].value


def test_the_usual_act_is_the_filled_button_and_does_it():
    done = []
    attention = Attention("")
    attention.show([item(acts=(("See rescue", done.append), ("I take it", lambda _: None)))])
    first, second = attention.children[0].children[1].children
    assert (first.button_style, second.button_style) == ("primary", "")
    first.click()
    assert done == [first]

"""What needs a person: shown in sentences, escaped, and never moved under the cursor."""

from widgets.attention import Act, Attention, Item

SEE = Act("See rescue", "See rescue of CX1", lambda _: None)


def item(item_id="late:CX1:1", what="CX1 will end late", acts=(SEE,)):
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


def parts(attention):
    """Words and buttons of the first item."""
    words, acts = attention.children[0].children
    return words, acts.children


def test_an_item_that_says_something_new_says_it_in_place():
    attention = Attention("")
    attention.show([item(what="CX1 will end late")])
    before = parts(attention)
    attention.show([item(what="CX1 will end later")])
    assert parts(attention) == before
    assert "later" in before[0].value


def test_when_an_act_goes_the_others_keep_their_buttons_and_do_what_they_now_mean():
    done = []
    see = Act("See rescue", "See rescue of CX1", lambda _: done.append("then"))
    take = Act("I take it", "I take it: CX1", lambda _: None)
    attention = Attention("")
    attention.show([item(acts=(see, take))])
    button = parts(attention)[1][0]
    attention.show([item(acts=(see._replace(do=lambda _: done.append("now")),))])
    assert parts(attention)[1] == (button,)
    button.click()
    assert done == ["now"]


def test_a_button_says_what_it_is_about_to_those_who_do_not_see_beside_what_it_stands():
    attention = Attention("")
    attention.show([item()])
    assert parts(attention)[1][0].tooltip == "See rescue of CX1"


def test_a_direction_mark_does_not_turn_a_sentence_round():
    attention = Attention("")
    attention.show([item(what="gnp\u202e.exe will end late")])
    assert "gnp\\u202e.exe" in parts(attention)[0].value


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
    attention.show([item(acts=(Act("See rescue", "", done.append), Act("I take it", "", lambda _: None)))])
    first, second = attention.children[0].children[1].children
    assert (first.button_style, second.button_style) == ("primary", "")
    first.click()
    assert done == [first]

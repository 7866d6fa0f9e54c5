from datetime import time

import pytest

from widgets.fields import Field, read_all

STOPS = Field(key="stops", label="Stops", kind="number", at_least=1, at_most=40)
HELPER = Field(key="helper", label="Helper", kind="select", options=(("CX7", "CX7 (Okafor)"), ("CX9", "CX9 (Sato)")))
NOTE = Field(key="note", label="Note", check=lambda text: "Say less." if len(text) > 8 else None)
MEET = Field(key="meet", label="Meet at", kind="time", required=False)


def test_each_kind_comes_as_what_it_is():
    values, problems = read_all((STOPS, HELPER, MEET), {"stops": " 30 ", "helper": "CX7", "meet": "9:05"})
    assert values == {"stops": 30, "helper": "CX7", "meet": time(9, 5)}
    assert problems == {}
    assert isinstance(values["stops"], int)


def test_a_blank_is_nothing_and_never_zero():
    optional = Field(key="stops", label="Stops", kind="number", required=False)
    assert read_all((optional, MEET), {"stops": " ", "meet": ""}) == ({"stops": None, "meet": None}, {})


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (STOPS, "", "blank"),
        (STOPS, "thirty", "not a number"),
        (STOPS, "nan", "not a number"),
        (STOPS, "0", "1 or more"),
        (STOPS, "41", "40 at most"),
        (HELPER, "CX8", "not among the choices"),
        (MEET, "25:00", "not a time"),
        (MEET, "1 pm", "not a time"),
        (NOTE, "far too long", "Say less"),
    ],
)
def test_what_is_not_right_is_said_in_a_sentence(field, text, sentence):
    values, problems = read_all((field,), {field.key: text})
    assert values == {}
    assert sentence in problems[field.key]


def test_a_choice_of_nothing_is_refused():
    with pytest.raises(ValueError, match="Helper"):
        Field(key="helper", label="Helper", kind="select")

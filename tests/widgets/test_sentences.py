from widgets.sentences import Sentences

HOSTILE = "<script>alert(1)</script>"


def test_sentences_are_true_when_something_is_in_the_way():
    reasons = Sentences()
    assert not reasons
    reasons.show(["Van 7 has no inspection today."])
    assert reasons
    assert list(reasons) == ["Van 7 has no inspection today."]
    reasons.show([])
    assert (bool(reasons), reasons.value, reasons.layout.display) == (False, "", "none")


def test_a_sentence_is_never_markup():
    reasons = Sentences()
    reasons.show([HOSTILE])
    assert "<script>" not in reasons.value

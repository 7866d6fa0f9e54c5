from dispatchkit.imports import Problem, Unreadable
from dispatchkit.imports.problems import quoted


def test_a_problem_reads_as_one_sentence_with_its_place():
    problem = Problem(
        file="customers.csv",
        row=14,
        column="dropoff_lat",
        message="'1l2' is not a number.",
        fix="Correct it and import again.",
    )
    assert str(problem) == "customers.csv row 14, dropoff_lat: '1l2' is not a number. Correct it and import again."


def test_what_does_not_print_is_spelled_out():
    problem = Problem(file="a\u202eb.csv", column="x\ny", message="Half \ud800.")
    assert str(problem) == "a\\u202eb.csv, x\\u000ay: Half \\ud800."


def test_a_long_value_is_quoted_in_part():
    assert quoted("x" * 100) == "'" + "x" * 60 + "…'"


def test_the_message_lists_fifty_and_keeps_all():
    refused = Unreadable(Problem(file="a", row=n, message="Bad.") for n in range(51))
    assert len(refused.problems) == 51
    assert str(refused).endswith("a row 49: Bad.\n… and 1 more.")

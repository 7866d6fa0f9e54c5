"""The drivers' weekly overview, in the shape of real exports; everybody in it is invented."""

import pytest

ANA, BEN = "A1B2C3D4E5F6G", "AZZ9Y8X7W6V5U4"
PER_TRIP = (
    "Speeding Event Rate", "Seatbelt-Off Rate", "Distractions Rate", "Sign/ Signal Violations Rate",
    "Following Distance Rate",
)  # fmt: skip


def group(value, stem, weight=""):
    return [value, f"{stem} Tier", f"{stem} Score", weight or f"{stem} Weight Applied"]


HEADER = [
    "Week", "Delivery Associate ", "Transporter ID", "Overall Standing", "Overall Score",
    *group("FICO Metric", "FICO", "FICO Metric Weight Applied"),
    *(h for rate in PER_TRIP for h in group(f"{rate} (per trip)", rate)),
    *group("CDF DPMO", "CDF DPMO"), *group("CED", "CED"), *group("DCR", "DCR"), *group("DSB", "DSB DPMO"),
    *group("POD", "POD"), *group("PSB", "PSB"), "Packages Delivered",
]  # fmt: skip


def week(written="2026-W08", name="Ode, Ana", driver_id=ANA, **cells):
    """A row in which all is blank but what is named: DCR="99.8%"; underscores stand for blanks."""
    row = dict.fromkeys(HEADER, "")
    named = {"Week": written, "Delivery Associate ": name, "Transporter ID": driver_id, "Overall Score": "93.5"}
    cells = {header.replace("_", " "): cell for header, cell in cells.items()}
    assert set(cells) <= set(HEADER)
    return [*(row | named | cells).values()]


def overview(read, *rows, header=HEADER, name="DSP_Overview_2026-W08.csv", **options):
    return read([header, *rows], name, **options)


def one(file):
    (found,) = file.reading.weeks
    return found


def test_a_week_comes_out_whole(read):
    cells = {
        "FICO Metric": "812", "FICO Tier": "Fantastic", "FICO Score": "100", "FICO Metric Weight Applied": "12.5%",
        "Sign/ Signal Violations Rate (per trip)": "0.4", "Sign/ Signal Violations Rate Tier": "Great",
        "DSB": "1,250", "DSB DPMO Tier": "Poor", "DCR": "99.8%", "Packages Delivered": "1,012",
    }  # fmt: skip
    file = overview(read, week(**{"Overall_Standing": "Platinum"} | cells))
    ana = one(file)
    assert (file.source, file.problems) == ("Weekly overview", ())
    assert (ana.week, ana.driver_id, ana.name, ana.standing) == ("2026-W08", ANA, "Ana Ode", "Platinum")
    assert (ana.score, ana.packages) == (93.5, 1012)
    fico = ana.metrics["FICO"]
    assert (fico.value, fico.tier, fico.score, fico.weight_pct) == (812, "Fantastic", 100, 12.5)
    signs = ana.metrics["Sign/Signal Violations Rate"]
    assert (signs.value, signs.tier, signs.score) == (0.4, "Great", None)
    assert (ana.metrics["DSB DPMO"].value, ana.metrics["DCR"].value) == (1250, 99.8)


@pytest.mark.parametrize("nothing", ["", " ", "No Data", "N/A", "-", "--"])
def test_no_data_is_none_and_never_0(read, nothing):
    ana = one(overview(read, week(DCR=nothing, CED=nothing, Packages_Delivered=nothing, POD_Tier=nothing)))
    assert (ana.metrics, ana.packages) == ({}, None)


def test_a_0_is_a_0(read):
    ana = one(overview(read, week(CED="0", Packages_Delivered="0")))
    assert (ana.metrics["CED"].value, ana.packages) == (0, 0)


def test_shares_of_a_spreadsheet_are_percent(read):
    rows = [week(DCR=0.998, POD_Weight_Applied=0.125), week(driver_id=BEN, DCR=1.0, POD_Weight_Applied=0.2)]
    found = overview(read, *rows, tab="Overview").reading.weeks
    assert [w.metrics["DCR"].value for w in found] == [99.8, 100]
    assert [w.metrics["POD"].weight_pct for w in found] == [12.5, 20]


def test_the_week_column_counts_and_not_the_file_s_name(read, sentences):
    file = overview(read, week("2026-W07"), name="DSP_Overview_2026-W08.csv")
    assert one(file).week == "2026-W07"
    assert sentences(file, blocks=False) == [
        "The file's name says week 8, but its rows are of 2026-W07; the rows count. "
        "Check that this is the week you mean."
    ]


def test_several_weeks_may_stand_in_one_file_but_a_driver_only_once_in_each(read, sentences):
    file = overview(read, week(), week("2026-W07"), week())
    assert [(w.row, w.week) for w in file.reading.weeks] == [(2, "2026-W08"), (3, "2026-W07")]
    assert sentences(file, blocks=True)[0].startswith(
        f"row 4, Transporter ID: '{ANA}' stands in row 2 already, for the same week."
    )


@pytest.mark.parametrize("wrong", ["2026-W54", "8", "next week", ""])
def test_what_is_no_week_is_a_problem(read, sentences, wrong):
    file = overview(read, week(wrong), week(driver_id=BEN))
    assert one(file).driver_id == BEN
    assert [s.partition(":")[0] for s in sentences(file, blocks=True)] == ["row 2, Week"]


def test_a_metric_that_is_not_known_here_is_kept_and_named(read, sentences):
    header = [*HEADER, *group("Harsh Braking Rate (per trip)", "Harsh Braking Rate"), "Shoe size"]
    file = overview(read, [*week(), "0.3", "Fair", "70", "5%", "39"], header=header)
    braking = one(file).metrics["Harsh Braking Rate"]
    assert (braking.value, braking.tier, braking.score, braking.weight_pct) == (0.3, "Fair", 70, 5)
    assert sentences(file, blocks=False) == [
        "Metrics that are not known here were kept by the file's own names: 'Harsh Braking Rate'.",
        "Columns that are not known here were passed over: 'Shoe size'.",
    ]


def test_a_metric_that_is_missing_is_named(read, sentences):
    gone = {"PSB", "PSB Tier", "PSB Score", "PSB Weight Applied"}
    kept = [i for i, h in enumerate(HEADER) if h not in gone]
    row = week()
    file = overview(read, [row[i] for i in kept], header=[HEADER[i] for i in kept])
    assert "'PSB', 'PSB Tier', 'PSB Score', 'PSB Weight Applied'" in sentences(file, blocks=False)[0]


def test_a_figure_that_cannot_be_read_is_a_problem_where_it_stands(read, sentences):
    file = overview(read, week(DCR="good", CED_Score="1O"))
    assert sentences(file, blocks=True) == [
        "row 2, CED Score: '1O' is not a number. Correct it and import again.",
        "row 2, DCR: 'good' is not a percentage. Correct it and import again.",
    ]


def test_a_row_without_a_driver_is_a_problem(read, sentences):
    file = overview(read, week(driver_id=""), week())
    assert one(file).row == 3
    assert sentences(file, blocks=True)[0].startswith("row 2, Transporter ID: The value is missing.")

"""Commands that measure. Figures in ratios against named peers of the same run; they are recorded in BENCHMARKS.md.

What is measured is imported where it is: it brings solvers, charts and a browser along, and every command starts here.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from dispatchkit.bench import BESIDE_THE_CHECKOUT
from dispatchkit.bench.pace import DAYS
from dispatchkit.cli import show
from dispatchkit.cli.options import Json, to_write
from dispatchkit.station import load

app = typer.Typer(help="Measure, and compare with peers of the same run.", no_args_is_help=True)


@app.command()
def core(
    as_json: Json = False,
    data: Annotated[
        Path | None,
        typer.Option("--data", envvar="DISPATCHKIT_DATA", help="Folder of the public data sets, for the whole day."),
    ] = None,
) -> None:
    """Appends and folds, against raw SQLite; and a whole real day where the public data are at hand."""
    from dispatchkit.bench.core import core_figures

    with tempfile.TemporaryDirectory(prefix="dispatchkit-bench-") as folder:
        figures = core_figures(Path(folder), data)
    if as_json:
        show.as_json(figures)
    else:
        show.table(["figure", "value"], [(k, "–" if v is None else v) for k, v in figures.items()])


@app.command()
def pace(
    as_json: Json = False,
    days: Annotated[int, typer.Option("--days", min=2, help="Simulated days to report on.")] = DAYS,
    data: Annotated[
        Path | None,
        typer.Option("--data", envvar="DISPATCHKIT_DATA", help="Folder of the public data sets, for the real routes."),
    ] = None,
) -> None:
    """Finish forecast and alarms on days never used for fitting, beside the best that could be. Takes minutes."""
    from dispatchkit.bench.pace.figures import as_rows, pace_figures

    with tempfile.TemporaryDirectory(prefix="dispatchkit-bench-") as folder, show.progress() as say:
        figures = pace_figures(Path(folder), data, load(), count=days, say=say)
    if as_json:
        show.as_json(figures)
    else:
        show.table(["figure", "value", "aim"], as_rows(figures))


@app.command("app")
def the_app(as_json: Json = False) -> None:
    """The served pages in a real browser: loads, memory, news, processes left behind. Takes about five minutes."""
    from dispatchkit.bench.app_rates import AIMS, app_figures

    with tempfile.TemporaryDirectory(prefix="dispatchkit-bench-") as folder, show.progress() as say:
        figures = app_figures(Path(folder), say=say)
    if as_json:
        show.as_json(figures)
    else:
        show.table(["figure", "value", "aim"], [(name, value, AIMS.get(name, "")) for name, value in figures.items()])


@app.command()
def routing(
    as_json: Json = False,
    only: Annotated[
        str,
        typer.Option(
            "--only", metavar="CASE,…",
            help="Groups (solomon, x, days, balanced, peers, dch4, one_route, challenge, rebuild), engines (ours, "
            "pyvrp, vroom, ortools) or beginnings of names, such as solomon/R1.",
        ),
    ] = "",
    quick: Annotated[bool, typer.Option("--quick", help="A look at each kind of case, in about two minutes.")] = False,
    seeds: Annotated[str, typer.Option("--seeds", metavar="N,…", help="Of days that are run several times.")] = "1,2,3",
    budget: Annotated[
        float | None, typer.Option("--budget", min=0.1, help="Seconds for every engine, instead of the usual ones.")
    ] = None,
    out: Annotated[
        Path | None,
        to_write("--out", "Keep every answer in this file as it comes; what it holds is not measured again."),
    ] = None,
    markdown: Annotated[
        Path | None, to_write("--markdown", "Write the figures to this file as a section of BENCHMARKS.md.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", envvar="DISPATCHKIT_DATA", help="Folder of the public data sets.")
    ] = None,
) -> None:
    """Built routes against published best ones, other engines and a station's own. Takes more than two hours."""
    from dispatchkit.bench.routing.cases import cases, missing

    folder = data or BESIDE_THE_CHECKOUT
    words = [word.strip() for word in only.split(",") if word.strip()]
    asked = cases(folder, seeds=_numbers(seeds), only=words, quick=quick, budget_s=budget)
    for sentence in missing(folder):
        show.failure(sentence)
    # these bring the solvers along: a word that means nothing is refused before
    from dispatchkit.bench.routing.as_markdown import section
    from dispatchkit.bench.routing.figures import ask_all, figures, single_rows

    with show.progress() as say:
        answers = ask_all(
            asked, folder, out=out, say=say,
            told=lambda answer: None if as_json else show.sentence(str(answer)),
        )  # fmt: skip
    found = figures(answers)
    if markdown:
        markdown.write_text(section(found), encoding="utf-8")
    if as_json:
        show.as_json(found)
    else:
        show.table(["figure", "value", "aim"], single_rows(found))


def _numbers(text: str) -> tuple[int, ...]:
    try:
        numbers = tuple(int(word) for word in text.split(","))
    except ValueError:
        numbers = ()
    if not numbers or min(numbers) < 0:
        raise typer.BadParameter(f"Seeds are whole numbers from 0 up with commas between them, and not '{text}'.")
    return numbers

"""The papers' experiments as a table on the page Train: what the papers report, and what comes of it here.

The runs are one entry of the pool's queue at a time. What it has not done when it ends is left to the next press.
"""

import secrets
from functools import partial
from typing import Any

import streamlit as st

from gateviz import viewer
from gateviz.app.components import notices
from gateviz.app.computed import trainings
from gateviz.app.state.session import Key, session
from gateviz.experiments.pool import Training
from gateviz.experiments.settings import bias_name
from gateviz.experiments.table import (
    CONFIGURATIONS,
    EXPERIMENTS,
    Line,
    Row,
    Table,
    as_csv,
    jobs,
    lines,
    remaining,
)
from gateviz.i18n.translator import Translator, load

_component = st.components.v2.component(
    "gateviz_papers_table",
    js=viewer.script(viewer.JS / "papers_table" / "papers_table.js"),
    css=viewer.styles("papers_table"),
)
LOOK_EVERY = 1.0
"""Seconds between two looks at a table that is being filled."""
COLUMNS = ("cell", "bias", "passed", "steps", "seconds", "figure")


def show(say: Translator) -> None:
    """Draw the buttons and the table, which fills itself while its runs go on."""
    going = _is_going()
    with st.container(key=Key.TABLE):
        st.subheader(say("table.title"), anchor=False)
        st.caption(say("table.intro"))
        row = st.container(key=f"{Key.TABLE}_row", horizontal=True, vertical_alignment="center", gap="small")
        left = remaining(trainings.rows(session.tables), jobs())
        key = "table.go_on" if session.tables else "table.run"
        row.button(
            say(key),
            key=Key.TABLE_RUN,
            type="primary",
            on_click=start,
            disabled=going or not left,
        )
        row.button(say("film.stop"), key=Key.TABLE_STOP, on_click=stop, disabled=not going)
        row.download_button(
            say("table.save"),
            partial(_csv, session.tables),
            "gateviz-table.csv",
            "text/csv",
            key=Key.TABLE_SAVE,
            on_click="ignore",
            disabled=not session.tables,
        )
        notices.fragment(_table, LOOK_EVERY if going else None)(say.language, going)


@notices.guarded
def start() -> None:
    """Put the runs that are still to be done into the queue.

    Raises:
        InputError: too many of the visitor's trainings wait.
    """
    session.owner = session.owner or secrets.token_hex(16)
    left = remaining(trainings.rows(session.tables), jobs())
    table = trainings.pool().submit(Table(tuple(left)), session.owner)
    session.tables = (*session.tables, table.name)


@notices.guarded
def stop() -> None:
    """Stop the runs; those that have ended stay in the table."""
    if (table := _latest()) is not None:
        trainings.pool().ask(table, "stop")


def _latest() -> Training | None:
    return trainings.look_at(session.tables[-1]) if session.tables else None


def _is_going() -> bool:
    table = _latest()
    return table is not None and table.state != "ended"


def _csv(names: tuple[str, ...]) -> str:
    return as_csv(trainings.rows(names))


def _table(language: str, going: bool) -> None:
    if going and not _is_going():
        st.rerun()  # the buttons change, and nothing is to be looked at any more
    say = load(language)
    rows = trainings.rows(session.tables)
    data = {
        "title": say("table.title"),
        "status": _status(rows, say),
        "columns": [say(f"table.column.{name}") for name in COLUMNS],
        "groups": [_group(name, lines(rows, name), say) for name in EXPERIMENTS],
    }
    _component(key=Key.TABLE_VIEW, data=data)


def _status(rows: list[Row], say: Translator) -> str:
    table = _latest()
    count = say("table.count", done=len(rows), all=len(jobs()))
    if table is None:
        return say("table.gone") if session.tables else say("table.not_yet")
    if table.state == "queued":
        wait = trainings.pool().wait(table)
        return f"{count} {say('film.status_queued', place=trainings.pool().place(table), wait=_clock(wait))}"
    if table.reason is None:
        left = table.seconds_left
        if left is None:
            return f"{count} {say('film.status_begins')}"
        return f"{count} {say('film.status_running', seconds=_clock(table.seconds), left=_clock(left))}"
    return f"{count} {say(f'table.status.{table.reason}')}"


def _clock(seconds: float) -> str:
    """75 as 1:15."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def _group(name: str, known: list[Line], say: Translator) -> dict[str, Any]:
    """The rows of one experiment, and what is said of it."""
    by_row = {(line.cell, line.bias): line for line in known}
    rows = []
    for cell, start_bias in CONFIGURATIONS:
        bias = bias_name(start_bias) if cell == "lstm" else ""
        names = [say(f"cell.{cell}"), say("train.default") if bias == "default" else bias]
        rows.append([*names, *_numbers(by_row.get((cell, bias)), say)])
    said = [
        ("", say(f"table.figure.{name}")),
        (say("table.papers"), say(f"table.papers.{name}")),
        (say("table.differs"), say(f"table.differs.{name}")),
    ]
    return {"title": say(f"table.experiment.{name}"), "said": said, "rows": rows}


def _numbers(line: Line | None, say: Translator) -> list[str]:
    if line is None:
        return ["–"] * 4
    passed = say("table.passed", passed=line.passed, count=line.count)
    return [passed, f"{line.steps:,.0f}", f"{line.seconds:.1f}", f"{line.figure:.3f}"]

"""Habits of the pages that a reader of the code would have to check by eye: keys, bounds, guards, and no markup."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateviz.app.state.session import Key

APP = Path(__file__).parents[2] / "gateviz" / "app"
WIDGETS = {
    "button", "checkbox", "color_picker", "date_input", "download_button", "feedback", "file_uploader", "multiselect",
    "number_input", "pills", "plotly_chart", "radio", "segmented_control", "select_slider", "selectbox", "slider",
    "text_area", "text_input", "toggle",
}  # fmt: skip
MARKUP = {
    "badge", "caption", "error", "exception", "header", "html", "info", "markdown", "metric", "subheader", "success",
    "title", "toast", "warning", "write",
}  # fmt: skip
LABELLED = (WIDGETS - {"plotly_chart"}) | {"expander", "link_button", "page_link", "popover", "spinner", "status"}
READ_AS_MARKUP = {"body", "help", "label"}
"""The keyword arguments in which Streamlit reads Markdown."""
FIELDS = {"metric", "title"}
"""Words that are fields of our own results too."""
OUR_OWN = {"say", "page_style", "session.training_step"}
"""What may get into a text with markup: our own words and style sheets, and numbers."""

FILES = sorted(APP.rglob("*.py"))
TREES = {path.relative_to(APP).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """(name, call) of everything that is called on an object: st.slider(...), column.slider(...)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


@pytest.mark.parametrize("name", TREES)
def test_every_widget_has_a_key_of_the_session(name: str) -> None:
    for called, call in calls(TREES[name]):
        if called in WIDGETS:
            key = keywords(call).get("key")
            assert key is not None, ast.unparse(call)[:80]
            assert re.match(r"(f['\"]\{)?Key\.[A-Z_]+(\}_\{\w+\}['\"])?$", ast.unparse(key)), ast.unparse(key)


def test_a_style_sheet_can_name_every_key() -> None:
    assert all(re.fullmatch(r"[a-z0-9_-]+", key) for key in Key)


def test_the_widgets_that_this_looks_for_are_there() -> None:
    found = {called for tree in TREES.values() for called, _ in calls(tree)} & WIDGETS
    assert {"selectbox", "text_input", "segmented_control", "file_uploader", "plotly_chart"} <= found


@pytest.mark.parametrize("name", TREES)
def test_every_cache_that_takes_an_argument_is_bounded(name: str) -> None:
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                written = ast.unparse(decorator)
                if written.startswith(("st.cache_", "cache", "lru_cache")) and node.args.args:
                    bounded = "max_entries" in written or "maxsize" in written
                    assert bounded, f"{name}: {node.name}"


@pytest.mark.parametrize("name", TREES)
def test_the_session_is_the_only_file_that_touches_streamlits_session_state(name: str) -> None:
    touched = {
        getattr(node, "attr", getattr(node, "id", getattr(node, "value", None))) for node in ast.walk(TREES[name])
    }
    assert ("session_state" in touched) == (name == "state/session.py")


# ---------------------------------------------------------------- callbacks and fragments


def callbacks(tree: ast.AST) -> Iterator[ast.expr]:
    """What is given as on_change, on_click, on_go_change... to whatever is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (value for name, value in keywords(node).items() if name.startswith("on_"))


def is_guarded(callback: ast.expr, names: dict[str, Any]) -> bool:
    """Whether it is one of Streamlit's words, such as "ignore", or a function that `notices.guarded` has wrapped."""
    if isinstance(callback, ast.Constant):
        return True
    try:
        found = eval(ast.unparse(callback), names)  # noqa: S307  of our own source
    except NameError:
        return False
    return getattr(found, "is_guarded", False) is True


def module(name: str) -> dict[str, Any]:
    return vars(importlib.import_module(f"gateviz.app.{name.removesuffix('.py').replace('/', '.')}"))


@pytest.mark.parametrize("name", [name for name, tree in TREES.items() if any(callbacks(tree))])
def test_every_callback_is_guarded(name: str) -> None:
    assert not [ast.unparse(each) for each in callbacks(TREES[name]) if not is_guarded(each, module(name))]


def test_the_callbacks_that_this_looks_for_are_there() -> None:
    given = {ast.unparse(each) for tree in TREES.values() for each in callbacks(tree)}
    assert {"sentence.change_task", "sentence.take_file", "take_line", "take_step", "go", "follow"} <= given


@pytest.mark.parametrize(
    "source",
    ["st.button('x', on_click=lambda: None)", "column.slider('x', on_change=unguarded)", "_panel(on_go_change=len)",
     "st.text_input('x', on_change=partial(guarded, 1))", "place.selectbox('x', on_change=nobody)"],
)  # fmt: skip
def test_a_callback_without_a_guard_is_found(source: str) -> None:
    def unguarded() -> None: ...

    guarded = module("components/sentence.py")["change_task"]
    names = {"unguarded": unguarded, "guarded": guarded, "partial": __import__("functools").partial}
    assert [each for each in callbacks(ast.parse(source)) if not is_guarded(each, names)]
    assert is_guarded(ast.parse("guarded", mode="eval").body, names)


def fragments(tree: ast.AST) -> int:
    """How often st.fragment is used, but for functions that do nothing."""
    uses = sum(ast.unparse(node) == "st.fragment" for node in ast.walk(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) and len(node.body) == 1:
            uses -= sum("st.fragment" in ast.unparse(decorator) for decorator in node.decorator_list)
    return uses


@pytest.mark.parametrize("name", TREES)
def test_every_fragment_is_guarded_unless_it_draws_nothing(name: str) -> None:
    assert fragments(TREES[name]) == (name == "components/notices.py")


# ---------------------------------------------------------------- markup


def put_in(texts: list[ast.expr]) -> set[str]:
    """The names whose values get into these texts. The key of say(key, ...) only chooses among our own texts."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(texts)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name | ast.Attribute):
            found.add(ast.unparse(node))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "len":
            continue
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", "say.task"):
            found.add("say")
            waiting += [*(node.args[1:]), *(keyword.value for keyword in node.keywords)]
        else:
            waiting += ast.iter_child_nodes(node)
    return found


def names_of_others(tree: ast.AST) -> set[str]:
    """What is imported from elsewhere than Streamlit, and the log: no place of a page."""
    found = {"LOG"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            origin = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            found |= {
                alias.asname or alias.name.split(".")[0]
                for alias in node.names
                if not (origin or alias.name).startswith("streamlit")
            }
    return found


def read_as_markup(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """(source, names put in) of every call that Streamlit may read markup from, whatever it is called on."""
    others = names_of_others(tree)
    for called, call in calls(tree):
        if ast.unparse(call.func).rpartition(".")[0] in others:
            continue
        texts = [value for name, value in keywords(call).items() if name in READ_AS_MARKUP]
        texts += call.args if called in MARKUP else call.args[:1] if called in LABELLED else []
        yield ast.unparse(call), put_in(texts) | ({"unsafe_allow_html"} & set(keywords(call)))


def other_names_for_it(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """(source, name) where something that reads markup gets a name by which the calls of it would not be seen."""
    others = names_of_others(tree)
    called = {id(call.func) for _, call in calls(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit"):
            yield from ((ast.unparse(node), {alias.name}) for alias in node.names if alias.name in MARKUP | LABELLED)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr":
            yield ast.unparse(node), {name for name in MARKUP if repr(name) == ast.unparse(node.args[1])}
        if isinstance(node, ast.Attribute) and node.attr in MARKUP - FIELDS and id(node) not in called:
            yield ast.unparse(node), {node.attr} if ast.unparse(node.value) not in others else set()


def not_our_own(tree: ast.AST) -> list[tuple[str, set[str]]]:
    found = [*read_as_markup(tree), *other_names_for_it(tree)]
    return [(source[:120], names - OUR_OWN) for source, names in found if names - OUR_OWN]


@pytest.mark.parametrize("name", TREES)
def test_nothing_but_the_catalogues_words_and_our_own_files_stand_where_markup_is_read(name: str) -> None:
    assert not not_our_own(TREES[name])


def test_the_places_that_this_looks_at_are_there() -> None:
    sources = [source for tree in TREES.values() for source, names in read_as_markup(tree) if names]
    assert [source for source in sources if source.startswith("st.html(")]
    assert [source for source in sources if source.startswith("row.segmented_control(")]
    assert [source for source in sources if source.startswith("place.html(")]


@pytest.mark.parametrize(
    "source",
    ["st.markdown(text)", "column.markdown(text)", "columns[1].html(text)", "st.empty().write(text)",
     "with place:\n    st.caption(text)", "with st.container() as box:\n    box.info(f'see {text}')",
     "self.place.error(text)", "(column or st).warning(text)", "st.sidebar.success(say('key', text=typed))",
     "column.markdown(body=text)", "place.selectbox(text, ())", "st.button('go', help=typed)",
     "st.popover(label=text)", "column.title(say(key) + session.sentence)", "st.metric('text', view.text)",
     "show = column.markdown\nshow(text)", "from streamlit import markdown\nmarkdown(text)",
     "getattr(column, 'markdown')(text)", "st.markdown('x', unsafe_allow_html=True)", "columns[0].slider(view.text, 1)",
     "for place in columns:\n    place.header(text)", "st.write('a', text)"],
)  # fmt: skip
def test_a_text_of_a_visitor_is_found_where_markup_is_read_whatever_it_is_called_on(source: str) -> None:
    assert not_our_own(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    ["column.markdown(say('key'))", "from gateviz.app.state import address\naddress.write(view)", "LOG.error(text)",
     "column.text(text)", "st.caption(say(f'trained.{caption}', step=session.training_step))",
     "place.selectbox(say('key', count=len(lines)), lines)", "st.selectbox('label', texts, format_func=show)"],
)  # fmt: skip
def test_our_own_words_and_plain_text_are_let_through(source: str) -> None:
    assert not not_our_own(ast.parse(source))

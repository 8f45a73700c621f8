"""Every option of Streamlit's that has a variable is read as its kind, or refused in one sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit import config
from streamlit.config_option import ConfigOption

from gateviz.app.server.environment import REFUSED, from_environment
from gateviz.errors import InputError

OPTIONS = list(config._config_options_template.values())
PLAUSIBLE = {bool: "true", int: "3", float: "0.5", str: "a text"}


def test_every_variable_is_honoured_or_refused() -> None:
    honoured = 0
    for option in OPTIONS:
        variables = {option.env_var: PLAUSIBLE[option.type]}
        if option.key in REFUSED:
            with pytest.raises(InputError, match=re.escape(option.env_var)):
                from_environment(variables)
        elif option.sensitive:
            assert from_environment(variables) == {}, "Streamlit reads it itself, from the variable alone"
        else:
            (value,) = from_environment(variables).values()
            assert isinstance(value, list if option.multiple else option.type)
            honoured += 1
    assert honoured > 100


@given(st.sampled_from(OPTIONS), st.text(max_size=20).filter(lambda text: "\0" not in text))
def test_any_value_is_taken_or_refused_in_one_sentence(option: ConfigOption, value: str) -> None:
    sentence = ""
    try:
        from_environment({option.env_var: value})
    except InputError as refused:
        sentence = str(refused)
    assert sentence == "" or (sentence.startswith(option.env_var) and "\n" not in sentence)


def test_other_variables_are_left_alone() -> None:
    assert from_environment({"GATEVIZ_PLAIN": "1", "PATH": "/bin", "streamlit_server_port": "1"}) == {}

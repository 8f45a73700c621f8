"""What the server is asked for: by the command line, by Streamlit's variables, by default; anything else is refused."""

from typing import Any

import pytest

from gateviz.app.server.asked import asked_for
from gateviz.app.server.options import BESIDES, Options
from gateviz.cli import main
from gateviz.errors import InputError

NOTHING: dict[str, str] = {}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"port": -1}, "port must lie in 1..65535, got -1"),
        ({"port": 0}, "port must lie in 1..65535, got 0"),
        ({"port": 65536}, "port must lie in 1..65535, got 65536"),
        ({"base_path": "gateviz"}, "the base path must look like /gateviz"),
        ({"base_path": "/a b"}, "the base path must look like /gateviz"),
        ({"base_path": "/a?b"}, "the base path must look like /gateviz"),
        ({"base_path": "//a"}, "the base path must look like /gateviz"),
        ({"origins": ("moodle.example.edu",)}, "an origin must look like https://"),
        ({"origins": ("https://moodle.example.edu/course",)}, "an origin must look like https://"),
        ({"origins": ("https://a; script-src *",)}, "an origin must look like https://"),
        ({"origins": ("https://",)}, "an origin must look like https://"),
        ({"origins": ("https://a:x",)}, "an origin must look like https://"),
        ({"memory": BESIDES + 63}, "the memory must be at least"),
        ({"memory": -1}, "the memory must be at least"),
        ({"replica": "a; b"}, "the replica's name must be of letters"),
    ],
)
def test_what_cannot_be_served_is_one_sentence(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        Options(**wrong)
    assert str(refused.value).startswith(sentence)


def test_a_slash_at_the_end_makes_no_difference() -> None:
    found = Options(base_path="/a/b/", origins=("https://moodle.example.edu/",))
    assert (found.base_path, found.origins) == ("/a/b", ("https://moodle.example.edu",))
    assert Options(base_path="/").base_path == ""
    assert Options(base_path="/user/a@b.example/proxy/absolute/8501").base_path.endswith("/8501")


def test_without_a_word_it_is_for_this_machine_alone() -> None:
    found = asked_for(variables=NOTHING)
    assert (found.host, found.port, found.share, found.open_browser) == ("localhost", 8501, False, True)
    assert found == Options()


def test_streamlits_variables_are_honoured_and_the_command_line_counts_more() -> None:
    variables = {
        "STREAMLIT_SERVER_PORT": "8600",
        "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",  # noqa: S104
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_BASE_URL_PATH": "gateviz/",
        "STREAMLIT_SERVER_MAX_UPLOAD_SIZE": "5",
        "STREAMLIT_SERVER_CORS_ALLOWED_ORIGINS": "https://a.example https://b.example",
        "STREAMLIT_SERVER_COOKIE_SECRET": "streamlit reads it itself",
        "PATH": "/bin",
    }
    found = asked_for(variables=variables)
    assert (found.port, found.host, found.open_browser) == (8600, "0.0.0.0", False)  # noqa: S104
    assert (found.base_path, found.origins) == ("/gateviz", ("https://a.example", "https://b.example"))
    assert found.streamlits == {"server.maxUploadSize": 5}
    found = asked_for(variables=variables, port=8700, host="localhost", base_path="/other", origins=("http://c",))
    assert (found.port, found.host, found.base_path, found.origins) == (8700, "localhost", "/other", ("http://c",))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("STREAMLIT_SERVER_PROT", "8600", "STREAMLIT_SERVER_PROT is no option of Streamlit"),
        ("STREAMLIT_SERVER_PORT", "x", "STREAMLIT_SERVER_PORT must be a whole number, got 'x'."),
        ("STREAMLIT_SERVER_PORT", "0", "port must lie in 1..65535, got 0"),
        ("STREAMLIT_SERVER_HEADLESS", "maybe", "STREAMLIT_SERVER_HEADLESS must be true or false, got 'maybe'."),
        ("STREAMLIT_GLOBAL_DEVELOPMENT_MODE", "true", "STREAMLIT_GLOBAL_DEVELOPMENT_MODE cannot be set for gateviz"),
    ],
)
def test_a_variable_that_cannot_be_honoured_is_one_sentence(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["app", "--no-browser"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"gateviz: {sentence}")


def test_who_shares_listens_to_everybody_and_cannot_share_this_machine_alone() -> None:
    assert asked_for(share=True, variables=NOTHING).host == "0.0.0.0"  # noqa: S104
    assert asked_for(share=True, host="192.168.1.7", variables=NOTHING).host == "192.168.1.7"
    for host in ("localhost", "127.0.0.1", "::1"):
        with pytest.raises(InputError, match="leave --host away"):
            asked_for(share=True, host=host, variables=NOTHING)

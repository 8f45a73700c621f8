"""The switch turns all patches off, or those that it names."""

import pytest

from gateviz.app.server.switch import PATCHES, is_on, turned_off
from gateviz.errors import InputError


def test_without_the_switch_every_patch_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GATEVIZ_PLAIN", raising=False)
    assert all(is_on(patch) for patch in PATCHES)
    monkeypatch.setenv("GATEVIZ_PLAIN", "")
    assert all(is_on(patch) for patch in PATCHES)


def test_the_switch_turns_every_patch_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEVIZ_PLAIN", "1")
    assert not any(is_on(patch) for patch in PATCHES)


def test_some_patches_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEVIZ_PLAIN", "words,icons")
    assert {patch for patch in PATCHES if not is_on(patch)} == {"words", "icons"}


@pytest.mark.parametrize("plain", ["0", "true", "word", "words,all", "words, icons"])
def test_what_is_no_patch_is_refused_in_one_sentence(plain: str) -> None:
    with pytest.raises(InputError, match=r"^GATEVIZ_PLAIN must be 1 or some of compression, .*, got '[\w ]+'$"):
        turned_off(plain)

"""The article under each page: what one sees, why, what to try. It is a lesson with links that set the picture.

app/articles/<language>/<page>.md is read by `lesson_files.read`. In its paragraphs

    [words](?step=4)            is a link to the card's own picture, at that step
    [words](?text=Another one)  to another text; so with every name of the address (`state.address`)
    [words](.?step=4)           to the page Step through, from an article of another page

A link goes to an address of ours and opens in place. The languages have articles of their own: they speak of other
texts. The conditions `holds` are tested, and so are all links.
"""

import re
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from gateviz.app.computed import lesson_files, models
from gateviz.app.computed.kept import kept
from gateviz.app.computed.lesson_facts import Facts
from gateviz.app.computed.lesson_files import Lesson, PageName
from gateviz.app.state import available
from gateviz.i18n.translator import DEFAULT

_LINK = re.compile(r"\[([^\[\]]+)\]\((\.?)\?([^()]*)\)")


def article(page: PageName, language: str) -> Lesson:
    """The article of that page, in English where the language has none."""
    folder = files("gateviz") / "app" / "articles"
    place = folder / language if (folder / language).is_dir() else folder / DEFAULT
    return lesson_files.read(0, (place / f"{page}.md").read_text(encoding="utf-8"))


def can_be_shown(page: PageName, language: str) -> bool:
    """Whether the models are there that it speaks of."""
    there = available.models()
    scenes = [card.scene for card in article(page, language).cards]
    return all(set(scene.cells) <= set(there.get(scene.task, ())) for scene in scenes)


@kept
def drawn(page: PageName, language: str) -> dict[str, Any]:
    """The article for the browser, with its facts computed: sections of paragraphs of pieces (`Facts.in_pieces`)."""
    models.load_torch()
    found = article(page, language)
    return {
        "title": found.title,
        "sections": [
            {
                "title": card.title,
                "paragraphs": [_pieces(paragraph, Facts(card.scene, language)) for paragraph in card.paragraphs],
            }
            for card in found.cards
        ],
    }


def _pieces(text: str, facts: Facts) -> list[dict[str, Any]]:
    """The pieces of a paragraph; a link is {"address", "same", "pieces"}."""
    pieces: list[dict[str, Any]] = []
    at = 0
    for link in _LINK.finditer(text):
        pieces += facts.in_pieces(text[at : link.start()])
        pieces.append({**_target(facts, link[2], link[3]), "pieces": facts.in_pieces(link[1])})
        at = link.end()
    return pieces + facts.in_pieces(text[at:])


def _target(facts: Facts, elsewhere: str, query: str) -> dict[str, Any]:
    """Where a link goes. `same` is {step} where it only moves the cursor of this picture, else None."""
    scene = facts.scene
    said = dict(part.split("=", 1) for part in query.split("&")) if query else {}
    page = "" if elsewhere or scene.page == "step_through" else scene.page.replace("_", "-")
    is_same = page == "" and scene.page == "step_through" and said.keys() == {"step"}
    base = {"task": scene.task, "text": scene.text}
    address = f"./{page}?{urlencode({**base, **said, 'lang': facts.language})}"
    return {"address": address, "same": {**base, "step": int(said["step"])} if is_same else None}

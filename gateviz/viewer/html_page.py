"""A packed picture as one .html file, with the viewer, its styles and the numbers inside. It fetches nothing.

It works from a disk, without network or server. What a person typed is in it only as base64 or escaped, and its content
security policy allows no script and no style but its own, by their hashes.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from html import escape

from gateviz import viewer

_SCRIPT = viewer.JS / "viewer" / "exported_page.js"
_STYLES = (*viewer.VIEWER_STYLES, "take_away", "exported_page")
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header class="masthead">
<h1>{title}</h1>
<p>{subtitle}</p>
<details data-gateviz="take-away" id="figures" hidden></details>
</header>
<main><div id="viewer"></div></main>
<footer>{about}</footer>
<script type="application/octet-stream" id="picture">{picture}</script>
<script type="application/json" id="figure-texts">{figure_texts}</script>
<script type="application/json" id="view">{view}</script>
<script type="module">{script}</script>
</body>
</html>
"""


def page(
    picture: bytes,
    *,
    title: str,
    subtitle: str = "",
    about: Sequence[str] = (),
    figure_texts: Mapping[str, str] | None = None,
    view: Mapping[str, object] | None = None,
    language: str = "en",
) -> str:
    """The page of a picture that `gateviz.viewer.packing.picture` packed.

    Args:
        picture: the bytes.
        title: of the page and of the window.
        subtitle: beside the title.
        about: lines at the foot.
        figure_texts: the texts of the choice of figures to save; without them the page has no such choice.
        view: how the picture is shown when the page opens: any of step, unit, start, whole, order, colour, shown and
            covered (viewer/view_state.js). The viewer ignores what it does not know.
        language: of all these texts, such as "zh".
    """
    script, style = viewer.script(_SCRIPT), viewer.styles(*_STYLES)
    return _PAGE.format(
        language=escape(language),
        policy=f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'",
        title=escape(title),
        subtitle=escape(subtitle),
        about="".join(f"<p>{escape(line)}</p>" for line in about),
        figure_texts=_json(figure_texts),
        view=_json(view or {}),
        style=style,
        script=script,
        picture=base64.b64encode(picture).decode(),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

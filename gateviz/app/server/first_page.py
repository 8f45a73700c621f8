"""Streamlit's index.html with five things put in, so that the picture comes sooner and nothing jumps on the way.

1. The scripts of the widgets on our pages are fetched with the first ones. Streamlit asks for them only when the server
   has told what stands on the page: sixty small requests, at the time when everybody waits.
2. The address of the server, and whose frames may talk to it. Streamlit's front end else asks for them before it opens
   its socket, and looks for a server below the page's own path first: two 404s for a link to /gradients.
3. Our style sheet, which else arrives with the widgets and moves what stands by then, and the outline of the page: it
   is there with the first bytes, before any script has run.
4. Streamlit's font of icons, 0.4 MB, is fetched when an icon needs it and not before: icons.css draws those of ours.

5. The script that says our words for Streamlit's (streamlits_words.py), before any of them has been seen.

The first two are hooks of Streamlit's own: modulepreload is what its build writes, window.__streamlit what its hosts
set.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from gateviz.app.server.streamlits_words import script

WIDGETS = ("Html", "Selectbox", "TextInput", "ButtonGroup", "FileUploader", "BidiComponent")
"""The modules of Streamlit that draw what every page of ours has."""

_IMPORT = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
_LINK = re.compile(r'(?:src|href)="\.(/static/[^"]+)"')


NO_ICONS_AHEAD = """
const load = document.fonts.load.bind(document.fonts);
const isIcons = (font) => font.includes("Material Symbols");
document.fonts.load = (font, ...text) => (isIcons(font) ? Promise.resolve([]) : load(font, ...text));
"""

OUTLINE = f'<div class="gateviz-shell" aria-hidden="true">{"<div></div>" * 7}</div>'
"""Five widgets, the tokens, the cells: shell.css puts them in their places and takes them away."""


def prepare(html: str, scripts: Path, pages: Collection[str], origins: Iterable[str], style: str = "") -> str:
    """The page with our links, the server's address and the outline.

    Args:
        html: Streamlit's index.html.
        scripts: the folder of its scripts.
        pages: the paths of our pages, "/" among them.
        origins: the option client.allowedOrigins: who may talk to the page that holds ours in a frame.
        style: our style sheet.
    """
    there = {path.rsplit("/", 1)[1] for path in linked(html)}
    ahead = [name for name in _needed(WIDGETS, scripts) if name not in there]
    links = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in ahead)
    told = f"<script>{_server(pages, origins)}</script><script>{{{NO_ICONS_AHEAD}}}</script><script>{script()}</script>"
    html = html.replace("<script>", f"{told}\n    <script>", 1).replace("</head>", f"{links}</head>", 1)
    return html.replace("</body>", f"{OUTLINE}<style>{style}</style></body>", 1)  # after Streamlit's own styles, to win


def linked(html: str) -> list[str]:
    """The paths of the scripts, styles and fonts that a page links to, from the root."""
    return _LINK.findall(html)


def _server(pages: Collection[str], origins: Iterable[str]) -> str:
    # A proxy may serve us below a path that we never hear of: what our page leaves of the address is that path.
    names = "|".join(re.escape(page.strip("/")) for page in sorted(pages) if page != "/")
    base = f"location.origin + location.pathname.replace(/\\/(?:{names})?$/, '')"
    config = json.dumps({"allowedOrigins": list(origins), "useExternalAuthToken": False}).replace("<", r"\u003c")
    return f"window.__streamlit = {{BACKEND_BASE_URL: {base}, HOST_CONFIG: {config}}}"


def _needed(modules: Iterable[str], scripts: Path) -> Iterator[str]:
    """The files of these modules and of all that they import."""
    files = {path.name for path in scripts.glob("*.js")}
    waiting = [name for module in modules for name in sorted(files) if name.startswith(f"{module}.")]
    found: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name not in found and name in files:
            found.add(name)
            yield name
            waiting += _IMPORT.findall((scripts / name).read_text(encoding="utf-8"))

"""Streamlit's index.html with four things of ours: nothing moves while the page comes, and our words are there.

1. Our words for Streamlit's own (streamlits_words.py), before a person has seen any of Streamlit's.
2. Our style sheet and an outline of the page. Without this the style sheet comes with the widgets, and moves what
   stands by then.
3. No icon font. Streamlit fetches its font of icons at once, 0.4 MB; icons.css draws the icons of our pages as
   pictures. The browser still fetches the font when a page shows any other icon.
4. The slash at the end of the address. A proxy may serve the app at /gateviz, where the page would look for its scripts
   one level too high.

Each is put before a tag that stands exactly once in the page. If the tag does not, nothing is put there.
"""

from gateviz.app.server.streamlits_words import script
from gateviz.app.server.switch import is_on

NO_ICON_FONT_AHEAD = """
const load = document.fonts.load.bind(document.fonts);
const isIcons = (font) => font.includes("Material Symbols");
document.fonts.load = (font, ...text) => (isIcons(font) ? Promise.resolve([]) : load(font, ...text));
"""

SLASH = """
const { pathname, search, hash } = location;
if (!pathname.endsWith("/")) history.replaceState(null, "", `${pathname}/${search}${hash}`);
"""
"""For the page whose path is "/" alone: what stands before it in the browser is a proxy's."""

FIRST_FILE = '<link rel="shortcut icon"'

OUTLINE = f'<div class="gateviz-shell" aria-hidden="true">{"<div></div>" * 6}</div>'
"""Four widgets, the tokens and the cells. shell.css puts them in their places and hides them when the widgets come."""


def prepare(html: str, style: str, path: str = "/") -> str:
    """The page with our additions.

    Args:
        html: Streamlit's index.html.
        style: our style sheet.
        path: of the page.
    """
    scripts = [NO_ICON_FONT_AHEAD] if is_on("icons") else []
    scripts += [script()] if is_on("words") else []
    html = _put_before("<script>", "".join(f"<script>{{{each}}}</script>\n    " for each in scripts), html)
    if is_on("outline"):  # at the end of the body: after Streamlit's own styles, which ours must win over
        html = _put_before("</body>", f"{OUTLINE}<style>{style}</style>", html)
    if is_on("slash") and path == "/":  # before the first of Streamlit's files that the page names
        html = _put_before(FIRST_FILE, f"<script>{{{SLASH}}}</script>\n    ", html)
    return html


def _put_before(tag: str, addition: str, html: str) -> str:
    return html.replace(tag, addition + tag) if html.count(tag) == 1 else html

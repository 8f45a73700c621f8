"""Take the README's pictures anew: `make screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from gateviz.export.site import write_site
from tests.browser import chromium
from tests.browser.app_page import App
from tests.browser.file_server import serving_files
from tests.browser.serving import serving_gateviz
from tests.browser.tabs import Tabs

FOLDER = Path(__file__).parents[2] / "docs" / "images"
PICTURES = (
    ("step-through", "/?task=hometown", 1440, 900, "light"),
    ("step-through-dark", "/?task=hometown-zh&lang=zh", 1440, 900, "dark"),
    ("step-through-phone", "/?task=hometown&cells=lstm", 390, 844, "light"),
    ("held", "/?task=hometown&step=5&hold=lstm.forget_gate@4-:0", 1440, 900, "light"),
    ("gradients", "/gradients", 1440, 900, "light"),
    ("train", "/train?train=hometown", 1440, 900, "light"),
    ("gradients-phone", "/gradients", 390, 844, "light"),
)


def main() -> None:
    """Start the app and photograph it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving_gateviz() as server, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for name, path, width, height, scheme in PICTURES:
            page = Tabs(browser).take(width=width, height=height, color_scheme=scheme).page
            App(page, server).open(path)
            page.wait_for_load_state("networkidle")  # the icons and the letters are there too
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        with tempfile.TemporaryDirectory() as folder:
            write_site(Path(folder) / "site")
            with serving_files(Path(folder)) as site:
                page = Tabs(browser).take(width=1440, height=900).page
                page.goto(f"{site}site/")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=FOLDER / "site.png")
        browser.close()


if __name__ == "__main__":
    main()

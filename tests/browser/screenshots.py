"""Take the README's pictures anew: `make screenshots`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, App, free_port, serving
from tests.browser.install import find

FOLDER = Path(__file__).parents[2] / "docs" / "images"
PICTURES = (
    ("step-through", "/?step=34", 1440, 900, "light"),
    ("step-through-dark", "/?step=34&lang=zh", 1440, 900, "dark"),
    ("step-through-phone", "/?step=34&cells=lstm", 390, 844, "light"),
    ("gradients", "/gradients", 1440, 900, "light"),
    ("gradients-phone", "/gradients", 390, 844, "light"),
)


def main() -> None:
    """Start the app and photograph it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = shutil.which("gateviz", path=str(Path(sys.executable).parent))
    assert command
    with (
        serving([command, "app", "--port", str(port), "--no-browser"], port) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for name, path, width, height, scheme in PICTURES:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                locale="en-US",
            )
            App(page, address).open(path)
            page.wait_for_timeout(2500)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()

"""The dialog from which a person takes the picture away, and what it saves."""

import re
from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import Locator

from tests.browser.app_page import App

SVG = "{http://www.w3.org/2000/svg}"


def open_dialog(app: App) -> Locator:
    app.page.locator(".st-key-take_away button").first.click()
    app.page.locator("[data-take=link]").wait_for()
    return app.page.locator("[data-gateviz=take-away]")


def button_of(app: App, kind: str) -> Locator:
    """The button that makes this file."""
    return app.page.locator(f".st-key-take_{kind}").get_by_role("button").first


def saved(app: App, press: Locator, folder: Path) -> Path:
    """The file that comes when this is pressed."""
    with app.page.expect_download() as download:
        press.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def saved_figure(app: App, dialog: Locator, kind: str, folder: Path) -> ElementTree.Element:
    """The figure of this kind, as SVG."""
    dialog.locator("[data-take=kind]").select_option(kind)
    return parsed(saved(app, dialog.locator("[data-take=svg]"), folder))


def parsed(path: Path) -> ElementTree.Element:
    """The root of an SVG file of our own."""
    return ElementTree.parse(path).getroot()  # noqa: S314


def numbers_in(colour: str) -> list[float]:
    """The channels of a computed colour, 0 to 255: rgb(32, 36, 43) or color(srgb 0.13 0.14 0.17)."""
    channels = [float(number) for number in re.findall(r"[\d.]+", colour)][:3]
    return channels if colour.startswith("rgb") else [255 * channel for channel in channels]

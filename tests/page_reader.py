"""An HTML page, as a browser's parser sees it."""

from html.parser import HTMLParser


class Reader(HTMLParser):
    """The elements of a page and their texts, by id or by tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.models: dict[str, str] = {}
        """By name: what stands in an element with data-model."""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.tags[-1] if self.tags else ("", {})
        self.texts.setdefault(attributes.get("id") or tag, data)
        if attributes.get("data-model"):
            self.models.setdefault(str(attributes["data-model"]), data)

    def policy(self) -> str:
        return next(str(a["content"]) for tag, a in self.tags if a.get("http-equiv") == "Content-Security-Policy")

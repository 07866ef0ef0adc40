"""A page in a real browser, with what it asked for and what went wrong."""

from __future__ import annotations


class Visit:
    """A page in the browser, what it asked for, and what its console said."""

    def __init__(self, chromium, width: int = 1280, look: str = "light") -> None:
        self.context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=look, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.failed: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.failed.append(request.url))
        self.page.on(
            "response",
            lambda answer: self.failed.append(answer.url) if answer.status >= 400 else None,
        )
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on(
            "console",
            lambda message: self.said.append(message.text) if message.type == "error" else None,
        )

    def go(self, address: str):
        """Open a page and wait until it is quiet."""
        self.page.goto(address, wait_until="load")
        self.page.evaluate("document.fonts.ready")
        return self.page

"""One visitor: the pages it opened, and what their consoles complained about."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page
from window import Window


@dataclass
class Looker:
    browser: Browser
    window: Window
    complaints: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def open(self, path: str = "/", *, width: int = 1280, dark: bool = False, until: str = "load") -> Page:
        page = self.browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
        page.on("console", lambda message: self.complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.pages.append(page)
        page.goto(self.window.address + path, wait_until=until)
        return page

    def close(self) -> None:
        for page in self.pages:
            page.close()

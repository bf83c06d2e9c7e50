"""The pages in the order of the sidebar: a new one is a file beside this, and a line here."""

from collections.abc import Callable

from butler.desktop.desk import Desk
from butler.desktop.pages.overview import OverviewPage
from butler.desktop.pages.page import Page
from butler.desktop.pages.playground import PlaygroundPage
from butler.desktop.pages.providers import ProvidersPage
from butler.desktop.pages.requests import RequestsPage
from butler.desktop.pages.rules import RulesPage
from butler.desktop.pages.settings import SettingsPage
from butler.desktop.pages.tokens import TokensPage

PAGES: tuple[Callable[[Desk], Page], ...] = (
    OverviewPage,
    RequestsPage,
    RulesPage,
    PlaygroundPage,
    ProvidersPage,
    TokensPage,
    SettingsPage,
)

"""The stylesheet made from a colour set: grounds, lines and states; fonts are set in code."""

from pathlib import Path
from string import Template

from butler.desktop.tokens import DARK, Tokens, blend

_SHEET = Template("""
#window { background: $ground; }
QScrollArea, QScrollArea > QWidget > #scrolled { background: transparent; border: none; }
QToolTip { background: $panel; color: $ink; border: 1px solid $line; padding: 4px 8px; }

QLabel { background: transparent; }
QLabel[tone="secondary"] { color: $secondary; }
QLabel[tone="faint"] { color: $faint; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }

QFrame[part="card"] { background: $panel; border: 1px solid $line; border-radius: 12px; }
QFrame[part="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[part="sidebar"] { background: $panel; border: none; border-right: 1px solid $line; }
QFrame[part="field"] { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame[part="code"] { background: $ground; border: 1px solid $line; border-radius: 8px; }
QFrame[part="notice"] { border: none; border-radius: 8px; }
QFrame[part="notice"][tone="warn"] { background: $warn_ground; }
QFrame[part="notice"][tone="bad"] { background: $bad_ground; }
QFrame[part="toast"] { background: $ink; border: none; border-radius: 8px; }
QFrame[part="toast"] QLabel { color: $panel; }

QPlainTextEdit[part="log"] { background: $ground; border: 1px solid $line; border-radius: 8px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit[part="plain"] { background: transparent; border: none; padding: 0;
  selection-background-color: $accent; selection-color: $on_accent; }

QPushButton[part="button"] { background: $panel; border: 1px solid $line; border-radius: 8px;
  padding: 0 12px; min-height: 30px; }
QPushButton[part="button"]:hover { background: $hover; }
QPushButton[part="button"]:pressed { background: $pressed; }
QPushButton[part="button"]:disabled { color: $faint; background: $ground; }
QPushButton[part="button"][primary="true"] { background: $accent; border-color: $accent;
  color: $on_accent; }
QPushButton[part="button"][primary="true"]:hover { background: $accent_hover;
  border-color: $accent_hover; }
QPushButton[part="button"][primary="true"]:pressed { background: $accent_pressed; }
QPushButton[part="button"][primary="true"]:disabled { background: $ground; border-color: $line;
  color: $faint; }
QPushButton[part="quiet"] { background: transparent; border: none; border-radius: 6px;
  padding: 0 8px; min-height: 24px; color: $accent; text-align: right; }
QPushButton[part="quiet"]:hover { background: $accent_ground; }
QPushButton[part="quiet"]:pressed { background: $pressed; }
QPushButton[part="quiet"]:disabled { color: $faint; background: transparent; }

QPushButton[part="entry"] { background: transparent; border: none; border-radius: 8px;
  padding: 0 10px; min-height: 34px; text-align: left; color: $secondary; }
QPushButton[part="entry"]:hover { background: $hover; color: $ink; }
QPushButton[part="entry"]:checked { background: $accent_ground; color: $accent; }

QLineEdit[part="input"], QPlainTextEdit[part="input"] {
  background: $panel; border: 1px solid $line; border-radius: 8px; padding: 0 9px;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit[part="input"] { padding: 6px 6px; }
QLineEdit[part="input"]:hover, QPlainTextEdit[part="input"]:hover,
  QComboBox[part="select"]:hover { border-color: $handle; }
QLineEdit[part="input"][wrong="true"], QPlainTextEdit[part="input"][wrong="true"],
  QComboBox[part="select"][wrong="true"] {
  border-color: $bad; }
QLineEdit[part="input"]:disabled, QPlainTextEdit[part="input"]:disabled,
  QComboBox[part="select"]:disabled {
  background: $ground; color: $faint; }

QComboBox[part="select"] { background: $panel; border: 1px solid $line; border-radius: 8px;
  padding: 0 9px; }
QComboBox[part="select"]::drop-down { border: none; width: 26px; }
QComboBox[part="select"]::down-arrow { image: url($chevron); width: 14px; height: 14px; }
QComboBox[part="select"] QAbstractItemView { background: $panel; color: $ink;
  border: 1px solid $line; outline: none; padding: 4px; selection-background-color: $accent_ground;
  selection-color: $ink; }
QComboBox[part="select"] QAbstractItemView::item { min-height: 28px; padding: 0 6px; }

QPushButton[part="choice"] { background-color: $panel; border: 1px solid $line;
  border-radius: 8px; padding: 0 8px 0 10px; min-height: 30px; text-align: left; color: $ink;
  background-image: url($chevron); background-repeat: no-repeat; background-origin: content;
  background-position: center right; }
QPushButton[part="choice"]:hover { border-color: $handle; }
QPushButton[part="choice"][wrong="true"] { border-color: $bad; }
QPushButton[part="choice"]:disabled { background-color: $ground; color: $faint; }
QPushButton[part="chip"] { background: $ground; border: 1px solid $line; border-radius: 6px;
  padding: 0 8px; min-height: 22px; color: $ink; }
QPushButton[part="chip"]:hover { border-color: $handle; }
QPushButton[part="chip"]::menu-indicator, QPushButton[part="quiet"]::menu-indicator {
  image: none; width: 0; }
QListView { background: transparent; border: none; outline: none; }

QFrame[part="segmented"] { background: $panel; border: 1px solid $line; border-radius: 8px; }
QPushButton[part="segment"] { background: transparent; border: none; border-radius: 6px;
  padding: 0 10px; min-height: 26px; color: $secondary; }
QPushButton[part="segment"]:hover { background: $hover; color: $ink; }
QPushButton[part="segment"]:checked { background: $accent_ground; color: $accent; }
QPushButton[part="segment"]:disabled { color: $faint; }

QListWidget[part="ticks"] { background: $panel; border: 1px solid $line; border-radius: 8px;
  padding: 4px; outline: none; }
QListWidget[part="ticks"]::item { min-height: 28px; padding: 0 6px; border-radius: 6px;
  color: $ink; }
QListWidget[part="ticks"]::item:hover { background: $hover; }
QListWidget[part="ticks"]::item:selected { background: $accent_ground; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QListWidget[part="ticks"]::indicator { width: 14px; height: 14px;
  border: 1px solid $faint; border-radius: 4px; background: $panel; }
QCheckBox::indicator:checked, QListWidget[part="ticks"]::indicator:checked {
  background: $accent; border-color: $accent; image: url($check); }

QDialog[part="dialog"] { background: $panel; }
QMenu { background: $panel; color: $ink; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 20px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_ground; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QTableView { background: transparent; border: none; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; border: none; border-bottom: 1px solid $line;
  color: $secondary; padding: 0 10px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $handle; border-radius: 3px; min-height: 28px; }
QScrollBar::handle:vertical:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def stylesheet(tokens: Tokens, icons: Path) -> str:
    """Return the whole application's stylesheet in these colours; `icons` is their folder."""
    shade = "dark" if tokens is DARK else "light"
    colours = {
        name: value
        for name in Tokens.__dataclass_fields__
        if isinstance(value := getattr(tokens, name), str)
    }
    return _SHEET.substitute(
        colours,
        hover=tokens.hover,
        pressed=tokens.pressed,
        accent_hover=blend(tokens.ink, tokens.accent, 0.1),
        accent_pressed=blend(tokens.ink, tokens.accent, 0.2),
        # A stylesheet takes its pictures from files alone, in the colour that they have there.
        chevron=(icons / f"chevron-{shade}.svg").as_posix(),
        check=(icons / f"check-{shade}.svg").as_posix(),
        handle=blend(tokens.faint, tokens.panel, 0.45),
    )

"""How long Qt takes a text to be: it counts UTF-16 units, not characters."""


def units(text: str) -> int:
    """Return the length of a text in Qt: characters beyond the first plane count twice."""
    if text.isascii():
        return len(text)
    return len(text) + sum(sign > "\uffff" for sign in text)

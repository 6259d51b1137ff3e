"""How text that was scanned, and numbers, are shown to a person."""

from unicodedata import category


def escape(text: str) -> str:
    r"""Show control, invisible and direction-changing characters as escapes such as `\x1b`; no terminal obeys them."""
    return text if text.replace("\t", " ").isprintable() else "".join(map(visible, text))


def visible(character: str) -> str:
    """Show one character, tabs and all kinds of spaces as they are."""
    if character.isprintable() or character == "\t" or category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode("ascii")


def opening(text: str) -> str:
    """Write a text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def counted(count: int, noun: str) -> str:
    """Write a number of things."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def head(text: str, width: int) -> str:
    """Keep the beginning of a text, and escape it."""
    text = escape(text)
    return text if len(text) <= width else f"{text[: width - 1]}…"


def tail(text: str, width: int) -> str:
    """Keep the end of a text, which says most of a path or dotted name, and escape it."""
    text = escape(text)
    return text if len(text) <= width else f"…{text[1 - width :]}"

"""Parts of a screen; these capitalised names are functions that return text."""


def Piece(done: int, total: int) -> str:
    """Draw a piece."""
    return "#" * done + "." * (total - done)


def Torrent(name: str, width: int = 20) -> str:
    """Draw a torrent."""
    return name[:width].ljust(width)

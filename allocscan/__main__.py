"""Where the program begins: `allocscan`, and `python -m allocscan`."""

import sys

from allocscan import __version__

VERSION = (["--version"], ["-V"])


def main() -> None:
    """Run the command line that the program was started with; its version needs nothing of the rest."""
    if sys.argv[1:] in VERSION:
        print(f"allocscan {__version__}")
        return
    from allocscan.cli import main

    main()


if __name__ == "__main__":
    main()

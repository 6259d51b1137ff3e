"""Where a user's things lie by default."""

from collections.abc import Callable
from os import devnull
from pathlib import Path

PROGRAM = "allocscan"


def default_cache() -> Path:
    """Name the folder that holds the clones."""
    from platformdirs import user_cache_path

    return place(user_cache_path) / "clones"


def default_store() -> Path:
    """Name the file that holds what was computed before."""
    from platformdirs import user_cache_path

    return place(user_cache_path) / "results.sqlite3"


def default_config() -> Path:
    """Name the configuration file, which need not exist."""
    from platformdirs import user_config_path

    return place(user_config_path) / "config.toml"


def default_data() -> Path:
    """Name the folder that holds what the program remembers for its user."""
    from platformdirs import user_data_path

    return place(user_data_path)


def place(find: Callable[[str], Path]) -> Path:
    """Find a user's folder; who has none has nothing in it, and can put nothing there."""
    try:
        return find(PROGRAM)
    except RuntimeError:
        return Path(devnull)

"""Where a user's things lie by default."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROGRAM = "allocscan"
OWN = "XDG_CACHE_HOME"
"""The variable that says where a user's caches lie, where that is not below the home folder."""


def default_cache() -> "Path":
    """Name the folder that holds the clones."""
    from pathlib import Path

    return Path(cache_home()) / "clones"


def default_store() -> str:
    """Name the file that holds what was computed before."""
    return f"{cache_home()}/results.sqlite3"


def default_config() -> "Path":
    """Name the configuration file, which need not exist."""
    from platformdirs import user_config_path

    return place(user_config_path) / "config.toml"


def default_data() -> "Path":
    """Name the folder that holds what the program remembers for its user."""
    from platformdirs import user_data_path

    return place(user_data_path)


def cache_home() -> str:
    """Name the folder of what can be found out again."""
    if folder := told_cache_home():
        return os.path.join(folder, PROGRAM)
    from platformdirs import user_cache_path

    return str(place(user_cache_path))


def told_cache_home() -> str:
    """Say where a user's caches lie, if the environment tells it; what would say the same takes long to import."""
    own, home = os.environ.get(OWN, ""), os.environ.get("HOME", "")
    if sys.platform != "linux" or own != own.strip():
        return ""
    if own:
        return own if own.startswith("/") else ""
    return f"{home.rstrip('/')}/.cache" if home.startswith("/") else ""


def place(find: "Callable[[str], Path]") -> "Path":
    """Find a user's folder; who has none has nothing in it, and can put nothing there."""
    try:
        return find(PROGRAM)
    except RuntimeError:
        from pathlib import Path

        return Path(os.devnull)

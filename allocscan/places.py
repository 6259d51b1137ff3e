"""Where a user's things lie by default."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PROGRAM = "allocscan"
OWN = "XDG_CACHE_HOME"
"""The variable that says where a user's caches lie, where that is not below the home folder."""
RESULTS = "results.sqlite3"


def default_cache() -> "Path":
    """Name the folder that holds the clones."""
    from platformdirs import user_cache_path

    return place(user_cache_path) / "clones"


def default_store(environment: "Mapping[str, str] | None" = None) -> str:
    """Name the file that holds what was computed before; an environment may tell it in less time."""
    folder = told(environment) if environment else ""
    if folder:
        return os.path.join(folder, PROGRAM, RESULTS)
    from platformdirs import user_cache_path

    return str(place(user_cache_path) / RESULTS)


def told(environment: "Mapping[str, str]") -> str:
    """Say where a user's caches lie, if that is plain; who knows it for all systems takes long to import."""
    own, home = environment.get(OWN, ""), environment.get("HOME", "")
    if sys.platform != "linux" or own != own.strip():
        return ""
    if own:
        return own if own.startswith("/") else ""
    return f"{home.rstrip('/')}/.cache" if home.startswith("/") else ""


def default_config() -> "Path":
    """Name the configuration file, which need not exist."""
    from platformdirs import user_config_path

    return place(user_config_path) / "config.toml"


def default_data() -> "Path":
    """Name the folder that holds what the program remembers for its user."""
    from platformdirs import user_data_path

    return place(user_data_path)


def place(find: "Callable[[str], Path]") -> "Path":
    """Find a user's folder; who has none has nothing in it, and can put nothing there."""
    try:
        return find(PROGRAM)
    except RuntimeError:
        from pathlib import Path

        return Path(os.devnull)

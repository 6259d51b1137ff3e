"""Where a user's things lie by default."""

from pathlib import Path

PROGRAM = "allocscan"


def default_cache() -> Path:
    """Name the folder that holds the clones."""
    from platformdirs import user_cache_path

    return user_cache_path(PROGRAM) / "clones"


def default_config() -> Path:
    """Name the configuration file, which need not exist."""
    from platformdirs import user_config_path

    return user_config_path(PROGRAM) / "config.toml"


def default_data() -> Path:
    """Name the folder that holds what the program remembers for its user."""
    from platformdirs import user_data_path

    return user_data_path(PROGRAM)

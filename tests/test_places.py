"""Where a user's things lie is said as others say it."""

import os
from pathlib import Path
from unittest.mock import patch

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocscan.places import OWN, PROGRAM, default_cache, default_store

SAID = st.sampled_from([None, "", " ", "/", "//", "relative", "/home/one", "/home/one/", "/home/one ", " /home", "~"])


@given(own=SAID, home=SAID)
def test_what_the_environment_tells_is_where_everyone_puts_caches(own: str | None, home: str | None) -> None:
    told = {name: said for name, said in ((OWN, own), ("HOME", home)) if said is not None}
    others = {name: said for name, said in os.environ.items() if name not in (OWN, "HOME")}
    with patch.dict(os.environ, {**others, **told}, clear=True):
        expected = platformdirs.user_cache_path(PROGRAM)
        assert Path(default_store()).parent == default_cache().parent == expected


def test_elsewhere_others_say_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "another")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / name)
    assert default_store() == str(tmp_path / PROGRAM / "results.sqlite3")

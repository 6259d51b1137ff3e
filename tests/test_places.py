"""Where a user's things lie is said as others say it."""

import os
from pathlib import Path
from unittest.mock import patch

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocscan.places import OWN, PROGRAM, RESULTS, default_store, told

SAID = st.sampled_from([None, "", " ", "/", "//", "relative", "/home/one", "/home/one/", "/home/one ", " /home", "~"])


@given(own=SAID, home=SAID)
def test_what_the_environment_tells_is_where_everyone_puts_caches(own: str | None, home: str | None) -> None:
    said = {name: word for name, word in ((OWN, own), ("HOME", home)) if word is not None}
    others = {name: word for name, word in os.environ.items() if name not in (OWN, "HOME")}
    with patch.dict(os.environ, {**others, **said}, clear=True):
        expected = platformdirs.user_cache_path(PROGRAM)
        assert Path(default_store(os.environ)) == Path(default_store()) == expected / RESULTS


def test_where_it_is_not_plain_others_say_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert told({OWN: str(tmp_path)}) == str(tmp_path)
    monkeypatch.setattr("sys.platform", "another")
    assert told({OWN: str(tmp_path)}) == ""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / name)
    assert default_store({OWN: "/"}) == str(tmp_path / PROGRAM / RESULTS)

"""Files of a folder are opened step by step, so that no link leads out of it."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
LARGEST = 10 * 2**20
"""Bytes that a file may have, unless somebody says otherwise."""
LINK = "it is a symbolic link, and those are not followed"


class Unreadable(Exception):
    """A file cannot be read, and why."""


@contextmanager
def folder_of(root: int, name: str) -> Iterator[tuple[int, str]]:
    """Open the folder of a file step by step, so that no link leads elsewhere; give it and the file's own name."""
    *above, own = name.split("/")
    current = os.dup(root)
    try:
        for part in above:
            inner = os.open(part, FOLDER, dir_fd=current)
            os.close(current)
            current = inner
        yield current, own
    finally:
        os.close(current)


def load(root: int, name: str, limit: int) -> bytes:
    """Read a file; raise Unreadable where that cannot be done."""
    try:
        with folder_of(root, name) as (folder, own), os.fdopen(os.open(own, FILE, dir_fd=folder), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise Unreadable("it is no regular file")
            content = stream.read(limit + 1)
    except OSError as error:
        raise Unreadable(reason(error)) from None
    if len(content) > limit:
        raise Unreadable("it grows while it is read")
    return content


def reason(error: OSError) -> str:
    """Say what the system has said, without the path."""
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        return LINK
    return (error.strerror or str(error)).lower()

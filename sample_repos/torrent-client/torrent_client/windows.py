"""What only one system does in its own way: everything there is written like a class, and hardly anything is one."""

from __future__ import annotations

import ctypes
import subprocess


def start_quietly(command: list[str]) -> int:
    """Start a program without a window, and wait for it."""
    import win32event
    import win32process

    startup = win32process.STARTUPINFO()  # allocate: win32process.STARTUPINFO
    created = win32process.CreateProcess(None, subprocess.list2cmdline(command), None, None, 0, 0, None, None, startup)
    win32event.WaitForSingleObject(created[0], win32event.INFINITE)
    return win32process.GetExitCodeProcess(created[0]) or 0


def is_administrator() -> bool:
    """Tell whether the program may do everything."""
    windll = getattr(ctypes, "windll", None)
    return bool(windll and ctypes.windll.shell32.IsUserAnAdmin())

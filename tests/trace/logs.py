"""Small logs of every kind, written by hand."""

import json
import pickle
import tracemalloc

MEMCHECK = b"""<?xml version="1.0"?>
<valgrindoutput>
<protocolversion>4</protocolversion>
<protocoltool>memcheck</protocoltool>
<args>
  <vargv><exe>valgrind</exe><arg>--leak-check=full</arg><arg>--show-leak-kinds=all</arg></vargv>
  <argv><exe>./program</exe><arg>-v</arg></argv>
</args>
<status><state>RUNNING</state></status>
<status><state>FINISHED</state></status>
<error>
  <kind>Leak_DefinitelyLost</kind>
  <xwhat><text>148 bytes</text><leakedbytes>148</leakedbytes><leakedblocks>1</leakedblocks></xwhat>
  <stack>
    <frame><ip>0x1</ip><obj>/usr/lib/vg.so</obj><fn>malloc</fn></frame>
    <frame><ip>0x2</ip><obj>/b/program</obj><fn>make</fn><dir>/b/src</dir><file>make.c</file><line>5</line></frame>
  </stack>
</error>
<error>
  <kind>Leak_StillReachable</kind>
  <xwhat><text>8 bytes</text><leakedbytes>8</leakedbytes><leakedblocks>2</leakedblocks></xwhat>
  <stack><frame><ip>0x1</ip><fn>malloc</fn></frame></stack>
</error>
<error><kind>InvalidRead</kind><what>Invalid read of size 4</what><stack/></error>
</valgrindoutput>
"""

POINT = {"tb": 296, "tbk": 2, "tl": 900, "mb": 148, "mbk": 1, "gb": 148, "gbk": 1, "eb": 148, "ebk": 1}
DHAT = json.dumps(
    {
        "dhatFileVersion": 2,
        "mode": "heap",
        "verb": "Allocated",
        "bklt": True,
        "bkacc": True,
        "cmd": "./program -v",
        "pps": [{**POINT, "rb": 44, "wb": 27, "fs": [1, 2]}, {**POINT, "rb": 0, "wb": 0, "fs": [1, 3, 4]}],
        "ftbl": [
            "[root]",
            "0x1: malloc (in /usr/lib/vg.so)",
            "0x2: make (/b/src/make.c:5)",
            "0x3: ???",
            "0x4: std::vector<int>::push_back(int const&) (in /usr/lib/c++.so)",
        ],
    }
).encode()

MTRACE = b"""= Start
@ ./program:[0x1f] + 0x1000 0x94
@ ./program:(make+5)[0x1f] + 0x2000 0x94
@ /lib/libc.so.6:(fopen+8c)[0x758cc] + 0x3000 0x10
@ ./program:[0x2f] - 0x1000
@ ./program:[0x3f] < 0x2000
@ ./program:[0x3f] > 0x4000 0x20
@ ./program:[0x3f] ! 0x4000 0x20
= End
"""

LTRACE = b"""[0xffffffffffffffff] __libc_start_main_alias() = 0
program->malloc(148) = 0x1000
program->calloc(2, 74 <unfinished ...>
program->malloc(148) = 0x2000
<... calloc resumed> ) = 0x2000
program->realloc(0x1000, 32) = 0x3000
program->free(0x2000) = <void>
program->free(nil) = <void>
program->malloc(1) = nil
+++ exited (status 0) +++
"""

JEMALLOC = b"""heap_v2/1
  t*: 2: 320 [3: 480]
  t0: 2: 320 [3: 480]
@ 0x1010 0x2020
  t*: 1: 160 [2: 320]
  t0: 1: 160 [2: 320]
@ 0x1010 0x9999
  t*: 1: 160 [1: 160]

MAPPED_LIBRARIES:
1000-2000 r-xp 00001000 fe:00 5                    /nowhere/libjemalloc.so.2
2000-3000 r-xp 00001000 fe:00 5                    /nowhere/program
"""

STATISTICS = b"""The program says something.
___ Begin jemalloc statistics ___
Version: 3.6.0
            allocated      nmalloc      ndalloc    nrequests
small:          72672          114            0            3
large:          32768            1            0            1
total:         105440          115            4            4
--- End jemalloc statistics ---
"""

STATISTICS_JSON = b"""The program says something.
{"jemalloc":{"version":"5","stats.arenas":{"merged":{"nthreads":1,"small":{"allocated":72672,"nmalloc":114,"ndalloc":3},
"large":{"allocated":32768,"nmalloc":1,"ndalloc":1}}}}}
"""

HEAPTRACK = b"""v 10400 3
X ./program -v
I 1000 5e298d
s 9 /b/program
s 4 make
s d /b/src/make.c
s 4 main
i 1010 1 2 3 5
i 2020 1 4 3 9
t 2 0
t 1 1
a 94 2
+ 0
+ 0
- 0
c a
R 3c0
# a comment
"""


def snapshot() -> bytes:
    """Take a snapshot of little."""
    traces = [(0, 64, (("/b/src/make.py", 5), ("/b/src/main.py", 9)), 2), (0, 8, (("<frozen importlib>", 1),), 1)]
    taken = tracemalloc.Snapshot(traces, 25)
    return pickle.dumps(taken, pickle.HIGHEST_PROTOCOL)


RECORDING = b"memray\0" + bytes(100)

LOGS = {
    "memcheck": MEMCHECK,
    "dhat": DHAT,
    "mtrace": MTRACE,
    "ltrace": LTRACE,
    "jemalloc": JEMALLOC,
    "jemalloc_statistics": STATISTICS,
    "heaptrack": HEAPTRACK,
    "snapshot": snapshot(),
    "recording": RECORDING,
}
"""A log for each reader; that of a recording is damaged, for it cannot be written by hand."""

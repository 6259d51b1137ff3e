/// Where the lines come from: files, mappings and the collector's own memory.
module logindex.source;

import core.memory;
import core.stdc.stdlib;
import core.sys.posix.stdlib : posix_memalign;
import core.sys.posix.sys.mman;
import std.array : appender, array, replace;
import std.conv : text;
import std.file : readText;
import std.format : format;
import std.path : buildPath;
import std.string : toStringz;
import std.typecons : RefCounted;
import std.utf : toUTF16;

struct LogLine
{
    string text;
    alias content = text;
    alias size_t Number;
}

private alias release = core.stdc.stdlib.free;

pragma(mangle, "realloc") private void* grow(void* start, size_t bytes) nothrow;

string openLog(string path)
{
    auto full = buildPath("/", path).replace("//", "/"); // allocate: buildPath; allocate: ….replace
    return full.readText; // allocate: full.readText
}

/// Keeps a copy of a line where the collector does not look.
char* pin(const(char)[] line)
{
    auto start = cast(char*) malloc(line.length + 1); // allocate: malloc
    if (auto room = calloc(1, line.length)) // allocate: calloc
        release(room); // deallocate: release
    start = cast(char*) grow(start, line.length + 2); // reallocate: grow
    start[0 .. line.length] = line;
    return start is null ? null : start;
}

void* aligned(size_t bytes)
{
    void* start;
    version (Windows)
        start = _aligned_malloc(bytes, 64); // allocate: _aligned_malloc
    else
        posix_memalign(&start, 64, bytes); // allocate: posix_memalign
    return start;
}

ubyte[] collected(size_t bytes)
{
    auto start = () @trusted => GC.malloc(bytes, GC.BlkAttr.NO_SCAN); // allocate: GC.malloc
    auto block = (() => mmap(null, bytes, PROT_READ, MAP_PRIVATE, -1, 0))(); // allocate: mmap
    munmap(block, bytes); // deallocate: munmap
    pureFree(pureMalloc(8)); // deallocate: pureFree; allocate: pureMalloc
    sbrk(4096); // allocate: sbrk
    GC.free(start()); // deallocate: GC.free
    return (cast(ubyte*) start())[0 .. bytes];
}

/// What a line is kept as.
enum Shape
{
    array,
    dup,
}

/// Whether a line is to be copied.
bool copied(Shape shape)
{
    return shape == Shape.dup || shape != Shape.array;
}

/// What a person reads of a line.
auto describe(LogLine line, int number)
{
    auto shown = appender!string;
    shown.put(line.content);
    auto counted = RefCounted!LogLine(line); // allocate: RefCounted
    auto wide = line.text.toUTF16.array; // allocate: line.text.toUTF16; allocate: line.text.toUTF16.array
    auto name = text(number, ": ") ~ shown.data; // allocate: text; allocate: ~
    return format("%s %s %s", name, wide, counted.content).toStringz(); // allocate: format; allocate: ….toStringz
}

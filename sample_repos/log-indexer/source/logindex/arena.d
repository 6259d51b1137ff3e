/// Allocators: one that hands out parts of one block, and what it is built of.
module logindex.arena;

import core.stdc.stdlib : free, malloc;
import std.experimental.allocator : dispose, expandArray, make, makeArray;
import std.experimental.allocator.mallocator;

/// What the arenas share.
mixin template Bounds()
{
    enum uint alignment = 16;
    private void[] block;
    private size_t used;

    bool owns(const void[] part) const
    {
        return part.ptr >= block.ptr && part.ptr < block.ptr + block.length;
    }
}

/// Hands out parts of a block that another allocator gave.
struct Arena(Parent)
{
    mixin Bounds!();

    static if (is(typeof(Parent.init.instance)))
        alias parent = Parent.instance;
    else
        Parent parent;

    this(size_t bytes)
    {
        block = parent.allocate(bytes); // allocate: parent.allocate
    }

    ~this()
    {
        parent.deallocate(block); // deallocate: parent.deallocate
    }

    void[] allocate(size_t bytes)
    {
        immutable start = (used + alignment - 1) & ~(alignment - 1);
        if (start + bytes > block.length)
            return null;
        used = start + bytes;
        return block[start .. used];
    }

    bool expand(ref void[] part, size_t bytes)
    {
        if (part.ptr + part.length != block.ptr + used)
            return false;
        auto more = allocate(bytes); // allocate: allocate
        return more !is null;
    }

    bool deallocateAll()
    {
        used = 0;
        return true;
    }

    void restart()
    {
        deallocateAll; // deallocate: deallocateAll
        deallocateAll(); // deallocate: deallocateAll
    }
}

/// Asks the heap for every block.
class Heap
{
    enum alignment = 16;

    void[] allocate(size_t bytes)
    {
        auto start = malloc(bytes); // allocate: malloc
        return start ? start[0 .. bytes] : null;
    }

    bool deallocate(void[] part)
    {
        .free(part.ptr); // deallocate: .free
        return true;
    }

    void[] allocateZeroed(size_t bytes)
    {
        auto part = this.allocate(bytes); // allocate: this.allocate
        (cast(ubyte[]) part)[] = 0;
        return part;
    }
}

/// A word and how often it was read.
union Tally
{
    size_t count;
    void* next;
}

/// Makes a tally of whatever allocator the caller has.
Tally* counted(A)(auto ref A allocator, size_t count)
{
    auto tally = allocator.make!Tally; // allocate: allocator.make
    tally.count = count;
    return tally;
}

/// The same for many, in one block.
Tally[] countedAll(A)(auto ref A allocator, size_t length)
{
    return allocator.makeArray!Tally(length); // allocate: allocator.makeArray
}

/// Gives one back to the allocator that it is of.
void forget(A)(auto ref A allocator, Tally* tally)
{
    allocator.dispose(tally); // deallocate: allocator.dispose
}

/// Makes room for more where they stand, if the allocator can; says whether it could.
bool widened(A)(auto ref A allocator, ref Tally[] tallies, size_t more)
{
    const done = allocator.expandArray(tallies, more); // reallocate: allocator.expandArray
    return done;
}

unittest
{
    auto arena = Arena!Mallocator(4096);
    auto tally = arena.make!Tally; // allocate: arena.make
    auto tallies = makeArray!(Tally)(arena, 8); // allocate: makeArray
    auto part = arena.allocate(64); // allocate: arena.allocate
    assert(arena.expand(part, 64)); // reallocate: arena.expand
    assert((*&arena).owns(part));
    dispose(arena, tally); // deallocate: dispose
    auto one = counted(arena, 3); // allocate: counted -> 104
    auto all = countedAll(Mallocator.instance, 3); // allocate: countedAll -> 112
    widened(Mallocator.instance, all, 2); // reallocate: widened -> 124
    forget(arena, one); // deallocate: forget -> 118
    dispose(Mallocator.instance, all); // deallocate: dispose
    Mallocator.instance.dispose(tallies); // deallocate: Mallocator.instance.dispose
    arena.deallocateAll; // deallocate: arena.deallocateAll
    static assert(!__traits(compiles, arena.allocate("much")));
    static assert(is(typeof(new Tally)));
}

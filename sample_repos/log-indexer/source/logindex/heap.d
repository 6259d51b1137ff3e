/// Memory that no collector looks at: whoever imports this module may ask its one object.
module logindex.heap;

import core.stdc.stdlib : free, malloc;

/// Hands out memory of C, and takes it back.
struct Heap
{
    void* take(size_t size) nothrow @nogc
    {
        return malloc(size); // allocate: malloc
    }

    static void drop(void* block) nothrow @nogc
    {
        free(block); // deallocate: free
    }
}

__gshared Heap heap;

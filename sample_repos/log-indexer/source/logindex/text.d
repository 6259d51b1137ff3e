/// Lines that are kept outside of the collector's memory.
module logindex.text;

import logindex;
import std.conv : to;

char[] kept(const(char)[] line)
{
    auto block = cast(char*) heap.take(line.length); // allocate: heap.take -> source/logindex/heap.d:9
    block[0 .. line.length] = line;
    return block[0 .. line.length];
}

void forget(char[] line, Heap own)
{
    own.drop(line.ptr); // deallocate: own.drop -> source/logindex/heap.d:14
    heap.toString();
}

string copied(int line)
{
    return line.to!string.idup(); // allocate: line.to.idup
}

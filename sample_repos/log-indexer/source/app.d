/// Indexes log files and answers which lines hold a word.
module app;

import logindex;
import std.stdio : writefln;

int main(string[] arguments)
{
    if (arguments.length < 3)
        throw new Exception("two arguments are needed"); // allocate: new

    auto index = new Index(arguments[1]); // allocate: new
    scope (exit)
        destroy(index);

    index.read(openLog(arguments[1]));
    foreach (found; index.lines(arguments[2]).dup) // allocate: ….dup
        writefln("%s: %s", arguments[1], found);
    return 0;
}

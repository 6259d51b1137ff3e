/// The index: which word stands in which lines.
module logindex.index;

import logindex.source;
static import std.array;
import text = std.conv;
private import std.string : lower = toLower;

/// How a word is compared.
enum Compare
{
    exact,
    folded,
}

/// Orders that can be asked for.
enum string[] orders = ["name", "count"];
enum
{
    string first = "na" ~ "me",
}

interface Lookup
{
    size_t[] lines(string word);
}

/// Keeps the lines of every word.
final class Index : Lookup
{
    private string name;
    private size_t[][string] places;
    private string[] order = ["name"];
    private auto limit = 80;
    static immutable string[] stop = ["a", "the"];
    __gshared string[] log;

    this(string name)
    {
        this.name = name.idup; // allocate: name.idup
    }

    this(this) @disable;

    invariant
    {
        assert(name.length, "an index " ~ "needs a name");
    }

    void read(string content)
    {
        size_t number;
        foreach (line; std.array.split(content, "\n")) // allocate: std.array.split
        {
            ++number;
            foreach (word; std.array.split(line)) // allocate: std.array.split
                places[word] ~= number; // allocate: ~=; allocate: places
        }
        order ~= name; // allocate: ~=
        this ~= "done";
    }

    void opOpAssign(string operator : "~")(string note)
    {
        log ~= name ~ ": " ~ note; // allocate: ~=; allocate: ~
    }

    size_t[] lines(string word)
    {
        return places.get(word, null);
    }

    /// Counts how often each word of a text occurs.
    size_t[string] count(string[] words, size_t[string] known)
    {
        auto counts = ["": 0]; // allocate: literal
        size_t[size_t][string] nested;
        foreach (word; words)
        {
            ++counts[word]; // allocate: counts
            known[word]++; // allocate: known
            nested[word][1] = 2; // allocate: nested
        }
        foreach (kind; ["warning", "error"])
            counts[kind] = 0; // allocate: counts
        return known;
    }

    /// The first places of a word, room for three.
    size_t[3] firstPlaces(string word)
    {
        size_t[3] places = [0, 0, 0];
        places = cast(size_t[3])[1, 2, 3];
        places[0 .. 2] = 4;
        return [places[0], places[1], 0];
    }

    size_t longest()
    {
        size_t[] lengths;
        lengths.length = places.length; // allocate: lengths.length
        for (size_t at; at < lengths.length; at++)
            lengths[at] = at;
        while (lengths.length > limit)
            lengths.length -= 1; // allocate: lengths.length
        lengths.length++; // allocate: lengths.length
        if (-lengths.length)
            --lengths.length; // allocate: lengths.length
        do
            lengths.length = 0;
        while (lengths.length);
        switch (name)
        {
        case "a" ~ "b":
            return 0;
        default:
            return (cast(size_t[])[1, 2]).dup[0]; // allocate: literal; allocate: ….dup
        }
    }

    ~this()
    {
        delete log; // deallocate: delete
    }
}

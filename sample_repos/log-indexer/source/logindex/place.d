/// Where logs lie: a class may say for itself what an operator does.
module logindex.place;

/// A folder, or a file in it.
struct Place
{
    char[64] text;
    size_t used;

    Place opBinary(string operator : "~")(const(char)[] name) const
    {
        Place result = this;
        result ~= name;
        return result;
    }

    ref Place opOpAssign(string operator : "~")(const(char)[] name)
    {
        text[used .. used + name.length] = name;
        used += name.length;
        return this;
    }
}

/// Where one program keeps its logs.
class Home
{
    Place folder;
    string[] names;

    @property Place backup() const
    {
        return folder ~ ".old";
    }

    void add(string name, const Place[] places)
    {
        folder ~= name;
        names ~= name; // allocate: ~=
        auto all = places ~ folder; // allocate: ~
    }
}

Place where(in Place base, ref const(Place) other, Home home, string name)
{
    foreach (Place each; [base, other])
        each ~= "x";
    auto file = Place() ~ name ~ ".log";
    auto kept = home.backup ~ name;
    const title = home.names[0] ~ name; // allocate: ~
    return home.backup().used ? file ~ title : base ~ (name ~ title); // allocate: ~
}

/// Who is told about what: functions that outlive the ones that made them, and code made of strings.
module logindex.events;

alias Listener = void delegate(string);

/// Tells listeners what happens.
class Events
{
    private Listener[string] listeners;
    Listener last;

    void on(string event, Listener listener)
    {
        listeners[event] = listener; // allocate: listeners
    }

    void once(string event, Listener listener) // allocate: closure
    {
        last = (string what) { listener(what); };
        auto address = &this.on;
        this.last = null;
    }

    Listener counted(ref size_t count) // allocate: closure
    {
        void note(string what)
        {
            ++count;
        }

        return &note;
    }

    void later(Listener listener, bool now) // allocate: closure
    {
        void tell(string what)
        {
            listener(what);
        }

        if (now)
        {
            last = &tell;
        }
    }

    auto plain()
    {
        return (string what) => what.length;
    }

    auto counter(size_t from) // allocate: closure
    {
        return () => from++;
    }

    auto prefixed(string prefix) // allocate: closure
    {
        if (prefix.length)
        {
            return (string what) => prefix ~ what; // allocate: ~
        }
        return null;
    }
}

/// A member for each event, written by the compiler.
mixin template Members(string name)
{
    mixin("Listener[] " ~ name ~ ";");
    mixin("Listener[] all() { return [last]; }"); // allocate: literal
    mixin(`size_t[] none() { return new size_t[0]; }`); // allocate: new
}

enum code = q{
    auto made = new Events; // allocate: new
};

class Broadcast : Events
{
    mixin Members!"started";
    mixin Members!("stopped") more;

    override void on(string event, Listener listener)
    {
        super.on(event, listener);
        started ~= listener; // allocate: ~=
        auto object = new class Events { }; // allocate: new
        auto lists = [1, 2].dup.length; // allocate: literal; allocate: ….dup
        apply!(what => new Events)(lists); // allocate: new
        apply!([1, 2])(lists);
        static const counts = [1, 2];
        static size_t[] sizes = [1, 2];
        pragma(msg, "a" ~ Events.stringof);
    }
}

size_t apply(alias function_, T)(T value)
if (is(typeof(function_(value))))
{
    return value;
}

@("kept" ~ "apart")
class Silent : Events
{
}

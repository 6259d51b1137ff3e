module arena;

struct Arena(Parent)
{
    enum uint alignment = 16;
    Parent parent;

    void[] allocate(size_t size)
    {
        return parent.allocate(size);
    }

    bool deallocate(void[] block)
    {
        return parent.deallocate(block);
    }
}

struct Stack(Parent)
{
    enum uint alignment = 8;
    Arena!Parent parent;

    void[] allocate(size_t size)
    {
        return parent.allocate(size);
    }
}

size_t stacked(size_t size)
{
    auto arena = Arena!(Stack!Heap)(Stack!Heap());
    return arena.allocate(size).length;
}

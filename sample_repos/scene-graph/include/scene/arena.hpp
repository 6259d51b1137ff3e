// Memory that is given back all at once.
#pragma once

#include <cstddef>

namespace scene {

class Arena {
public:
	explicit Arena(std::size_t size);
	~Arena();

	void *take(std::size_t size);

private:
	char *block_;
	std::size_t used_, size_;
};

// Of this class every object comes from a pool of its own.
struct Vertex {
	float position[3];
	Vertex *next;

	static void *operator new(std::size_t size);
	static void operator delete(void *block) noexcept;
	static void *operator new[](std::size_t size) = delete;
};

}

// Build an object where the arena has room.
template <typename T, typename... Args>
T *build(scene::Arena &arena, Args &&...args)
{
	return new (arena.take(sizeof(T))) T{args...};
}

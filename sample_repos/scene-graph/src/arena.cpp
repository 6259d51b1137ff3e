#include "scene/arena.hpp"

#include <cstdlib>
#include <new>

namespace scene {

static Vertex *unused;

Arena::Arena(std::size_t size) : block_(static_cast<char *>(::operator new(size))), used_(0), size_(size) {} // allocate: operator new

Arena::~Arena()
{
	::operator delete(block_); // deallocate: operator delete
}

void *Arena::take(std::size_t size)
{
	if (used_ + size > size_)
		throw std::bad_alloc();
	used_ += size;
	return block_ + used_ - size;
}

void *Vertex::operator new(std::size_t size)
{
	if (!unused)
		return std::malloc(size); // allocate: std::malloc
	Vertex *vertex = unused;
	unused = vertex->next;
	return vertex;
}

void Vertex::operator delete(void *block) noexcept
{
	Vertex *vertex = static_cast<Vertex *>(block);
	vertex->next = unused;
	unused = vertex;
}

}

// The operators by their names, as one calls any function.
void *aligned(std::size_t size, bool strict)
{
	if (strict)
		return operator new(size, std::align_val_t(64)); // allocate: operator new
	void *block = operator new[](size, std::nothrow); // allocate: operator new[]
	operator delete[](block); // deallocate: operator delete[]
	return operator new(size); // allocate: operator new
}

void give_back(void *block)
{
	operator delete(block); // deallocate: operator delete
}

#if defined(__clang__)
void *raw(std::size_t size)
{
	return __builtin_operator_new(size); // allocate: __builtin_operator_new
}

void raw_free(void *block)
{
	__builtin_operator_delete(block); // deallocate: __builtin_operator_delete
}
#endif

#include "scene/heap.hpp"
#include "scene/zone.hpp"

#include <cstdlib>

static void *take_anywhere(std::size_t size, void *)
{
	return std::malloc(size); // allocate: std::malloc
}

static void drop_anywhere(void *block, void *)
{
	std::free(block); // deallocate: std::free
}

static void *(*alloc_hook)(std::size_t, void *) = take_anywhere;
static void (*free_hook)(void *, void *) = drop_anywhere;
static void *hooked;

namespace scene {

void *heap_take(std::size_t size)
{
	void *block = (*alloc_hook)(size, hooked);
	return block;
}

void heap_drop(void *block)
{
	return (*free_hook)(block, hooked);
}

void set_heap(void *(*take)(std::size_t, void *), void (*drop)(void *, void *), void *of)
{
	alloc_hook = take;
	free_hook = drop;
	hooked = of;
}

}

Position *at(float x)
{
	Position *position = SCENE_NEW(Position)(); // allocate: SCENE_NEW -> include/scene/heap.hpp:33
	position->x = x;
	return position;
}

void move(float x)
{
	Position *position = at(x); // allocate: at -> 42
	scene_delete(position); // deallocate: scene_delete -> include/scene/heap.hpp:35
}

void *framed(std::size_t size)
{
	return frame_zone.take(size); // allocate: take -> src/zone.cpp:19
}

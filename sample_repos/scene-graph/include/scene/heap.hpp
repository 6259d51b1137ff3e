// Memory that whoever uses the library may provide: functions in variables take it and give it back.
#pragma once

#include "scene/export.h"

#include <cstddef>

SCENE_CHECKS_OFF
struct Position
{
	float x, y;
#ifdef SCENE_POSITION_EXTRA
	SCENE_POSITION_EXTRA // What users of the library want beside that.
#endif
};
SCENE_CHECKS_ON

namespace scene
{
	SCENE_API void *heap_take(std::size_t size);
	SCENE_API void heap_drop(void *block);
	SCENE_API void set_heap(void *(*take)(std::size_t, void *), void (*drop)(void *, void *), void *of);
}

struct InPlace {
};

inline void *operator new(std::size_t, InPlace, void *place) { return place; }
inline void operator delete(void *, InPlace, void *) {}

// Whoever uses it writes the arguments of the constructor behind it.
// allocate: scene::heap_take -> src/heap.cpp:22
#define SCENE_NEW(Type) new (InPlace(), scene::heap_take(sizeof(Type))) Type

template <typename T> void scene_delete(T *object)
{
	if (object) {
		object->~T();
		scene::heap_drop(object); // deallocate: scene::heap_drop -> src/heap.cpp:28
	}
}

#include "scene/mesh.hpp"

#include "scene/allocator.hpp"
#include "scene/pack.h"

#include <cstdlib>
#include <new>
#include <utility>

namespace scene {

using counted = CountingAllocator<float>;

#define FLOATS 3

namespace {

// Only of this file, and no allocator: it hands out what it was given.
float *realloc(float *block, std::size_t)
{
	return block;
}

}

Mesh::Mesh(std::size_t count) : count_(count), points_(new float[FLOATS * count]()) {} // allocate: new[]

Mesh::~Mesh()
{
	delete[] points_; // deallocate: delete[]
	while (vertices_) {
		Vertex *next = vertices_->next;
		delete std::exchange(vertices_, next); // deallocate: delete
	}
}

void Mesh::add(float x, float y, float z)
{
	auto *vertex = new Vertex{{x, y, z}, vertices_}; // allocate: new -> include/scene/arena.hpp:21
	vertices_ = vertex;
}

scene_pack *Mesh::pack() const
{
	return scene_pack_new(points_, 3 * count_ * sizeof(float)); // allocate: scene_pack_new -> src/pack.c:6
}

float *Mesh::scratch()
{
	auto *large = new (std::align_val_t{64}) float; // allocate: new
	delete large; // deallocate: delete
	delete[] new (std::nothrow) float[count_]; // deallocate: delete[]; allocate: new[]
	return realloc(points_, count_);
}

std::size_t Mesh::measure() const
{
	counted allocator;
	float *block = allocator.allocate(count_); // allocate: allocate
	allocator.deallocate(block, count_); // deallocate: deallocate
	const char *name = "delete name; free(name); new Mesh(3)"; // nothing of this happens
	auto *copy = new char *[count_ + 1]; // allocate: new[]
	delete[] (char **)copy; // deallocate: delete[]
	auto *temporary = std::get_temporary_buffer<float>(3).first; // allocate: std::get_temporary_buffer
	std::return_temporary_buffer(temporary); // deallocate: std::return_temporary_buffer
	return name ? sizeof(float) : 0;
}

}

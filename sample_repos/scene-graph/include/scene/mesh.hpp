// Points and the lines between them.
#pragma once

#include "scene/arena.hpp"

#include <cstddef>

struct scene_pack;

namespace scene {

class Mesh {
public:
	explicit Mesh(std::size_t count);
	~Mesh();

	void add(float x, float y, float z);
	scene_pack *pack() const;
	float *scratch();
	std::size_t measure() const;

private:
	std::size_t count_;
	float *points_;
	Vertex *vertices_ = nullptr;
};

}

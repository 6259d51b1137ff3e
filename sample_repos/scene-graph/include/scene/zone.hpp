// Memory for what lives only as long as a picture is drawn: new takes it from a zone that it is told.
#pragma once

#include <cstddef>

namespace scene {

class Zone {
public:
	~Zone();

	void *take(std::size_t size);

private:
	struct Piece {
		Piece *next;
	};

	Piece *pieces_ = nullptr;
};

// Objects of this kind come from a zone, or with a number from nowhere else.
struct Spark {
	static void *operator new(std::size_t size, Zone *zone);
	static void *operator new(std::size_t, void *place) { return place; }
	static void operator delete(void *) {}
	static void operator delete(void *, Zone *) {}
	static void operator delete(void *, void *) {}

	float heat = 1.0f;
};

std::size_t draw();

}

void *operator new(std::size_t size, scene::Zone &zone);
void *operator new[](std::size_t size, scene::Zone &zone, const char *name);
void operator delete(void *block, scene::Zone &zone) noexcept;

// What lives as long as one frame.
extern scene::Zone frame_zone;

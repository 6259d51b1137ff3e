#include "scene/arena.hpp"
#include "scene/label.hpp"
#include "scene/lease.hpp"
#include "scene/mesh.hpp"
#include "scene/shared.hpp"
#include "scene/slot.hpp"
#include "scene/store.hpp"
#include "scene/zone.hpp"

#include <iostream>
#include <sstream>

using namespace scene;

namespace scene {
std::size_t count_all();
std::size_t load_all();
}

// deallocate: delete
#define DISCARD(node) do { delete node; node = nullptr; } while (0)

static Store store;

int main()
{
	store.keep("root", new Node(1)); // allocate: new -> include/scene/node.hpp:23
	Node *copy = store.find("root")->clone(); // allocate: clone -> src/node.cpp:20
	Node *spare = copy->clone(); // allocate: clone -> src/node.cpp:20
	copy->adopt(spare);
	copy->free(copy->release(0)); // deallocate: free -> src/node.cpp:47
	DISCARD(copy); // deallocate: DISCARD -> src/main.cpp:21

	Arena arena(256);
	Point *point = build<Point>(arena, 1.0f, 2.0f, 3.0f);
	Mesh mesh(2);
	mesh.add(point->x, point->y, point->z);

	std::istringstream text("one\ntwo\n");
	std::cout << store.read(text).size() << " lines, " << count_all() + fill_slots() + load_all() + lend() + measure_labels() + draw() + show() << " things, " << mesh.measure() << std::endl;
	return 0;
}

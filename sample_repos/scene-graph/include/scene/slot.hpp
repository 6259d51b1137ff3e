// A place for one node.
#pragma once

#include "scene/node.hpp"

namespace scene {

// Functions that are taken away release nothing.
#define ONLY_ONE(type) \
	type(const type &) SCENE_NOTHROW = delete; \
	type &operator=(const type &) SCENE_NOTHROW = delete; \
	type &operator=(const type &) volatile SCENE_NOTHROW = delete;

class Slot {
public:
	explicit Slot(Node *node = nullptr) { put(node); }
	~Slot() { delete node_; } // deallocate: delete

	// What it is given stays; what it held before is deleted.
	void put(Node *node)
	{
		delete node_; // deallocate: delete
		node_ = node;
	}

	// What it is given is deleted, and forgotten on another line.
	static void drop(Node *node)
	{
		delete node; // deallocate: delete
		node = nullptr;
	}

	// What is announced below, and written elsewhere.
	Node *spare(int id) { return make(id); } // allocate: make -> src/slot.cpp:15

	ONLY_ONE(Slot)

private:
	Node *make(int id);

	Node *node_ = nullptr;
};

// Two that make nodes, and one that makes something else under the same name.
struct Workshop {
	Node *create(int id);
};

struct Factory {
	Node *create(int id);
};

struct Journal {
	void create(int id);

	int last = 0;
};

Node *shared();
std::size_t fill_slots();

}

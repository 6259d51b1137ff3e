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

// Of a class as a whole, so that no object is asked for it; an object of the other only hands out what it has.
struct Builder {
	static Node *spawn(int id) { return new Node(id); } // allocate: new -> include/scene/node.hpp:23
};

struct Herd {
	Node *spawn(int) { return first; }

	Node *at(int place);

	Node *first = nullptr;
	Node *others[4] = {};
};

// Where the traits come from is up to whoever names the base.
template <typename Base>
struct Room : Base {
	using AllocTraits = typename Base::AllocTraits;
	using allocator_type = typename Base::allocator_type;

	static auto *take(allocator_type &from) { return AllocTraits::allocate(from, 1); } // allocate: AllocTraits::allocate

	template <typename T>
	static void leave(allocator_type &from, T *block)
	{
		AllocTraits::deallocate(from, block, 1); // deallocate: AllocTraits::deallocate
	}
};

Node *shared();
std::size_t fill_slots();

}

#include "scene/slot.hpp"

#include <memory>

namespace scene {

using std::unique_ptr;

namespace {

Node *spare;

}

Node *Slot::make(int id)
{
	return new Node(id); // allocate: new -> include/scene/node.hpp:23
}

Node *Workshop::create(int id)
{
	return new Node(id); // allocate: new -> include/scene/node.hpp:23
}

Node *Factory::create(int id)
{
	return new Node(id); // allocate: new -> include/scene/node.hpp:23
}

void Journal::create(int id)
{
	last = id;
}

// Made when it is first asked for, and kept where it was looked for: nobody gets memory of his own.
Node *Herd::at(int place)
{
	Node *node = others[place];
	if (!node) {
		node = new Node(place); // allocate: new -> include/scene/node.hpp:23
		others[place] = node;
	}
	return node;
}

Node *other_of(Herd *herd, int place)
{
	Node *node = herd->others[place];
	if (!node) {
		node = new Node(-place); // allocate: new -> include/scene/node.hpp:23
		herd->others[place] = node;
	}
	return node;
}

// One for the whole program, made when it is first asked for: nobody gets memory of his own.
Node *shared()
{
	static Node *root = nullptr;
	if (!root)
		root = new Node(0); // allocate: new -> include/scene/node.hpp:23
	return root;
}

Node *reserve()
{
	if (!spare)
		spare = new Node(1); // allocate: new -> include/scene/node.hpp:23
	return spare;
}

unique_ptr<Node> owned(int id)
{
	return unique_ptr<Node>(new Node(id)); // transfer: unique_ptr; allocate: new -> include/scene/node.hpp:23
}

// What a function inside of it returns is not what a function returns.
std::size_t count_later()
{
	auto later = [] { return new Node(6); }; // allocate: new -> include/scene/node.hpp:23
	Node *node = later();
	const std::size_t size = node->size();
	delete node; // deallocate: delete
	return size;
}

struct Plain {
	using allocator_type = std::allocator<Point>;
	using AllocTraits = std::allocator_traits<allocator_type>;
};

std::size_t fill_slots()
{
	Plain::allocator_type points;
	Room<Plain>::leave(points, Room<Plain>::take(points)); // deallocate: Room::leave -> include/scene/slot.hpp:82; allocate: Room::take -> include/scene/slot.hpp:79
	Herd herd;
	herd.first = Builder::spawn(7); // allocate: Builder::spawn -> include/scene/slot.hpp:61
	delete herd.spawn(8); // deallocate: delete
	delete herd.at(1); // deallocate: delete
	delete other_of(&herd, 2); // deallocate: delete
	herd.others[1] = herd.others[2] = nullptr;
	Workshop workshop;
	Journal journal;
	Slot slot(workshop.create(1)); // allocate: create -> src/slot.cpp:20
	journal.create(2);
	auto node = owned(3); // allocate: owned -> src/slot.cpp:72
	slot.put(slot.spare(4)); // allocate: spare -> include/scene/slot.hpp:34
	Slot::drop(workshop.create(5)); // deallocate: Slot::drop -> include/scene/slot.hpp:27; allocate: create -> src/slot.cpp:20
	return count_later() + shared()->size() + reserve()->size() + node->size();
}

}

#include "scene/node.hpp"

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace scene {

// Room for pointers, not for nodes.
Node::Node(int id) : id_(id), children_(new Node *[4]), count_(0), room_(4) {} // allocate: new[] -> include/scene/node.hpp:23

Node::~Node()
{
	clear();
	delete[] children_; // deallocate: delete[]
	delete origin_; // deallocate: delete
}

Node *Node::clone() const
{
	return new Node(id_); // allocate: new -> include/scene/node.hpp:23
}

void Node::adopt(Node *child)
{
	if (count_ == room_) {
		Node **grown = new (std::nothrow) Node *[2 * room_]; // allocate: new[] -> include/scene/node.hpp:23
		if (!grown)
			std::abort();
		std::memcpy(grown, children_, count_ * sizeof(*grown));
		delete[](children_); // deallocate: delete[]
		children_ = grown, room_ *= 2;
	}
	children_[count_++] = child;
}

// The parent forgets a child; nothing is given back.
Node *Node::release(std::size_t index)
{
	Node *child = children_[index];
	children_[index] = children_[--count_];
	return child;
}

// A member of the name of a function of the C library.
void Node::free(Node *child)
{
	delete child; // deallocate: delete
}

void Node::clear()
{
	while (count_)
		free(children_[--count_]); // deallocate: free -> 47
}

Shape::Shape(int id, const char *label) try : Node(id), label_(nullptr) {
	label_ = static_cast<char *>(std::malloc(std::strlen(label) + 1)); // allocate: std::malloc
	std::strcpy(label_, label);
} catch (...) {
	throw;
}

Shape::~Shape()
{
	std::free(label_); // deallocate: std::free
}

Node *Shape::clone() const
{
	Node *const copy(new Shape(id(), label_)); // allocate: new -> include/scene/node.hpp:47
	return copy;
}

}

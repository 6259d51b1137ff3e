#include "scene/store.hpp"

#include "scene/mesh.hpp"
#include "scene/pack.h"

#include <cxxabi.h>
#include <iostream>
#include <memory_resource>

namespace scene {

using std::make_unique;
using Names = std::vector<std::string>;
namespace memory = std::pmr;

namespace {

std::unique_ptr<Mesh> cube()
{
	auto mesh = make_unique<Mesh>(8); // allocate: make_unique
	mesh->add(0, 0, 0);
	return mesh;
}

}

std::shared_ptr<Node> Store::find(const std::string &name) const
{
	auto found = nodes_.find(name);
	return found == nodes_.end() ? nullptr : found->second;
}

void Store::keep(const std::string &name, Node *node)
{
	nodes_.insert({name, std::shared_ptr<Node>(node)}); // allocate: insert
	last_.reset(new Node(node->id())); // transfer: reset; allocate: new -> include/scene/node.hpp:23
}

std::unique_ptr<Shape> Store::make(const char *label)
{
	std::unique_ptr<Shape> shape(new Shape(1, label)); // transfer: std::unique_ptr; allocate: new -> include/scene/node.hpp:47
	auto guard = [copy = new Shape(2, label)] { delete copy; }; // allocate: new -> include/scene/node.hpp:47; deallocate: delete
	guard();
	return shape;
}

// Three arguments, as the function of POSIX has, but of a stream.
std::vector<std::string> Store::read(std::istream &input)
{
	Names lines;
	std::string line("none"), part{line}; // allocate: std::string; allocate: std::string
	while (std::getline(input, line, '\n'))
		lines.push_back(std::move(line)); // reallocate: push_back
	for (const auto &text : lines)
		part.append(text.substr(1)); // reallocate: append; allocate: substr
	return lines;
}

/* A string is a copy of what it begins with: nothing of the other library's is handed out. */
static std::string readable_name(const std::type_info &type)
{
	int status;
	char *name = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status); // allocate: abi::__cxa_demangle
	std::string copy = name;

	std::free(name); // deallocate: std::free
	return copy;
}

std::size_t count_all()
{
	auto mesh = cube(); // allocate: cube -> 18
	auto several = std::make_shared<Node>(7); // allocate: std::make_shared
	auto numbers = std::make_unique<int[]>(16); // allocate: std::make_unique
	std::shared_ptr<Node> one = std::allocate_shared<Node>(std::allocator<Node>(), 3); // allocate: std::allocate_shared
	std::unique_ptr<Node> owner = make_unique<Node>(9); // allocate: make_unique
	Node *freed = owner.release(); // transfer: release
	delete freed; // deallocate: delete

	memory::monotonic_buffer_resource pool(1024);
	memory::polymorphic_allocator<std::byte> bytes(&pool);
	void *block = pool.allocate(64, 8); // allocate: allocate
	pool.deallocate(block, 64, 8); // deallocate: deallocate
	auto *buffer = bytes.allocate(16); // allocate: allocate
	bytes.deallocate(buffer, 16); // deallocate: deallocate

	std::map<int, int> sizes{{1, 2}, {3, 4}}; // allocate: std::map
	sizes.emplace(5, 6); // allocate: emplace
	std::vector<int> found(4, 0); // allocate: std::vector

	std::string readable = readable_name(typeid(Mesh));

	if (scene_pack *pack = mesh->pack()) // allocate: pack -> src/mesh.cpp:43
		scene_pack_free(pack); // deallocate: scene_pack_free -> src/pack.c:22
	return sizes.size() + found.size() + readable.size() + several->size() + one->size() + numbers[0];
}

}

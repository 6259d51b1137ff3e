// A node that is lent: the words of the library's owners, said by classes of our own.
#pragma once

#include "scene/node.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace scene {

using NodePtr = std::unique_ptr<Node>;

class Lease {
public:
	explicit Lease(Node *node) : node_(node) {}
	virtual ~Lease() = default;

	// Only says that it is over.
	virtual void release() { over_ = true; }
	void reset(Node *node) { node_.reset(node); } // transfer: reset
	bool over() const { return over_; }

	Node *take() { return node_.release(); } // transfer: release
	Lease *inner();
	std::unique_ptr<Node> copy() const;

protected:
	NodePtr node_;

private:
	std::unique_ptr<Lease> inner_;
	bool over_ = false;
};

// Another way to end it.
class Sublease : public Lease {
public:
	using Lease::Lease;

	void release() override { delete node_.release(); } // deallocate: delete; transfer: release
};

// Many, in the order of their numbers.
class Register {
public:
	using Entry = std::unique_ptr<Lease>;

	Lease &at(std::size_t number);
	void add(Entry entry) { leases_.push_back(std::move(entry)); } // reallocate: push_back
	Node *clear(const std::string &name = "none");

private:
	void push_back(const char *) {}

	std::vector<Entry> leases_;
	Lease *latest_ = nullptr;
};

std::size_t lend();

}

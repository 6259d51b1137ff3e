#include "scene/lease.hpp"

#include <utility>

namespace scene {

Lease *Lease::inner()
{
	if (!inner_)
		inner_ = std::make_unique<Lease>(new Node(2)); // allocate: std::make_unique; allocate: new -> include/scene/node.hpp:23
	return inner_.get();
}

std::unique_ptr<Node> Lease::copy() const
{
	return std::unique_ptr<Node>(new Node(3)); // transfer: std::unique_ptr; allocate: new -> include/scene/node.hpp:23
}

Lease &Register::at(std::size_t number)
{
	return *leases_[number];
}

// Whatever stands in front of it, it is the owner that gives its object up, or the lease that ends.
Node *Register::clear(const std::string &name)
{
	Lease *first = leases_[0].release(); // transfer: release
	Register::Entry &second = leases_[1];
	auto third = std::move(leases_[2]);
	std::unique_ptr<Lease> fourth(std::move(second));
	latest_ = third.release(); // transfer: release
	latest_->release();
	fourth->inner()->release();
	delete fourth.release(); // deallocate: delete; transfer: release
	this->push_back(name.c_str());
	at(3).release();
	for (Entry &entry : leases_)
		entry.reset(); // deallocate: reset
	delete latest_; // deallocate: delete
	Node *node = first->take();
	delete first; // deallocate: delete
	return node;
}

std::size_t lend()
{
	std::mutex mutex;
	std::unique_lock<std::mutex> lock(mutex);
	Lease lease(new Node(4)); // allocate: new -> include/scene/node.hpp:23
	std::unique_ptr<Node> spare(new Node(5)); // transfer: std::unique_ptr; allocate: new -> include/scene/node.hpp:23
	auto copy = lease.copy(); // allocate: copy -> 14
	Node *taken = copy.release(); // transfer: release
	const std::size_t size = taken->size();

	delete taken; // deallocate: delete
	delete lease.copy().release(); // deallocate: delete; transfer: release; allocate: copy -> 14
	lease.reset(spare.release()); // transfer: reset; transfer: release
	lease.release();
	lock.release()->unlock();
	copy.reset(nullptr); // deallocate: reset
	return size;
}

}

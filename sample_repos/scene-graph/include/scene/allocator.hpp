// An allocator for containers, which counts what it hands out.
#pragma once

#include <cstddef>
#include <memory>

namespace scene {

template <typename T>
class CountingAllocator {
	using Base = std::allocator<T>;
	using Traits = std::allocator_traits<Base>;
	typedef std::size_t size_type;

public:
	using value_type = T;

	// What a container asks for when it makes nodes of its own.
	template <typename U>
	static U *nodes(Base &base, size_type count)
	{
		using Nodes = typename std::allocator_traits<Base>::template rebind_traits<U>;
		typename Nodes::allocator_type others(base);
		return Nodes::allocate(others, count); // allocate: Nodes::allocate
	}

	CountingAllocator() = default;

	T *allocate(size_type count)
	{
		Base base;
		taken_ += count;
		return Traits::allocate(base, count); // allocate: Traits::allocate
	}

	void deallocate(T *block, size_type count)
	{
		Base base;
		taken_ -= count;
		std::allocator_traits<Base>::deallocate(base, block, count); // deallocate: std::allocator_traits::deallocate
	}

	template <typename U>
	CountingAllocator(const CountingAllocator<U> &) {}

	bool operator==(const CountingAllocator &) const { return true; }
	bool operator!=(const CountingAllocator &) const { return false; }

private:
	size_type taken_ = 0;
};

}

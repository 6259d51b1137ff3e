// Pictures that several parts of a program use: the last one that lets go deletes them.
#pragma once

#include <atomic>
#include <cstddef>

namespace scene {

class Picture {
public:
	explicit Picture(std::size_t size) : size_(size) {}

	void ref() { references_++; }
	void unref();
	std::size_t size() const { return size_; }

private:
	~Picture() = default;

	std::atomic<int> references_{1};
	std::size_t size_;
};

// One that is always gone afterwards, and one that only may be.
class Window {
public:
	void Destroy() { delete this; } // deallocate: delete
	void close(bool really);
	void leave() { Destroy(); } // deallocate: Destroy -> 27
};

std::size_t show();

}

// What is written below the nodes: texts of the C library, and objects that hold one.
#include "scene/label.hpp"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

namespace scene {

namespace {

// The library hands back what it writes to.
char *copy(const char *text)
{
	char *copied = static_cast<char *>(std::malloc(std::strlen(text) + 1)); // allocate: std::malloc
	if (!copied)
		throw std::bad_alloc();
	return std::strcpy(copied, text);
}

// A string is a copy of its own: what was handed out is lost.
std::string shown(const char *text)
{
	return strdup(text); // allocate: strdup
}

}

Label::~Label()
{
	std::free(text_); // deallocate: std::free
}

// An object keeps what it is made of.
Label label(const char *text)
{
	return copy(text); // allocate: copy -> 14
}

// Parentheses around a call make a variable, and no function that takes one.
std::size_t measure_parts(const char *whole, const char *part)
{
	std::unique_ptr<char, void (*)(void *)> first(copy(whole), std::free); // allocate: copy -> 14
	std::string second(copy(part)); // allocate: copy -> 14; allocate: std::string
	char *third(copy(part)); // allocate: copy -> 14
	Label fourth(copy(whole)); // allocate: copy -> 14
	const std::size_t size = std::strlen(first.get()) + second.size() + std::strlen(third) + fourth.size();
	std::free(third); // deallocate: std::free
	return size;
}

// An owner of another kind, which is told how to give back.
template <typename T>
class Held {
public:
	Held(T *object, bool own) : object_(object), own_(own) {}
	Held(Held &&other) noexcept : object_(other.object_), own_(other.own_) { other.own_ = false; }
	~Held() { if (own_) delete object_; } // deallocate: delete

	T *get() const { return object_; }

private:
	T *object_;
	bool own_;
};

template <typename T>
Held<T> held()
{
	return Held<T>(new T, true); // allocate: new
}

std::size_t measure_labels()
{
	char *text = copy("root"); // allocate: copy -> 14
	const std::size_t size = shown(text).size() + label(text).size();
	std::free(text); // deallocate: std::free
	return size + measure_parts("whole", "part") + held<std::string>().get()->size(); // allocate: held -> 69
}

}

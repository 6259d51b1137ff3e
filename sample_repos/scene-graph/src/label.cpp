// What is written below the nodes: texts of the C library, and objects that hold one.
#include "scene/label.hpp"

#include <cstdlib>
#include <cstring>
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
	return copy(text); // allocate: copy -> 13
}

std::size_t measure_labels()
{
	char *text = copy("root"); // allocate: copy -> 13
	const std::size_t size = shown(text).size() + label(text).size();
	std::free(text); // deallocate: std::free
	return size;
}

}

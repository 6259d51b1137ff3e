// A text that belongs to a node.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>

namespace scene {

class Label {
public:
	Label(char *text) : text_(text) {}
	Label(Label &&other) noexcept : text_(other.text_) { other.text_ = nullptr; }
	~Label();

	std::size_t size() const { return std::strlen(text_); }

private:
	char *text_;
};

Label label(const char *text);
std::size_t measure_labels();

}

// Resources by name.
#pragma once

#include "scene/node.hpp"

#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace scene {

class Store {
public:
	std::shared_ptr<Node> find(const std::string &name) const;
	void keep(const std::string &name, Node *node);
	std::unique_ptr<Shape> make(const char *label);
	std::vector<std::string> read(std::istream &input);

private:
	std::map<std::string, std::shared_ptr<Node>> nodes_;
	std::unique_ptr<Node> last_;
};

}

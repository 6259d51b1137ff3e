// What a scene is made of.
#pragma once

#include "scene/export.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace scene {

struct Point {
	float x, y, z;
};

union Value {
	int number;
	float share;
};

// The macro before the name must not hide that this is a class, nor that nothing below is deleted.
class SCENE_API Node {
public:
	explicit Node(int id);
	Node(const Node &) = delete;
	Node &operator=(const Node &) = delete;
	virtual ~Node();

	virtual Node *clone() const;
	void adopt(Node *child);
	Node *release(std::size_t index);
	void free(Node *child);
	void clear();

	int id() const { return id_; }
	std::size_t size() const { return count_; }

private:
	int id_;
	Node **children_;
	std::size_t count_, room_;
	Point *origin_ = new Point(); // allocate: new -> 13
	std::unique_ptr<Value> value_{new Value()}; // allocate: new -> 17
};

class SCENE_API Shape final : public Node {
public:
	Shape(int id, const char *label);
	~Shape() override;

	Node *clone() const override;
	const char *label() const { return label_; }

private:
	char *label_;
};

}

#include "scene/zone.hpp"

#include "scene/node.hpp"

#include <cstdlib>
#include <new>

namespace scene {

Zone::~Zone()
{
	while (pieces_) {
		Piece *next = pieces_->next;
		std::free(pieces_); // deallocate: std::free
		pieces_ = next;
	}
}

void *Zone::take(std::size_t size)
{
	Piece *piece = static_cast<Piece *>(std::malloc(sizeof(Piece) + size)); // allocate: std::malloc
	if (!piece)
		throw std::bad_alloc();
	piece->next = pieces_;
	pieces_ = piece;
	return piece + 1;
}

void *Spark::operator new(std::size_t size, Zone *zone)
{
	return zone->take(size); // allocate: take -> 19
}

std::size_t draw()
{
	Zone zone, *other = &zone;
	alignas(Point) char place[2 * sizeof(Point)];
	Point *point = new (zone) Point; // allocate: new -> 53
	Point *points = new (zone, "points") Point[3]; // allocate: new[] -> 58
	Spark *spark = new (other) Spark(); // allocate: new -> 29
	Spark *here = new (place) Spark;
	Point *there = new (&place[sizeof(Point)]) Point{1, 2, 3};
	Point *alone = new (std::malloc(sizeof(Point))) Point(); // allocate: std::malloc
	const std::size_t size = spark->heat + here->heat + (point && points && there->x > 0 ? 1 : 0);

	std::free(alone); // deallocate: std::free
	return size;
}

}

// The operators that every type can use.
void *operator new(std::size_t size, scene::Zone &zone)
{
	return zone.take(size); // allocate: take -> 19
}

void *operator new[](std::size_t size, scene::Zone &zone, const char *)
{
	return zone.take(size); // allocate: take -> 19
}

void operator delete(void *, scene::Zone &) noexcept {}

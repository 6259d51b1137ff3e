// Words that hide from the grammar what stands around them.
#include "scene/slot.hpp"

#include <cstdio>
#include <new>
#include <type_traits>

#define IGNORE_WARNINGS(numbers)
#define SCENE_APART __attribute__((noinline))
#define SCENE_TRY try
#define SCENE_CATCH(type) catch (const type &) { return nullptr; }
#define RED "\x1b[31m"
#define RESET "\x1b[0m"

IGNORE_WARNINGS(4512 4626)

#if defined(_WIN32)
extern "C" __declspec(dllimport) void __stdcall OutputDebugStringA(const char *text);
#endif

namespace scene {

class Plugin;
typedef Node *(Plugin::*Loader)(int) const;

class Plugin {
public:
	Plugin() : model_(new Node(0)) {} // allocate: new -> include/scene/node.hpp:23
	~Plugin() { delete model_; } // deallocate: delete

	Node &operator*() & SCENE_NOTHROW { return *model_; }
	Node *load(int id) const;
	Node *loaded(Loader loader) const { return (this->*loader)(2); }

	template <typename T>
	Node *made(T, const char * = nullptr) { return new Node(sizeof(T)); } // allocate: new -> include/scene/node.hpp:23

	template <bool wide>
	Node *sized()
	{
		return made(typename std::conditional<wide, long, short>::type()); // allocate: made -> src/plugin.cpp:36
	}

private:
	Node *model_;
};

Node *SCENE_APART Plugin::load(int id) const
{
	SCENE_TRY {
		std::puts(RED "loads " RED "a node" RESET);
		return new Node(id); // allocate: new -> include/scene/node.hpp:23
	}
	SCENE_CATCH(std::bad_alloc)
}

template SCENE_APART Node *Plugin::sized<true>();

std::size_t load_all()
{
	Plugin plugin;
	Node *node = plugin.load(1); // allocate: load -> src/plugin.cpp:48
	Node *other = plugin.loaded(&Plugin::load);
	Node *third = plugin.sized<true>(); // allocate: sized -> src/plugin.cpp:39
	const std::size_t size = (*plugin).size() + node->size() + other->size() + third->size();
	delete node; // deallocate: delete
	delete other; // deallocate: delete
	delete third; // deallocate: delete
	return size;
}

}

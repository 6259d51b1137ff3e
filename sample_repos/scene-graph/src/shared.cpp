#include "scene/shared.hpp"

namespace scene {

void Picture::unref()
{
	if (references_.fetch_sub(1) == 1)
		delete this; // deallocate: delete
}

void Window::close(bool really)
{
	if (really)
		delete this; // deallocate: delete
}

static void dismiss(Window *window)
{
	window->Destroy(); // deallocate: Destroy -> include/scene/shared.hpp:27
}

std::size_t show()
{
	auto *picture = new Picture(4); // allocate: new -> include/scene/shared.hpp:9
	picture->ref();
	picture->unref(); // deallocate: unref -> 5
	const std::size_t size = picture->size();
	picture->unref(); // deallocate: unref -> 5

	Window *first = new Window, *second = new Window; // allocate: new -> include/scene/shared.hpp:25; allocate: new -> include/scene/shared.hpp:25
	Window *third = new Window; // allocate: new -> include/scene/shared.hpp:25
	first->leave(); // deallocate: leave -> include/scene/shared.hpp:29
	second->close(true);
	dismiss(third); // deallocate: dismiss -> 17
	return size;
}

}

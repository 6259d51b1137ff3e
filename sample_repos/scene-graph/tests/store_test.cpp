#include "scene/store.hpp"

#include <gtest/gtest.h>

TEST(Store, KeepsWhatItIsGiven)
{
	scene::Store store;
	store.keep("root", new scene::Node(3)); // allocate: new -> include/scene/node.hpp:23
	EXPECT_EQ(store.find("root")->id(), 3);
}

/* Which names leave the shared library. */

#ifndef SCENE_EXPORT_H
#define SCENE_EXPORT_H

#if defined(_WIN32)
#define SCENE_API __declspec(dllexport)
#else
#define SCENE_API __attribute__((visibility("default")))
#endif

#define SCENE_NOTHROW noexcept

#define SCENE_NO_COPIES(Type) \
	Type(const Type &) = delete; \
	Type &operator=(const Type &) = delete

#endif

// The operators of C++ on top of the heap.
#include <cstddef>
#include <new>

#define weak_alias(old, new_)     extern __typeof(old) new_ __attribute__((__weak__, __alias__(#old)))
#define __weak_alias(new_, old)   extern __typeof(old) new_ __attribute__((__weak__, __alias__(#old)));

#define CACHE_LINE 64

extern "C" {
void *tiny_malloc(std::size_t size) __attribute__((malloc));
void tiny_free(void *block);
void *tiny_aligned(std::size_t alignment, std::size_t size)
{
    return tiny_malloc(size + alignment + CACHE_LINE); // allocate: tiny_malloc -> heap.c:18
}
}

weak_alias(tiny_aligned, aligned_alloc);
__weak_alias(memalign, tiny_aligned)

void *operator new(std::size_t size)
{
    return tiny_malloc(size); // allocate: tiny_malloc -> heap.c:18
}

void operator delete(void *block) noexcept
{
    tiny_free(block); // deallocate: tiny_free -> heap.c:27
}

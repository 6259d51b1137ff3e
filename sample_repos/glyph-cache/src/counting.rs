//! An allocator that counts, and leaves the work to the system's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

pub struct Counting {
    blocks: AtomicUsize,
}

impl Counting {
    pub const fn new() -> Self {
        Self { blocks: AtomicUsize::new(0) }
    }

    /// Say how many blocks there are.
    pub fn blocks(&self) -> usize {
        self.blocks.load(Ordering::Relaxed)
    }
}

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.blocks.fetch_add(1, Ordering::Relaxed);
        System.alloc(layout) // allocate: alloc
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        self.blocks.fetch_add(1, Ordering::Relaxed);
        GlobalAlloc::alloc_zeroed(&System, layout) // allocate: GlobalAlloc::alloc_zeroed
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        System.realloc(block, layout, size) // reallocate: realloc
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.blocks.fetch_sub(1, Ordering::Relaxed);
        <System as GlobalAlloc>::dealloc(&System, block, layout) // deallocate: GlobalAlloc::dealloc
    }
}

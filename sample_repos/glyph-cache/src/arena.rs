//! Pixels live in chunks that are given back together.

use std::alloc::{self, Layout};
use std::ptr::{self, NonNull};

const CHUNK: usize = 64 * 1024;
const ALIGN: usize = 16;

/// The head of a chunk, or of a hole in one.
union Head {
    next: *mut u8,
    hole: usize,
}

pub struct Arena {
    chunks: Vec<NonNull<u8>>,
    free: usize,
    staging: *mut u8,
    staged: usize,
}

fn new_chunk(size: usize) -> *mut u8 {
    let layout = Layout::from_size_align(size, ALIGN).unwrap();
    let block = unsafe { alloc::alloc(layout) }; // allocate: alloc::alloc
    if block.is_null() {
        alloc::handle_alloc_error(layout);
    }
    block
}

fn release(chunk: *mut u8, size: usize) {
    unsafe { alloc::dealloc(chunk, layout_of(size)) } // deallocate: alloc::dealloc
}

fn layout_of(size: usize) -> Layout {
    (Layout::array::<u8>(size)).unwrap().align_to(ALIGN).unwrap()
}

impl Arena {
    pub fn new() -> Self {
        Arena { chunks: Vec::new(), free: 0, staging: ptr::null_mut(), staged: 0 }
    }

    /// Take room for some pixels.
    pub fn take(&mut self, size: usize) -> &mut [u8] {
        assert!(size <= CHUNK - std::mem::size_of::<Head>());
        while self.free < size {
            let chunk = new_chunk(CHUNK); // allocate: new_chunk -> 22
            self.chunks.push(NonNull::new(chunk).unwrap()); // reallocate: push
            self.free = CHUNK - std::mem::size_of::<Head>();
        }
        self.free -= size;
        let last = self.chunks[self.chunks.len() - 1].as_ptr();
        unsafe { std::slice::from_raw_parts_mut(last.add(self.free), size) }
    }

    /// Make room for what is being drawn.
    pub fn stage(&mut self, size: usize) -> *mut u8 {
        let grown = if self.staging.is_null() {
            unsafe { std::alloc::alloc_zeroed(layout_of(size)) } // allocate: std::alloc::alloc_zeroed
        } else {
            unsafe { alloc::realloc(self.staging, layout_of(self.staged), size) } // reallocate: alloc::realloc
        };
        self.staged = size;
        self.staging = grown;
        grown
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        for chunk in self.chunks.iter() {
            release(chunk.as_ptr(), CHUNK); // deallocate: release -> 31
        }
        if !self.staging.is_null() {
            unsafe { alloc::dealloc(self.staging, layout_of(self.staged)) } // deallocate: alloc::dealloc
        }
    }
}

//! What the cache uses inside of a browser engine.

extern crate jemalloc_sys as ffi;
extern crate libmimalloc_sys;

use std::fs::File;
use std::os::raw::c_void;

use libc;
use bumpalo::Bump;
use memmap2::Mmap;
use servo_arc::Arc;
use string_cache::DefaultAtom as Atom;
use thin_vec::{thin_vec, ThinVec};
use typed_arena::Arena;
use winapi::um::heapapi;

use crate::glyph::Glyph;

pub fn shared(glyph: Glyph) -> Arc<Glyph> {
    Arc::new(glyph) // allocate: Arc::new
}

pub fn name(text: &str) -> Atom {
    Atom::from(text) // allocate: Atom::from
}

pub fn offsets(count: usize) -> ThinVec<u16> {
    let mut offsets = ThinVec::with_capacity(count); // allocate: ThinVec::with_capacity
    offsets.append(&mut thin_vec![0, 1]); // reallocate: append; allocate: thin_vec!
    offsets
}

pub fn frame(glyphs: &[Glyph]) -> usize {
    let bump = Bump::with_capacity(4096); // allocate: Bump::with_capacity
    let names = glyphs.iter().map(|glyph| bump.alloc_str(&glyph.name)); // allocate: alloc_str
    let lengths = bumpalo::vec![in &bump; 0, 1]; // allocate: bumpalo::vec!
    let title = bumpalo::format!(in &bump, "{}", lengths.len()); // allocate: bumpalo::format!
    title.len() + names.count()
}

async fn fetch(url: &str) -> std::io::Result<Vec<u8>> {
    Ok(url.as_bytes().to_vec()) // allocate: to_vec
}

/// Fetch the pixels of a glyph that somebody else has drawn.
pub async fn fetched(url: &str) -> std::io::Result<Box<[u8]>> {
    let pixels = fetch(url).await?;
    Ok(pixels.into_boxed_slice()) // reallocate: into_boxed_slice
}

pub fn nodes() -> Arena<Glyph> {
    Arena::with_capacity(64) // allocate: Arena::with_capacity
}

pub fn map(file: &File) -> std::io::Result<Mmap> {
    unsafe { Mmap::map(file) } // allocate: Mmap::map
}

/// # Safety
/// The result goes to `give_back`.
pub unsafe fn page(size: usize) -> *mut c_void {
    libc::mmap(std::ptr::null_mut(), size, libc::PROT_READ, libc::MAP_PRIVATE, -1, 0) // allocate: libc::mmap
}

/// # Safety
/// All blocks come from where they go to.
pub unsafe fn give_back(page: *mut c_void, block: *mut c_void, small: *mut c_void, size: usize) {
    libc::munmap(page, size); // deallocate: libc::munmap
    ffi::sdallocx(block, size, 0); // deallocate: ffi::sdallocx
    libmimalloc_sys::mi_free(small); // deallocate: libmimalloc_sys::mi_free
    libc::free(libc::malloc(1)); // deallocate: libc::free; allocate: libc::malloc
}

#[cfg(windows)]
pub unsafe fn heap(size: usize) -> *mut c_void {
    heapapi::HeapAlloc(heapapi::GetProcessHeap(), 0, size) as *mut c_void // allocate: heapapi::HeapAlloc
}

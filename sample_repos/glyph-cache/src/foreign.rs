//! Glyphs for callers that are written in C.

use std::alloc::{alloc, Layout};
use std::ffi::{CStr, CString};
use std::mem::{self, ManuallyDrop};
use std::os::raw::c_char;
use std::ptr;

use crate::glyph::{self, Glyph};

/// Draw a glyph that the caller owns.
#[no_mangle]
pub extern "C" fn glyph_draw(letter: u32, size: usize) -> *mut Glyph {
    let letter = char::from_u32(letter).unwrap_or('?');
    Box::into_raw(Box::new(glyph::draw(letter, size))) // transfer: Box::into_raw; allocate: Box::new
}

#[no_mangle]
pub unsafe extern "C" fn glyph_free(glyph: *mut Glyph) {
    if !glyph.is_null() {
        mem::drop(Box::from_raw(glyph)); // deallocate: mem::drop; transfer: Box::from_raw
    }
}

/// Hand out a name, which comes back through `glyph_name_free`.
#[no_mangle]
pub unsafe extern "C" fn glyph_name(glyph: *const Glyph) -> *mut c_char {
    let c_name = CString::new((*glyph).name.clone()).unwrap_or_default(); // allocate: CString::new; allocate: clone
    c_name.into_raw() // transfer: into_raw
}

#[no_mangle]
pub unsafe extern "C" fn glyph_name_free(name: *mut c_char) {
    let name = CString::from_raw(name); // transfer: CString::from_raw
    debug_assert!(CStr::to_bytes(&name).len() < 5);
}

/// What the program is linked with anyway.
mod c {
    use std::os::raw::{c_char, c_void};

    extern "C" {
        pub fn strdup(text: *const c_char) -> *mut c_char;
        pub fn free(block: *mut c_void);
    }
}

/// # Safety
/// The name comes back through `glyph_title_free`.
#[no_mangle]
pub unsafe extern "C" fn glyph_title(name: *const c_char) -> *mut c_char {
    c::strdup(name) // allocate: c::strdup
}

/// # Safety
/// The title came from `glyph_title`.
#[no_mangle]
pub unsafe extern "C" fn glyph_title_free(title: *mut c_char) {
    c::free(title.cast()); // deallocate: c::free
}

/// Give pixels away, with what is needed to take them back.
pub fn give(pixels: Vec<u8>) -> (*mut u8, usize, usize) {
    let mut pixels = ManuallyDrop::new(pixels); // transfer: ManuallyDrop::new
    (pixels.as_mut_ptr(), pixels.len(), pixels.capacity())
}

/// # Safety
/// The parts must come from `give`.
pub unsafe fn take((pointer, length, capacity): (*mut u8, usize, usize)) -> Vec<u8> {
    Vec::from_raw_parts(pointer, length, capacity) // transfer: Vec::from_raw_parts
}

/// A blank of its own for each caller, or one that is drawn.
pub fn blank_or(letter: Option<char>) -> *mut Glyph {
    if let Some(letter) = letter {
        glyph_draw(letter as u32, 8) // allocate: glyph_draw
    } else {
        blank().map_or(ptr::null_mut(), Box::into_raw) // transfer: Box::into_raw; allocate: blank -> src/foreign.rs:84
    }
}

/// A blank in memory that nobody has cleared.
fn blank() -> Option<Box<Glyph>> {
    let layout = Layout::new::<Glyph>();
    unsafe {
        let block = alloc(layout) as *mut Glyph; // allocate: alloc
        ptr::write(block, glyph::draw(' ', 1));
        Some(Box::from_raw(block)) // transfer: Box::from_raw
    }
}

/// The same, where there is always memory.
fn blank_now() -> Box<Glyph> {
    let block = unsafe { alloc(Layout::new::<Glyph>()) as *mut Glyph }; // allocate: alloc
    unsafe { Box::from_raw(block) } // transfer: Box::from_raw
}

/// # Safety
/// The glyph came from here, and nobody uses it any more.
pub unsafe fn redraw(old: *mut Glyph) -> *mut Glyph {
    let name = &(*old).name;
    let letter = name.chars().next();
    glyph_free(old); // deallocate: glyph_free
    drop(blank_now()); // deallocate: drop; allocate: blank_now
    blank_or(letter) // allocate: blank_or
}

/// # Safety
/// The glyph came from here, and is the caller's again.
pub unsafe fn own(glyph: *mut Glyph) -> Box<Glyph> {
    Box::from_raw(glyph) // transfer: Box::from_raw
}

/// What a caller that owns a glyph may do with it.
pub struct Operations {
    pub drop: unsafe extern "C" fn(*mut Glyph),
}

/// A field of that name hides nothing: further down, it is the function of the prelude that is called.
pub static OPERATIONS: Operations = Operations { drop: glyph_free };

pub fn discard(glyph: Glyph) {
    drop(glyph); // deallocate: drop
}

/// A glyph for the rest of the program.
pub fn fallback() -> &'static Glyph {
    Box::leak(glyph::draw('?', 8).boxed()) // transfer: Box::leak
}

/// Empty a slot without running what would give its parts back.
pub fn forget(slot: &mut Option<Glyph>) {
    if let Some(glyph) = slot.take() {
        mem::forget(glyph); // transfer: mem::forget
    }
}

/// # Safety
/// The glyph is not used again.
pub unsafe fn clear(glyph: *mut Glyph) {
    ptr::drop_in_place(glyph); // deallocate: ptr::drop_in_place
}

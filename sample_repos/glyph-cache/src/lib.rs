//! A cache of rendered glyphs.

#[macro_use]
pub mod macros;
pub mod arena;
pub mod cache;
mod checks;
pub mod counting;
#[cfg(feature = "engine")]
pub mod engine;
pub mod foreign;
pub mod glyph;
pub mod size_of;

#[cfg(not(feature = "engine"))]
#[global_allocator]
pub static COUNTER: counting::Counting = counting::Counting::new();

#![cfg(test)]
//! What has to hold for the whole crate.

use crate::glyph::draw;

#[test]
fn what_is_drawn_is_counted() {
    let glyph = Box::new(draw('x', 4)); // allocate: Box::new
    assert!(crate::COUNTER.blocks() > 0, "{}", glyph.name);
}

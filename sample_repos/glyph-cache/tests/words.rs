use glyph_cache::cache::Cache;
use glyph_cache::{foreign, macros};

#[test]
fn words_have_rows() {
    let mut cache = Cache::new(2);
    assert_eq!(cache.draw("ab").len(), 2);
    assert_eq!(macros::defaults()[1].1, 24);
}

#[test]
fn pixels_come_back() {
    let parts = foreign::give(b"abc".to_vec()); // allocate: to_vec
    assert_eq!(unsafe { foreign::take(parts) }, b"abc".to_vec(), "{:?}", vec![parts.1]); // allocate: to_vec; allocate: vec!
}

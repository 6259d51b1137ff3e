use std::env;

use glyph_cache::cache::{self, Cache};

fn main() {
    let mut arguments = env::args().skip(1);
    let size = arguments.next().and_then(|size| size.parse().ok()).unwrap_or(12);
    let words: Vec<String> = arguments.collect(); // allocate: collect
    let mut cache = Cache::new(size);
    for word in &words {
        println!("{}", cache.draw(word).join("\n")); // allocate: join
    }
    println!("{}", cache::summary(&cache, &mut std::io::stdout()));
    if cfg!(debug_assertions) {
        eprintln!("{} blocks", format!("{:>6}", glyph_cache::COUNTER.blocks())); // allocate: format!
    }
}

//! Glyphs by letter.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use crate::arena::Arena;
use crate::glyph::{self, Glyph};

static SHADES: &str = " .:-=+*#%@";
const KEPT: usize = 128;

pub struct Cache {
    size: usize,
    glyphs: HashMap<char, Glyph>,
    recent: VecDeque<char>,
    arena: Arena,
}

impl Cache {
    pub fn new(size: usize) -> Self {
        Cache {
            size,
            glyphs: HashMap::with_capacity(KEPT), // allocate: HashMap::with_capacity
            recent: VecDeque::with_capacity(KEPT), // allocate: VecDeque::with_capacity
            arena: Arena::new(),
        }
    }

    /// Look a glyph up, or draw it.
    pub fn get(&mut self, letter: char) -> &Glyph {
        if !self.glyphs.contains_key(&letter) {
            let drawn = glyph::draw(letter, self.size);
            self.arena.take(self.size).fill(0);
            self.glyphs.insert(letter, drawn); // reallocate: insert
        }
        self.recent.push_back(letter); // reallocate: push_back
        if self.recent.len() > KEPT {
            let oldest = self.recent.pop_front().and_then(|letter| self.glyphs.remove(&letter));
            drop(oldest); // deallocate: drop
        }
        &self.glyphs[&letter]
    }

    /// Draw a word, one line of text for each row of pixels.
    pub fn draw(&mut self, word: &str) -> Vec<String> {
        let size = self.size;
        let glyphs = word.chars().map(|letter| self.get(letter).clone()).collect::<Vec<_>>(); // allocate: clone; allocate: collect
        let mut rows = Vec::<String>::with_capacity(size); // allocate: Vec::with_capacity
        for row in 0..size {
            let mut line = String::new();
            for glyph in &glyphs {
                let pixels = glyph.pixels[row * size..][..size].to_vec(); // allocate: to_vec
                line.push_str(&text(&pixels)); // reallocate: push_str
            }
            rows.push(line); // reallocate: push
        }
        rows
    }

    /// Read words from a file, and draw the letters of all of them.
    pub fn warm(&mut self, path: &Path) -> io::Result<Box<[String]>> {
        let file = BufReader::new(File::open(path)?); // allocate: BufReader::new
        let mut words = <Vec<String>>::with_capacity(16); // allocate: Vec::with_capacity
        for line in file.lines() {
            let line = line?;
            words.extend(line.split(' ').map(String::from)); // reallocate: extend; allocate: String::from
        }
        for letter in words.concat().chars() { // allocate: concat
            self.get(letter);
        }
        words.shrink_to_fit(); // reallocate: shrink_to_fit
        Ok(words.into_boxed_slice()) // reallocate: into_boxed_slice
    }

    /// Say where the cache of a user is kept.
    pub fn place(home: &str) -> PathBuf {
        let place = (PathBuf::from(home)).join(".cache"); // allocate: PathBuf::from; allocate: join
        match std::env::var("GLYPH_CACHE") {
            Ok(name) => place.join(name.replace(' ', "_")), // allocate: join; allocate: replace
            Err(_) => place.with_extension("glyphs"), // allocate: with_extension
        }
    }
}

fn text(pixels: &[u8]) -> String {
    pixels
        .iter()
        .map(|shade| SHADES.as_bytes()[*shade as usize * SHADES.len() / 256] as char)
        .collect() // allocate: collect
}

/// Write how full a cache is, and hand the line back.
pub fn summary(cache: &Cache, out: &mut dyn Write) -> String {
    let line: String = "glyphs: ".into(); // allocate: into
    let owned = ToOwned::to_owned(&line) + &cache.glyphs.len().to_string(); // allocate: ToOwned::to_owned; allocate: to_string
    let count;
    count = owned.len();
    writeln!(out, "{count} {}", format!("{owned:>12}")).unwrap(); // allocate: format!
    owned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_every_row() {
        let mut cache = Cache::new(3);
        assert_eq!(cache.draw("a"), vec!["%%%".to_string(), "%%%".to_owned(), String::from("%%%")]); // allocate: vec!; allocate: to_string; allocate: to_owned; allocate: String::from
        assert!(cache.draw("").iter().all(|row| row.is_empty()), "{}", format!("{:?}", cache.recent)); // allocate: format!
    }
}

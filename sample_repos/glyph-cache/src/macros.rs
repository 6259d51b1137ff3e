//! Macros: what they are given and what they stand for is code.

/// Make a list of named sizes.
#[macro_export]
macro_rules! sizes {
    ($($name:expr => $size:expr),* $(,)?) => {{
        let mut found = Vec::new();
        // reallocate: push; allocate: Box::new; allocate: to_string
        $(found.push(Box::new(($name.to_string(), $size)));)*
        found
    }};
}

/// Write Rust, with the names that stand behind a sign put in.
#[macro_export]
macro_rules! template {
    ($($tokens:tt)*) => {
        stringify!($($tokens)*).to_string() // allocate: to_string
    };
}

/// Make text that makes a glyph.
pub fn constructor() -> String {
    template! {
        fn make(#name: &str) -> Box<Glyph> {
            let pixels = vec![0; #size]; // allocate: vec!
            Box::new(Glyph { name: #name.to_owned(), pixels }) // allocate: Box::new; allocate: to_owned
        }
    }
}

pub fn defaults() -> Vec<Box<(String, usize)>> {
    sizes! {
        "small" => 8,
        String::from("large") => vec![8, 16].iter().sum(), // allocate: String::from; allocate: vec!
    }
}

/// Macros in macros: the innermost is code like any other.
pub fn nested(large: bool) -> Vec<Vec<String>> {
    vec![vec![format!( // allocate: vec!; allocate: vec!; allocate: format!
        "{}",
        if large {
            String::from("large") // allocate: String::from
        } else {
            (sizes! { "one" => vec![1].len() })[0].0.repeat(2) // allocate: vec!; allocate: repeat
        }
    )]]
}

/// What a program without the standard library writes.
pub fn blank(size: usize) -> alloc::vec::Vec<u8> {
    let nothing: alloc::vec::Vec<u8> = alloc::vec![];
    if size == nothing.len() {
        return nothing;
    }
    alloc::vec![0; size] // allocate: alloc::vec!
}

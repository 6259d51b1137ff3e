//! What is drawn, and who holds it.

use std::borrow::Cow;
use std::rc::{self, Rc as Shared};
use std::sync::Arc;

use crate::size_of::{MallocSizeOf, Sizes};

/// Rows of pixels, from top to bottom.
pub type Pixels = Vec<u8>;

#[derive(Clone, Debug, PartialEq)]
pub enum Outline {
    Empty,
    Boxed(Box<Outline>),
    Lines(Arc<[u16]>),
}

#[derive(Clone)]
pub struct Glyph {
    pub name: String,
    pub outline: Outline,
    pub pixels: Shared<[u8]>,
}

impl MallocSizeOf for Glyph {
    fn size_of(&self, sizes: &mut Sizes) -> usize {
        sizes.note(self.name.capacity()) + sizes.note(self.pixels.len())
    }
}

/// Draw a letter as a filled box.
pub fn draw(letter: char, size: usize) -> Glyph {
    let mut pixels = Pixels::with_capacity(size * size); // allocate: Pixels::with_capacity
    let mut row = 0;
    loop {
        if row == size {
            break;
        }
        pixels.extend(std::iter::repeat(shade(letter)).take(size)); // reallocate: extend
        row += 1;
    }
    Glyph {
        name: letter.to_string(), // allocate: to_string
        outline: outline(letter, size),
        pixels: Shared::from(pixels), // allocate: Shared::from
    }
}

fn shade(letter: char) -> u8 {
    letter as u8 | 0x80
}

fn outline(letter: char, size: usize) -> Outline {
    match letter {
        ' ' => Outline::Empty,
        'o' => Outline::Boxed(Box::new(square(size))), // allocate: Box::new
        _ => square(size),
    }
}

fn square(size: usize) -> Outline {
    let corners = vec![0, 0, size as u16, size as u16]; // allocate: vec!
    Outline::Lines(Arc::from(corners)) // allocate: Arc::from
}

impl Glyph {
    pub fn blank(size: usize) -> rc::Rc<Self> {
        let pixels = vec![0; size * size]; // allocate: vec!
        let name = String::from("blank"); // allocate: String::from
        rc::Rc::new(Glyph { name, outline: Outline::Empty, pixels: Shared::from(pixels) }) // allocate: rc::Rc::new; allocate: Shared::from
    }

    /// Share the pixels, which copies nothing.
    pub fn share(&self) -> (Shared<[u8]>, Vec<Outline>) {
        (Shared::clone(&self.pixels), vec![])
    }

    pub fn title(&self) -> Cow<'_, str> {
        if self.name == " " {
            return Cow::Borrowed("space");
        }
        Cow::Owned(self.name.to_uppercase()) // allocate: to_uppercase
    }

    pub fn boxed(self) -> Box<Glyph> {
        Box::<Glyph>::new(self) // allocate: Box::new
    }

    /// Move every corner; whoever shares the outline keeps the old one.
    pub fn shift(&mut self, by: u16) {
        if let Outline::Lines(corners) = &mut self.outline {
            for corner in Arc::make_mut(corners) { // allocate: Arc::make_mut
                *corner += by;
            }
        }
    }
}

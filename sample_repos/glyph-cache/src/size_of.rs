//! How much memory a value holds on to.

pub trait MallocSizeOf {
    fn size_of(&self, sizes: &mut Sizes) -> usize;
}

#[derive(Default)]
pub struct Sizes {
    total: usize,
}

impl Sizes {
    pub fn note(&mut self, bytes: usize) -> usize {
        self.total += bytes;
        bytes
    }
}

impl MallocSizeOf for String {
    fn size_of(&self, sizes: &mut Sizes) -> usize {
        sizes.note(self.capacity())
    }
}

impl<T: MallocSizeOf> MallocSizeOf for Vec<T> {
    fn size_of(&self, sizes: &mut Sizes) -> usize {
        let own = sizes.note(self.capacity() * std::mem::size_of::<T>());
        own + self.iter().map(|item| item.size_of(sizes)).sum::<usize>()
    }
}

//! Undo and redo: states of something, in the order in which a person made them.
//!
//! It knows nothing of what the states are.

use std::collections::VecDeque;

/// So many steps can be undone.
const MOST: usize = 200;

/// A state with those before it and those that were undone.
#[derive(Debug, Clone)]
pub struct History<T> {
    past: VecDeque<T>,
    present: T,
    future: Vec<T>,
}

impl<T: Clone + PartialEq> History<T> {
    /// Begins with `present`.
    pub fn new(present: T) -> Self {
        Self { past: VecDeque::new(), present, future: Vec::new() }
    }

    /// How it is now.
    pub fn present(&self) -> &T {
        &self.present
    }

    /// A person has made it `next`; what was undone before is gone. Nothing happens where it is as it was.
    pub fn commit(&mut self, next: &T) {
        if *next == self.present {
            return;
        }
        if self.past.len() == MOST {
            self.past.pop_front();
        }
        self.past.push_back(std::mem::replace(&mut self.present, next.clone()));
        self.future.clear();
    }

    /// Goes one step back; `None` at the beginning.
    pub fn undo(&mut self) -> Option<&T> {
        let before = self.past.pop_back()?;
        self.future.push(std::mem::replace(&mut self.present, before));
        Some(&self.present)
    }

    /// Takes one step back, back; `None` where none was undone.
    pub fn redo(&mut self) -> Option<&T> {
        let after = self.future.pop()?;
        self.past.push_back(std::mem::replace(&mut self.present, after));
        Some(&self.present)
    }

    /// Whether there is something to undo, and something to redo.
    pub fn steps(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }
}

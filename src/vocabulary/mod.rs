//! The field's standard names as types: visemes, channels, expressions, bones, phones.
//!
//! Names only: what an avatar or a tool calls them is a table elsewhere.

mod bone;
mod channel;
mod expression;
pub mod phone;
mod viseme;

pub use bone::Bone;
pub use channel::Channel;
pub use expression::{Expression, ExpressionKind};
pub use phone::{Phone, PhoneKind};
pub use viseme::Viseme;

/// Defines a fieldless enum whose variants have fixed text names, with the table both ways.
macro_rules! names {
    ($(#[$meta:meta])* pub enum $type:ident { $($(#[$vmeta:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the variants are the standard's own names")]
        pub enum $type { $($(#[$vmeta])* $variant,)* }

        impl $type {
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();
            /// All, in index order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            const NAMES: &'static [&'static str] = &[$($name,)*];

            /// The standard's spelling.
            pub const fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }

            /// Its place in [`Self::ALL`].
            pub const fn index(self) -> usize {
                self as usize
            }

            /// By the standard's spelling; upper and lower case are the same.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::NAMES.iter().position(|n| n.eq_ignore_ascii_case(name)).map(|i| Self::ALL[i])
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
use names;

//! Types with finitely many values, which facts have.

/// A type with finitely many values.
pub trait Finite: Copy + Eq + 'static {
    /// Every value; the place of a value in this list is its index.
    const ALL: &'static [Self];
    /// The first value.
    const FIRST: Self;
    /// The name of every value, for people and tools; the engine never reads one, and only the compiler does.
    const NAMES: &'static [&'static str];

    /// The place of this value in [`Finite::ALL`].
    fn index(self) -> usize;

    /// The value with this index; the first one where there is none.
    #[must_use]
    fn at(index: usize) -> Self {
        Self::ALL.get(index).copied().unwrap_or(Self::FIRST)
    }
}

impl Finite for bool {
    const ALL: &'static [Self] = &[false, true];
    const FIRST: Self = false;
    const NAMES: &'static [&'static str] = &["no", "yes"];

    fn index(self) -> usize {
        usize::from(self)
    }
}

/// Says that an enum without data is finite.
macro_rules! finite_values {
    ( $name:ident { $first:ident $(, $variant:ident )* $(,)? } ) => {
        impl $crate::decide::finite::Finite for $name {
            const ALL: &'static [Self] = &[ Self::$first $(, Self::$variant )* ];
            const FIRST: Self = Self::$first;
                    const NAMES: &'static [&'static str] = &[ stringify!($first) $(, stringify!($variant) )* ];

            fn index(self) -> usize {
                self as usize
            }
        }
    };
}

/// Enums without data whose values are listed once.
macro_rules! finite {
    ( $( $(#[$doc:meta])* $name:ident { $( $(#[$variant_doc:meta])* $variant:ident ),+ $(,)? } )+ ) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum $name { $( $(#[$variant_doc])* $variant ),+ }

            finite_values!($name { $( $variant ),+ });
        )+
    };
}

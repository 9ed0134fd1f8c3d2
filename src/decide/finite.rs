//! Types with finitely many values, and the macros that list an engine's facts.

/// A type with finitely many values.
pub trait Finite: Copy + Eq + 'static {
    /// Every value.
    const ALL: &'static [Self];
}

impl Finite for bool {
    const ALL: &'static [Self] = &[false, true];
}

/// The value with the index that `pick` chooses.
pub(crate) fn select<T: Finite>(pick: &mut impl FnMut(usize) -> usize) -> T {
    let chosen = pick(T::ALL.len());
    match (T::ALL.get(chosen), T::ALL) {
        (Some(value), _) | (None, [value, ..]) => *value,
        (None, []) => select(pick),
    }
}

macro_rules! finite {
    ( $( $(#[$doc:meta])* $name:ident { $( $(#[$variant_doc:meta])* $variant:ident ),+ $(,)? } )+ ) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum $name { $( $(#[$variant_doc])* $variant ),+ }

            impl $crate::decide::finite::Finite for $name {
                const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];
            }
        )+
    };
}

macro_rules! facts {
    ( $asked:ident, $situation:ident; $( $(#[$doc:meta])* $name:ident: $type:ty, )+ ) => {
        /// Where an engine asks its questions. A situation answers from its fields; an explorer answers by
        /// following every value of a fact that is still open.
        pub trait $asked {
            $( $(#[$doc])* fn $name(&self) -> $type; )+
        }

        /// One situation: the answer to every question.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $situation {
            $( $(#[$doc])* pub $name: $type, )+
        }

        impl $asked for $situation {
            $( fn $name(&self) -> $type { self.$name } )+
        }

        impl $situation {
            /// A situation in which every fact has the value that `pick` chooses: it is given the number of values
            /// and answers with the index of one.
            #[must_use]
            pub fn choose(mut pick: impl FnMut(usize) -> usize) -> Self {
                Self { $( $name: $crate::decide::finite::select(&mut pick), )+ }
            }
        }
    };
}

//! The macros that list a shape.
//!
//! `words!` lists a closed set of words, `shape!` an object, `union!` objects that are told apart by a constant. A
//! member is listed with a word that says when it is there; see [`crate::input::describe::Presence`]:
//!
//! ```text
//! shape! {
//!     /// What it is.
//!     pub struct Session {
//!         /// The session's id.
//!         optional sid: String,
//!         /// The user.
//!         needed sub: String,
//!         /// How many accounts are signed in; 1 when absent.
//!         defaulted accounts: u64 as Accounts = 1,
//!     }
//! }
//! ```
//!
//! `as` names a [`crate::input::Codec`], `@ "where"` another name on the wire, `as "Name"` behind the type's name
//! another name in TypeScript, `: Copy Default` traits to derive, and `beside { ... }` keys that may be there and are not read.

/// A closed set of words on the wire.
macro_rules! words {
    (
        $(#[doc = $doc:literal])+
        pub enum $name:ident $(as $typescript:literal)? {
            $( $(#[doc = $variant_doc:literal])+ $variant:ident = $word:literal ),+ $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $( $(#[doc = $variant_doc])+ $variant ),+ }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];
        }

        spelled! {
            $(#[doc = $doc])+
            $name $(as $typescript)? {
                $( $(#[doc = $variant_doc])+ $variant = $word ),+
            }
        }

        impl $name {
            /// The word on the wire.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $word ),+ }
            }
        }
    };
}

/// The words for an enum that is declared elsewhere. The compiler says when one is missing.
macro_rules! spelled {
    (
        $(#[doc = $doc:literal])+
        $name:ident $(as $typescript:literal)? {
            $( $(#[doc = $variant_doc:literal])+ $variant:ident = $word:literal ),+ $(,)?
        }
    ) => {
        impl $crate::input::Shape for $name {
            const LAYOUT: $crate::input::layout::Layout = $crate::input::layout::Layout::Words(&[ $( $word ),+ ]);

            fn write(&self) -> $crate::input::Value {
                $crate::input::Value::from(match self { $( Self::$variant => $word ),+ })
            }

            fn decode(from: &mut $crate::input::wire::Decoder<'_>) -> Option<Self> {
                [ $( Self::$variant ),+ ].get(usize::from(from.byte()?)).copied()
            }

            fn encode(&self, to: &mut $crate::input::wire::Encoder) {
                order!( $( $variant ),+ );
                to.byte(match self { $( Self::$variant => Order::$variant as u8 ),+ });
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn describe() -> $crate::input::describe::Description {
                $crate::input::describe::Description::Words($crate::input::describe::Words {
                    name: typescript_name!($name $($typescript)?),
                    documentation: $crate::input::describe::paragraph(concat!($($doc, "\n"),+)),
                    words: vec![
                        $( ($word, $crate::input::describe::paragraph(concat!($($variant_doc, "\n"),+))) ),+
                    ],
                })
            }
        }

        written_by_serde!($name);
    };
}

/// An object on the wire.
macro_rules! shape {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident $(as $typescript:literal)? $(: $($derive:ident)+)? {
            $(
                $(#[doc = $member_doc:literal])+
                $presence:ident $field:ident $(@ $wire:literal)? : $type:ty $(as $codec:ty)? $(= $default:expr)?
            ),* $(,)?
        }
        $( beside { $( $beside:literal ),+ $(,)? } )?
        $( and $open:ident )?
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq $($(, $derive)+)?)]
        pub struct $name {
            $( $(#[doc = $member_doc])+ pub $field: member_type!($presence $type), )*
        }

        impl $name {
            /// Its members, in the order in which they cross the boundary.
            pub const OBJECT: $crate::input::layout::Object = $crate::input::layout::Object {
                members: &[ $(
                    member_layout!(wire_name!($field $($wire)?), $presence, $type, ($($codec)?)),
                )* ],
                beside: &[ $( $( $beside ),+ )? ],
                open: is_open!($($open)?),
                unassigned: false,
                known: &[],
            };
        }

        impl $crate::input::Shape for $name {
            const LAYOUT: $crate::input::layout::Layout = $crate::input::layout::Layout::Object(&Self::OBJECT);

            fn write(&self) -> $crate::input::Value {
                let mut written = $crate::input::Written::default();
                $( write_member!(
                    written, wire_name!($field $($wire)?), &self.$field, $presence, $type, ($($codec)?), ($($default)?)
                ); )*
                written.object()
            }

            fn decode(from: &mut $crate::input::wire::Decoder<'_>) -> Option<Self> {
                Some(Self {
                    $( $field: decode_member!(from, $presence, $type, ($($codec)?), ($($default)?)), )*
                })
            }

            fn encode(&self, to: &mut $crate::input::wire::Encoder) {
                $( encode_member!(to, &self.$field, $presence, $type, ($($codec)?), ($($default)?)); )*
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn describe() -> $crate::input::describe::Description {
                $crate::input::describe::Description::Object($crate::input::describe::Object {
                    name: typescript_name!($name $($typescript)?),
                    documentation: $crate::input::describe::paragraph(concat!($($doc, "\n"),+)),
                    members: vec![
                        $( describe_member!(
                            wire_name!($field $($wire)?), concat!($($member_doc, "\n"),+), $presence, $type, ($($codec)?)
                        ), )*
                    ],
                    beside: vec![ $( $( $beside ),+ )? ],
                    open: is_open!($($open)?),
                })
            }
        }

        written_by_serde!($name);
    };
}

/// Objects that are told apart by a constant, and by further ones behind `&`.
macro_rules! union {
    (
        $(#[doc = $doc:literal])+
        pub enum $name:ident $(as $typescript:literal)? by $tag:literal $(: $($derive:ident)+)? {
            $(
                $(#[doc = $variant_doc:literal])+
                $variant:ident = $word:literal $(& $constant:literal $value:literal)* $({
                    $(
                        $(#[doc = $member_doc:literal])+
                        $presence:ident $field:ident $(@ $wire:literal)? : $type:ty $(as $codec:ty)? $(= $default:expr)?
                    ),* $(,)?
                })?
            ),+ $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq $($(, $derive)+)?)]
        pub enum $name {
            $(
                $(#[doc = $variant_doc])+
                $variant $({ $( $(#[doc = $member_doc])+ $field: member_type!($presence $type), )* })?,
            )+
        }

        impl $crate::input::Shape for $name {
            const LAYOUT: $crate::input::layout::Layout =
                $crate::input::layout::Layout::Union(&$crate::input::layout::Union {
                    tag: $tag,
                    variants: &[ $(
                        $crate::input::layout::Variant {
                            constants: &[ ($tag, $word) $( , ($constant, $value) )* ],
                            members: &[ $( $(
                                member_layout!(wire_name!($field $($wire)?), $presence, $type, ($($codec)?)),
                            )* )? ],
                        },
                    )+ ],
                });

            fn write(&self) -> $crate::input::Value {
                let mut written = $crate::input::Written::default();
                match self {
                    $(
                        Self::$variant $({ $( $field ),* })? => {
                            written.put($tag, $word.into());
                            $( written.put($constant, $value.into()); )*
                            $( $( write_member!(
                                written, wire_name!($field $($wire)?), $field, $presence, $type, ($($codec)?),
                                ($($default)?)
                            ); )* )?
                        }
                    )+
                }
                written.object()
            }

            fn decode(from: &mut $crate::input::wire::Decoder<'_>) -> Option<Self> {
                order!( $( $variant ),+ );
                let number = from.byte()?;
                $(
                    if number == Order::$variant as u8 {
                        return Some(Self::$variant $({
                            $( $field: decode_member!(from, $presence, $type, ($($codec)?), ($($default)?)), )*
                        })?);
                    }
                )+
                None
            }

            fn encode(&self, to: &mut $crate::input::wire::Encoder) {
                order!( $( $variant ),+ );
                match self {
                    $(
                        Self::$variant $({ $( $field ),* })? => {
                            to.byte(Order::$variant as u8);
                            $( $( encode_member!(to, $field, $presence, $type, ($($codec)?), ($($default)?)); )* )?
                        }
                    )+
                }
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn describe() -> $crate::input::describe::Description {
                $crate::input::describe::Description::Union($crate::input::describe::Union {
                    name: typescript_name!($name $($typescript)?),
                    documentation: $crate::input::describe::paragraph(concat!($($doc, "\n"),+)),
                    tag: $tag,
                    variants: vec![
                        $( $crate::input::describe::Variant {
                            documentation: $crate::input::describe::paragraph(concat!($($variant_doc, "\n"),+)),
                            constants: vec![ ($tag, $word) $( , ($constant, $value) )* ],
                            members: vec![
                                $( $( describe_member!(
                                    wire_name!($field $($wire)?), concat!($($member_doc, "\n"),+), $presence, $type,
                                    ($($codec)?)
                                ), )* )?
                            ],
                        }, )+
                    ],
                })
            }
        }

        written_by_serde!($name);
    };
}

/// The writer of a shape is the only one; serde asks it.
macro_rules! written_by_serde {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&$crate::input::Shape::write(self), serializer)
            }
        }
    };
}

macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}

#[cfg(not(target_arch = "wasm32"))]
macro_rules! typescript_name {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $typescript:literal) => {
        $typescript
    };
}

macro_rules! member_type {
    (needed $type:ty) => { $type };
    (defaulted $type:ty) => { $type };
    (silent $type:ty) => { $type };
    (nullable $type:ty) => { Option<$type> };
    (optional $type:ty) => { Option<$type> };
    (optional_or_null $type:ty) => { Option<$type> };
    (assigned $type:ty) => { Option<$type> };
}

macro_rules! codec {
    () => {
        $crate::input::Plain
    };
    ($codec:ty) => {
        $codec
    };
}

macro_rules! write_member {
    ($written:ident, $name:expr, $value:expr, needed, $type:ty, ($($codec:ty)?), ()) => {
        $written.put($name, <codec!($($codec)?) as $crate::input::Codec<$type>>::write($value))
    };
    ($written:ident, $name:expr, $value:expr, defaulted, $type:ty, ($($codec:ty)?), ($default:expr)) => {
        $written.put($name, <codec!($($codec)?) as $crate::input::Codec<$type>>::write($value))
    };
    ($written:ident, $name:expr, $value:expr, silent, $type:ty, ($($codec:ty)?), ($default:expr)) => {
        if *$value != $default {
            $written.put($name, <codec!($($codec)?) as $crate::input::Codec<$type>>::write($value));
        }
    };
    ($written:ident, $name:expr, $value:expr, nullable, $type:ty, ($($codec:ty)?), ()) => {
        $written.put_or_null($name, $value.as_ref().map(<codec!($($codec)?) as $crate::input::Codec<$type>>::write))
    };
    ($written:ident, $name:expr, $value:expr, optional_or_null, $type:ty, ($($codec:ty)?), ()) => {
        $written.put_or_null($name, $value.as_ref().map(<codec!($($codec)?) as $crate::input::Codec<$type>>::write))
    };
    ($written:ident, $name:expr, $value:expr, $presence:ident, $type:ty, ($($codec:ty)?), ()) => {
        $written.put_if($name, $value.as_ref().map(<codec!($($codec)?) as $crate::input::Codec<$type>>::write))
    };
}

/// The places of the words or the objects in their list: by them they cross the boundary.
macro_rules! order {
    ( $( $variant:ident ),+ ) => {
        enum Order { $( $variant ),+ }
    };
}

macro_rules! member_layout {
    ($name:expr, $presence:ident, $type:ty, ($($codec:ty)?)) => {
        $crate::input::layout::Member {
            name: $name,
            flagged: flagged!($presence),
            assigned: is_assigned!($presence),
            layout: <codec!($($codec)?) as $crate::input::Codec<$type>>::LAYOUT,
        }
    };
}

macro_rules! is_assigned {
    (assigned) => {
        true
    };
    ($presence:ident) => {
        false
    };
}

macro_rules! is_open {
    () => {
        false
    };
    (others) => {
        true
    };
}

macro_rules! decode_member {
    ($from:ident, needed, $type:ty, ($($codec:ty)?), ()) => {
        <codec!($($codec)?) as $crate::input::Codec<$type>>::decode($from)?
    };
    ($from:ident, assigned, $type:ty, ($($codec:ty)?), ()) => {
        Some(<codec!($($codec)?) as $crate::input::Codec<$type>>::decode($from)?)
    };
    ($from:ident, $presence:ident, $type:ty, ($($codec:ty)?), ()) => {
        if $from.flag()? { Some(<codec!($($codec)?) as $crate::input::Codec<$type>>::decode($from)?) } else { None }
    };
    ($from:ident, $presence:ident, $type:ty, ($($codec:ty)?), ($default:expr)) => {
        if $from.flag()? { <codec!($($codec)?) as $crate::input::Codec<$type>>::decode($from)? } else { $default }
    };
}

macro_rules! encode_member {
    ($to:ident, $value:expr, needed, $type:ty, ($($codec:ty)?), ()) => {
        <codec!($($codec)?) as $crate::input::Codec<$type>>::encode($value, $to)
    };
    // The server assigns it, the engine never writes it.
    ($to:ident, $value:expr, assigned, $type:ty, ($($codec:ty)?), ()) => {
        let _assigned = $value;
    };
    ($to:ident, $value:expr, silent, $type:ty, ($($codec:ty)?), ($default:expr)) => {
        $to.flag(*$value != $default);
        if *$value != $default {
            <codec!($($codec)?) as $crate::input::Codec<$type>>::encode($value, $to);
        }
    };
    ($to:ident, $value:expr, $presence:ident, $type:ty, ($($codec:ty)?), ($default:expr)) => {
        $to.flag(true);
        <codec!($($codec)?) as $crate::input::Codec<$type>>::encode($value, $to)
    };
    ($to:ident, $value:expr, $presence:ident, $type:ty, ($($codec:ty)?), ()) => {
        $to.flag($value.is_some());
        if let Some(value) = $value {
            <codec!($($codec)?) as $crate::input::Codec<$type>>::encode(value, $to);
        }
    };
}

#[cfg(not(target_arch = "wasm32"))]
macro_rules! describe_member {
    ($name:expr, $doc:expr, $presence:ident, $type:ty, ($($codec:ty)?)) => {
        $crate::input::describe::Member {
            name: $name,
            documentation: $crate::input::describe::paragraph($doc),
            presence: presence!($presence),
            flagged: flagged!($presence),
            shape: <codec!($($codec)?) as $crate::input::Codec<$type>>::describe(),
        }
    };
}

macro_rules! flagged {
    (needed) => {
        false
    };
    (assigned) => {
        false
    };
    ($presence:ident) => {
        true
    };
}

#[cfg(not(target_arch = "wasm32"))]
macro_rules! presence {
    (needed) => {
        $crate::input::describe::Presence::Needed
    };
    (nullable) => {
        $crate::input::describe::Presence::Nullable
    };
    (optional) => {
        $crate::input::describe::Presence::Optional
    };
    (optional_or_null) => {
        $crate::input::describe::Presence::OptionalOrNull
    };
    (assigned) => {
        $crate::input::describe::Presence::Assigned
    };
    (defaulted) => {
        $crate::input::describe::Presence::Defaulted
    };
    (silent) => {
        $crate::input::describe::Presence::Silent
    };
}

//! What a knob is, and the two macros that make one.

/// A value of a knob as it is written in a policy: a JSON boolean or a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptionValue {
    /// `true` or `false`.
    Flag(bool),
    /// A word, as on the wire.
    Word(&'static str),
}

/// One value that a knob can take.
#[derive(Clone, Copy, Debug)]
pub struct KnobOption {
    /// The value as it is written.
    pub value: OptionValue,
    /// What it means.
    pub meaning: &'static str,
}

/// Knobs that belong together, for display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// How the request asks, and the words of the answer.
    Vocabulary,
    /// Consent to offline access.
    OfflineConsent,
    /// Approval without a page.
    Approval,
    /// Incremental authorization and grants.
    Incremental,
    /// The session, and what ends a token.
    Session,
    /// Prompts and errors.
    Errors,
    /// Settings of single vendors.
    Vendor,
}

impl Group {
    /// The name as it is published.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vocabulary => "vocabulary",
            Self::OfflineConsent => "offline_consent",
            Self::Approval => "approval",
            Self::Incremental => "incremental",
            Self::Session => "session",
            Self::Errors => "errors",
            Self::Vendor => "vendor",
        }
    }
}

/// A question on which the sources differ.
#[derive(Clone, Copy, Debug)]
pub struct Knob {
    /// Stable id.
    pub id: &'static str,
    /// Where it is displayed.
    pub group: Group,
    /// The question that it answers.
    pub question: &'static str,
    /// What the sources say on each side.
    pub evidence: &'static str,
    /// The values that it can take.
    pub options: &'static [KnobOption],
    /// The value where neither a profile nor the caller sets one.
    pub default: OptionValue,
}

/// A type whose values are those of one knob.
pub trait KnobValue: Copy + Eq + 'static {
    /// The knob's id.
    const ID: &'static str;
    /// The knob's description.
    const KNOB: &'static Knob;
    /// Every value, in the order of the options.
    const ALL: &'static [Self];
    /// Every value as it is written, in the same order.
    const WRITTEN: &'static [OptionValue];
    /// The value where nothing sets one.
    const DEFAULT: Self;
    /// This value as it is written.
    fn option(self) -> OptionValue;
    /// The value that is written so.
    #[must_use]
    fn from_option(option: OptionValue) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.option() == option)
    }
}

macro_rules! flag_or_word {
    (true) => {
        $crate::policy::knobs::definition::OptionValue::Flag(true)
    };
    (false) => {
        $crate::policy::knobs::definition::OptionValue::Flag(false)
    };
    ($word:literal) => {
        $crate::policy::knobs::definition::OptionValue::Word($word)
    };
}

/// Defines one knob: an enum with its question, its evidence and the meaning of each value.
macro_rules! knob {
    (
        $name:ident = $id:literal in $group:ident,
        question: $question:literal,
        evidence: $evidence:literal,
        { $( $variant:ident = $value:tt: $meaning:literal ),+ $(,)? },
        default: $default:ident
    ) => {
        #[doc = $question]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $( #[doc = $meaning] $variant, )+
        }

        impl $crate::policy::knobs::definition::KnobValue for $name {
            const ID: &'static str = $id;
            const KNOB: &'static $crate::policy::knobs::definition::Knob = &$crate::policy::knobs::definition::Knob {
                id: $id,
                group: $crate::policy::knobs::definition::Group::$group,
                question: $question,
                evidence: $evidence,
                options: &[ $( $crate::policy::knobs::definition::KnobOption { value: flag_or_word!($value), meaning: $meaning } ),+ ],
                default: $name::$default.as_written(),
            };
            const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];
            const WRITTEN: &'static [$crate::policy::knobs::definition::OptionValue] = &[ $( flag_or_word!($value) ),+ ];
            const DEFAULT: Self = Self::$default;
            fn option(self) -> $crate::policy::knobs::definition::OptionValue {
                self.as_written()
            }
        }

        impl $name {
            const fn as_written(self) -> $crate::policy::knobs::definition::OptionValue {
                match self { $( Self::$variant => flag_or_word!($value) ),+ }
            }
        }
    };
}

/// Lists all knobs: the struct that holds a policy's values, and access to them by id.
macro_rules! knobs {
    ( $( $field:ident: $type:ident, )+ ) => {
        /// The value of every knob.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct Knobs {
            $( #[doc = concat!("See [`", stringify!($type), "`].")] pub $field: $type, )+
        }

        /// One knob with one value.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum KnobSetting {
            $( #[doc = concat!("See [`", stringify!($type), "`].")] $type($type), )+
        }

        /// Every knob, in the order of the catalogue.
        pub const KNOBS: &[&Knob] = &[ $( <$type as KnobValue>::KNOB ),+ ];

        impl Default for Knobs {
            fn default() -> Self {
                Self { $( $field: <$type as KnobValue>::DEFAULT ),+ }
            }
        }

        impl Knobs {
            /// Gives one knob another value.
            pub fn set(&mut self, setting: KnobSetting) {
                match setting { $( KnobSetting::$type(value) => self.$field = value ),+ }
            }

            /// Every knob with its value.
            #[must_use]
            pub fn settings(&self) -> Vec<KnobSetting> {
                vec![ $( KnobSetting::$type(self.$field) ),+ ]
            }
        }

        impl KnobSetting {
            /// The id of the knob that is set. The description stays out of the engine, which never reads it.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $( Self::$type(_) => <$type as KnobValue>::ID ),+ }
            }

            /// The place of the knob in the catalogue, and of the value among the knob's.
            const fn places(self) -> (usize, usize) {
                match self { $( Self::$type(value) => (Place::$type as usize, value as usize) ),+ }
            }

            /// The setting at these places.
            fn at(knob: usize, value: usize) -> Option<Self> {
                $( if knob == Place::$type as usize {
                    return <$type as KnobValue>::ALL.get(value).copied().map(Self::$type);
                } )+
                None
            }

            /// The value as it is written.
            #[must_use]
            pub fn option(self) -> OptionValue {
                let (knob, value) = self.places();
                let written = WRITTEN.get(knob).and_then(|(_, written)| written.get(value));
                written.copied().unwrap_or(OptionValue::Flag(false))
            }

            /// Every value of every knob, in the order of the catalogue.
            pub fn every() -> impl Iterator<Item = Self> {
                let knobs = WRITTEN.iter().enumerate();
                knobs.flat_map(|(knob, (_, written))| (0..written.len()).filter_map(move |value| Self::at(knob, value)))
            }

            /// All settings of the knob with this id, in the order of its options; empty when there is no such knob.
            #[must_use]
            pub fn all(id: &str) -> Vec<Self> {
                let found = WRITTEN.iter().enumerate().find(|(_, (known, _))| *known == id);
                found.map_or_else(Vec::new, |(knob, (_, written))| {
                    (0..written.len()).filter_map(|value| Self::at(knob, value)).collect()
                })
            }
        }

        /// The places of the knobs in the catalogue.
        enum Place { $( $type ),+ }

        /// The id of each knob, and its values as they are written, in the order of the catalogue.
        static WRITTEN: &[(&str, &[OptionValue])] =
            &[ $( (<$type as KnobValue>::ID, <$type as KnobValue>::WRITTEN) ),+ ];
    };
}

//! OpenID Connect Messages as of 27 December 2012, which took over the text of issue #539, comment 6.
//! Core softened it in May and June 2013.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, stated};
use crate::sources::{Citation, ISSUE_539, OPENID_MESSAGES_2012};

const COMMENT_6: Citation = ISSUE_539.at("comment 6 (G. Fletcher)", "");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "openid-draft-2012",
    kind: ProfileKind::History,
    about: about("OpenID Connect, draft of December 2012", "The strict first text: saved consent never suffices for offline_access.", &[COMMENT_6, OPENID_MESSAGES_2012.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::NoCodeReason(NoCodeReason::ImplicitFlow), &[COMMENT_6]),
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::Ignore), &[COMMENT_6]),
        stated(KnobSetting::SavedConsentIsCondition(SavedConsentIsCondition::No), &[COMMENT_6]),
        stated(KnobSetting::ApplyToPlainOauth(ApplyToPlainOauth::Yes), &[COMMENT_6]),
    ],
};

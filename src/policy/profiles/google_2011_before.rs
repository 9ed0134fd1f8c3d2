//! Google, as the announcement of November 2011 describes the behaviour that it ends.

use crate::policy::knobs::*;
use crate::policy::profile::{ACCESS_TOKEN_ENDS, CODE_ENDS, Profile, ProfileKind, about, inferred, stated};
use crate::sources::{Citation, GOOGLE_2011};

const CHANGE_1: Citation = GOOGLE_2011.at("change 1", "");
const CHANGE_2: Citation = GOOGLE_2011.at("change 2", "");
const CHANGE_3: Citation = GOOGLE_2011.at("change 3", "");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "google-2011-before",
    kind: ProfileKind::History,
    about: about("Google, before 7 December 2011", "Every visit asks, and every code gives a long-lived refresh token.", &[GOOGLE_2011.whole()]),
    base: None,
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::None), &[CHANGE_2]),
        inferred(
            KnobSetting::PromptVocabulary(PromptVocabulary::None),
            "The announcement knows no prompt parameter, and every visit asked anyway.",
        ),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::Yes), &[CHANGE_2]),
        stated(KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::UntilRevoked), &[CHANGE_2]),
        stated(KnobSetting::OfflineRefreshTokenLifetime(OfflineRefreshTokenLifetime::LongLived), &[CHANGE_2]),
        inferred(
            KnobSetting::OfflineNotice(OfflineNotice::Never),
            "That the screen tells of offline access is new with change 2.",
        ),
        stated(KnobSetting::AutoApproval(AutoApproval::No), &[CHANGE_3]),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Always),
            "The announcement makes no difference between public and confidential clients.",
        ),
        stated(KnobSetting::ClientSideErrors(ClientSideErrors::Query), &[CHANGE_1]),
        ACCESS_TOKEN_ENDS,
        CODE_ENDS,
    ],
};

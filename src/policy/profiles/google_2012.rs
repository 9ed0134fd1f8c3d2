//! Google, as Breno described its four principles in issue #539.

use crate::policy::knobs::*;
use crate::policy::profile::{ACCESS_TOKEN_ENDS, CODE_ENDS, Profile, ProfileKind, about, inferred, stated};
use crate::sources::{Citation, GRIVE_7, ISSUE_539};

const COMMENT_2: Citation = ISSUE_539.at("comment 2 (Breno)", "");
const PRINCIPLE_1: Citation = ISSUE_539.at("comment 2 (Breno), principle 1", "");
const PRINCIPLE_2: Citation = ISSUE_539.at("comment 2 (Breno), principle 2", "");
const PRINCIPLE_3: Citation = ISSUE_539.at("comment 2 (Breno), principle 3", "");
const PRINCIPLE_4: Citation = ISSUE_539.at("comment 2 (Breno), principle 4", "");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "google-2012",
    kind: ProfileKind::History,
    about: about("Google, 2012: auto-approval wins", "A refresh token only when the user was just asked; installed apps are always asked.", &[COMMENT_2, ISSUE_539.at("comment 3 (N. Sakimura)", "")]),
    base: None,
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::AccessType), &[COMMENT_2]),
        stated(KnobSetting::ForeignAccessScope(ForeignAccessScope::ErrorPage), &[GRIVE_7.whole()]),
        stated(KnobSetting::PromptVocabulary(PromptVocabulary::AutoForce), &[COMMENT_2]),
        stated(KnobSetting::NoCodeReason(NoCodeReason::NotCodeFlow), &[COMMENT_2]),
        stated(KnobSetting::AutoApprovalReason(AutoApprovalReason::AutoApprovalWins), &[PRINCIPLE_4]),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No), &[PRINCIPLE_2]),
        stated(KnobSetting::OfflineRefreshTokenLifetime(OfflineRefreshTokenLifetime::UntilRevoked), &[PRINCIPLE_3]),
        stated(KnobSetting::NativeOfflineByDefault(NativeOfflineByDefault::Yes), &[PRINCIPLE_1]),
        stated(KnobSetting::AutoApproval(AutoApproval::Yes), &[PRINCIPLE_2]),
        stated(
            KnobSetting::NativeAutoApproval(NativeAutoApproval::No),
            &[PRINCIPLE_1, ISSUE_539.at("comment 3 (N. Sakimura)", "")],
        ),
        stated(KnobSetting::RefreshTokenOnAutoApproval(RefreshTokenOnAutoApproval::Never), &[PRINCIPLE_3, PRINCIPLE_4]),
        inferred(
            KnobSetting::NewScopeUnderAutoApproval(NewScopeUnderAutoApproval::PromptForNew),
            "Comment 2 speaks of access granted to the application; principle 3 and every other source want consent \
                to what is new.",
        ),
        stated(KnobSetting::PublicAutoApproval(PublicAutoApproval::Always), &[COMMENT_2]),
        stated(KnobSetting::ClientSideAutoApproval(ClientSideAutoApproval::Yes), &[COMMENT_2]),
        inferred(
            KnobSetting::AccessTypeOnNative(AccessTypeOnNative::Ignore),
            "Comment 2 offers the parameters to web applications; principle 1 gives installed ones offline access by \
                default.",
        ),
        inferred(
            KnobSetting::AccessTypeOfflineInTokenFlow(AccessTypeOfflineInTokenFlow::Ignore),
            "Comment 2 calls the value legal in the code flow only, but sets it aside in silence where a request is \
                auto-approved.",
        ),
        stated(KnobSetting::RevocationCascadesToGrant(RevocationCascadesToGrant::Yes), &[COMMENT_2]),
        stated(KnobSetting::UserRevocationClearsConsent(UserRevocationClearsConsent::Yes), &[COMMENT_2]),
        ACCESS_TOKEN_ENDS,
        CODE_ENDS,
    ],
};

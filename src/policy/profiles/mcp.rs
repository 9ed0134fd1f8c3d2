//! Model Context Protocol, authorization of 2026-07-28.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, inferred, stated};
use crate::sources::{MCP_AUTHORIZATION, MCP_BEST_PRACTICES, MCP_SECURITY, OAUTH_21, SEP_2207};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "mcp",
    kind: ProfileKind::Standard,
    about: about("Model Context Protocol, authorization 2026-07-28", "Public clients rotate, a refresh token needs its registered grant type, and a loopback client is asked every time.", &[MCP_AUTHORIZATION.whole(), MCP_SECURITY.whole(), SEP_2207.whole()]),
    base: Some(&super::security_bcp::PROFILE),
    settings: &[
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::Public), &[MCP_SECURITY.at("Token Theft", "")]),
        stated(KnobSetting::UnregisteredRefreshGrant(UnregisteredRefreshGrant::Ignore), &[MCP_AUTHORIZATION.at("Refresh Tokens", ""), SEP_2207.at("Rationale", "")]),
        stated(KnobSetting::RequirePkcePublic(RequirePkcePublic::AllClients), &[OAUTH_21.at("section 4.1.1", ""), MCP_SECURITY.at("Authorization Code Protection", "")]),
        stated(KnobSetting::AllowImplicit(AllowImplicit::CodeOnly), &[OAUTH_21.at("section 4.1.1", ""), OAUTH_21.at("section 4.1.2.1", "")]),
        stated(KnobSetting::AdmittedRedirectUris(AdmittedRedirectUris::HttpsOrLoopback), &[MCP_SECURITY.at("Communication Security", ""), MCP_SECURITY.at("Open Redirection", "")]),
        stated(KnobSetting::RedirectNotice(RedirectNotice::HostAndLoopback), &[MCP_SECURITY.at("Localhost Redirect URI Risks", "")]),
        stated(KnobSetting::UnknownScope(UnknownScope::Ignore), &[MCP_BEST_PRACTICES.at("Scope Minimization", "")]),
        stated(KnobSetting::WiderScopeAtRefresh(WiderScopeAtRefresh::Error), &[OAUTH_21.at("section 4.3.1", "")]),
        inferred(KnobSetting::PromptConsentWithCondition(PromptConsentWithCondition::Satisfied), "The SDK sends prompt=consent whenever it asks for offline_access, and no person meant it."),
        inferred(KnobSetting::PublicAutoApproval(PublicAutoApproval::ExactHttps), "A client ID metadata document proves a domain, which an exact https redirect URI belongs to."),
        inferred(KnobSetting::LoopbackAutoApproval(LoopbackAutoApproval::Never), "A loopback redirect URI proves no program."),
        inferred(KnobSetting::RememberedConsentBinding(RememberedConsentBinding::RedirectUri), "The page showed one host; consent was given for that one."),
    ],
};

//! Which registered redirect URI admits which requested one, and what that proves.

#![cfg(not(target_arch = "wasm32"))]

use grantwise::input::Text;
use grantwise::oauth::redirect::{RedirectProof, admitting, proof};

/// Simple string comparison, but for the port of a loopback address and one label of a wildcard host.
#[test]
fn a_registered_redirect_uri_admits_itself_and_little_else() {
    let cases = [
        ("https://client.example/cb", "https://client.example/cb", true),
        ("https://client.example/cb", "https://client.example/cb/", false),
        ("https://client.example/cb", "https://client.example/CB", false),
        ("https://client.example/cb", "https://client.example/cb?x=1", false),
        ("https://client.example/cb", "https://client.example/cb#x", false),
        ("https://client.example/cb", "https://client.example:8443/cb", false),
        ("https://client.example/cb", "https://client.example.evil.example/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb", true),
        ("http://127.0.0.1/cb", "http://127.0.0.1:49152/other", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:49152@evil.example/cb", false),
        ("http://127.0.0.1/cb", "http://localhost:49152/cb", false),
        ("http://127.0.0.1/cb", "https://127.0.0.1:49152/cb", false),
        ("http://[::1]/cb", "http://[::1]:49152/cb", true),
        ("http://localhost:3000/cb", "http://localhost:3001/cb", false),
        ("https://*.client.example/cb", "https://app.client.example/cb", true),
        ("https://*.client.example/cb", "https://client.example/cb", false),
        ("https://*.client.example/cb", "https://a.b.client.example/cb", false),
        ("https://*.client.example/cb", "https://evil.example/.client.example/cb", false),
        ("https://*.client.example/cb", "https://app.client.example/other", false),
        ("https://*.client.example/cb", "http://app.client.example/cb", false),
        ("com.example.app:/cb", "com.example.app:/cb", true),
        ("javascript:alert(1)", "javascript:alert(1)", false),
        ("https://client.example/c\nb", "https://client.example/c\nb", false),
    ];
    for (registered, requested, expected) in cases {
        assert_eq!(admitting(&[Text::from(registered)], requested).is_some(), expected, "{registered} and {requested}");
    }
}

/// RFC 8252, section 8.6, and OAuth 2.0 for Browser-Based Applications, section 6.3.3.2.
#[test]
fn only_an_exact_https_address_proves_something() {
    assert_eq!(proof("https://client.example/cb", false), RedirectProof::ExactHttps);
    assert_eq!(proof("https://client.example/cb", true), RedirectProof::ClaimedHttps);
    assert_eq!(proof("https://*.client.example/cb", true), RedirectProof::Nothing);
    assert_eq!(proof("com.example.app:/cb", true), RedirectProof::Nothing);
    for local in ["http://127.0.0.1/cb", "http://localhost:3000/cb", "https://localhost/cb"] {
        assert_eq!(proof(local, false), RedirectProof::Localhost);
    }
}

//! Responses on their way: nothing that is put into a parameter breaks out of its place.

use grantwise::authorize::{form, location};
use grantwise::input::Value;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::calls::{Call, REDIRECT_URIS, call};
use crate::input::{at, cases, handed_over, items, text};

/// Values that try to break out of a header, a URL, an attribute or a script.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"><script>alert(1)</script>".to_owned()),
        Just("'\r\nSet-Cookie: a=b\r\n\r\n".to_owned()),
        Just("&code=stolen#access_token=stolen".to_owned()),
        Just("?&=%26%3d%0d%0a".to_owned()),
        Just("\u{2028}\u{202e}\0é".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

/// A call whose values are hostile wherever a client may choose them.
fn attack() -> impl Strategy<Value = (Call, String)> {
    (call(), hostile(), hostile(), proptest::option::of(hostile())).prop_map(|(mut call, minted, state, other)| {
        call.parameters.retain(|(name, _)| name != "state");
        call.parameters.push(("state".to_owned(), state));
        for (name, value) in &mut call.parameters {
            if let Some(other) = other.as_ref().filter(|_| matches!(name.as_str(), "nonce" | "grant_id" | "launch")) {
                value.clone_from(other);
            }
        }
        // So that enough of them come to an answer.
        call.answers.retain(|answer| text(answer, "screen") != "consent" || text(answer, "result") == "approved");
        (call, minted)
    })
}

/// What the response has to say: what was minted, the error, state and issuer, each once.
fn expected(call: &Call, decision: &Json, minted: &str) -> Vec<(String, String)> {
    let mut expected = Vec::new();
    for name in items(decision, "response.mint").iter().filter_map(Json::as_str) {
        expected.push((name.to_owned(), format!("{name}{minted}")));
        if name == "access_token" {
            expected.push(("token_type".to_owned(), "Bearer".to_owned()));
            if let Some(seconds) = at(decision, "tokens.front_channel.access_token.expires_in").as_u64() {
                expected.push(("expires_in".to_owned(), seconds.to_string()));
            }
        }
    }
    if let [state] = call.sent("state").as_slice() {
        expected.push(("state".to_owned(), (*state).to_owned()));
    }
    if let Some(issuer) = at(&call.overrides, "issuer").as_str() {
        expected.push(("iss".to_owned(), issuer.to_owned()));
    }
    if text(decision, "outcome") == "error" {
        if let Some(code) = at(decision, "error.code").as_str() {
            expected.push(("error".to_owned(), code.to_owned()));
        }
        expected.push(("error_description".to_owned(), text(decision, "error.description").to_owned()));
    } else if let Some(scope) = at(decision, "response.scope").as_str() {
        expected.push(("scope".to_owned(), scope.to_owned()));
        assert_eq!(scope, text(decision, "tokens.front_channel.access_token.scope"));
    }
    expected.sort();
    expected
}

fn minted(decision: &Json, value: &str) -> Value {
    let names = items(decision, "response.mint").iter().filter_map(Json::as_str);
    handed_over(&Json::Object(
        names.map(|name| (name.to_owned(), json!(format!("{name}{value}")))).collect::<Map<_, _>>(),
    ))
}

/// Reads `name=value&name=value`, and accepts nothing but unreserved characters and percent-encoded bytes.
fn strictly_parsed(text: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for pair in text.split('&') {
        let (name, value) = pair.split_once('=')?;
        pairs.push((strictly_decoded(name)?, strictly_decoded(value)?));
    }
    pairs.sort();
    Some(pairs)
}

fn strictly_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.chars();
    while let Some(letter) = rest.next() {
        match letter {
            '%' => {
                let digits: String = rest.by_ref().take(2).filter(char::is_ascii_hexdigit).collect();
                bytes.push(u8::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 2)?);
            }
            _ if letter.is_ascii_alphanumeric() || "-._~".contains(letter) => bytes.push(u8::try_from(letter).ok()?),
            _ => return None,
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether a text has only characters that a URL may have (RFC 3986, section 2): no space, line break, quote or bracket.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&()*+,;=%".contains(&byte))
}

/// Whether an address is registered, or one that a registered one stands for.
fn is_registered(address: &str) -> bool {
    let port = |address: &str| {
        let rest = address.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix("/cb"));
        rest.is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let label = |address: &str| {
        let rest = address.strip_prefix("https://").and_then(|rest| rest.strip_suffix(".preview.example/cb"));
        rest.is_some_and(|label| {
            !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
    };
    REDIRECT_URIS.contains(&address) || port(address) || label(address)
}

/// The names and values of a form's fields, read from its page; none when something is out of place.
fn fields_of_page(html: &str, action: &str) -> Option<Vec<(String, String)>> {
    let (_, rest) = html.split_once("<form method=\"post\" action=\"")?;
    let (address, rest) = rest.split_once("\">")?;
    if unescaped(address)? != action {
        return None;
    }
    let (mut inputs, after) = rest.split_once("<noscript>")?;
    let mut fields = Vec::new();
    while !inputs.is_empty() {
        let rest = inputs.strip_prefix("<input type=\"hidden\" name=\"")?;
        let (name, rest) = rest.split_once("\" value=\"")?;
        let (value, rest) = rest.split_once("\">")?;
        fields.push((unescaped(name)?, unescaped(value)?));
        inputs = rest;
    }
    // What follows is the same whatever was sent.
    (after.matches('<').count() == 10).then_some(())?;
    fields.sort();
    Some(fields)
}

/// The text of an attribute; none when a character stands there that must be escaped.
fn unescaped(text: &str) -> Option<String> {
    if text.contains(['<', '>', '"', '\'']) {
        return None;
    }
    let mut parts = text.split('&');
    let mut plain = parts.next()?.to_owned();
    for part in parts {
        let (entity, rest) = part.split_once(';')?;
        plain.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            _ => return None,
        });
        plain.push_str(rest);
    }
    Some(plain)
}

proptest! {
    #![proptest_config(cases(1500))]

    /// A response goes to a redirect URI that is registered, with its scheme, host, path and query, and nowhere else.
    /// It carries exactly what it has to say, each parameter once, percent-encoded: no line break, quote or bracket.
    #[test]
    fn a_redirect_carries_what_it_has_to_say_and_nothing_else((call, value) in attack()) {
        let decision = call.decision()?;
        if at(&decision, "response").is_null() {
            return Ok(());
        }
        let redirect_uri = text(&decision, "response.redirect_uri");
        prop_assert!(is_registered(redirect_uri), "{}", redirect_uri);
        let expected = expected(&call, &decision, &value);
        let (given, minted) = (handed_over(&decision), minted(&decision, &value));
        match text(&decision, "response.placement") {
            "form_post" => {
                prop_assert!(location(&given, &minted).is_err());
                let form = form(&given, &minted, &Value::Null)?;
                prop_assert_eq!(&form.action, redirect_uri);
                let mut fields: Vec<(String, String)> =
                    form.fields.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
                fields.sort();
                prop_assert_eq!(&fields, &expected);
                prop_assert_eq!(fields_of_page(&form.html, redirect_uri), Some(expected), "{}", form.html);
            }
            placement => {
                prop_assert!(form(&given, &minted, &Value::Null).is_err());
                let location = location(&given, &minted)?;
                prop_assert!(is_plain(&location), "{}", location);
                let separator = match (placement, redirect_uri.contains('?')) {
                    ("fragment", _) => '#',
                    (_, true) => '&',
                    (_, false) => '?',
                };
                if expected.is_empty() {
                    prop_assert_eq!(location.trim_end_matches('#'), redirect_uri);
                } else {
                    let said = location.strip_prefix(redirect_uri).and_then(|rest| rest.strip_prefix(separator));
                    prop_assert_eq!(said.and_then(strictly_parsed), Some(expected), "{}", location);
                }
            }
        }
    }

    /// An ID Token of the front channel comes with the claims that are known, and is bound to all that is minted beside
    /// it.
    #[test]
    fn an_id_token_of_the_front_channel_is_bound_to_what_is_beside_it(call in call()) {
        let decision = call.decision()?;
        let minted = items(&decision, "response.mint");
        let id_token = at(&decision, "response.id_token");
        prop_assert_eq!(id_token.is_object(), minted.contains(&json!("id_token")), "{}", decision);
        if id_token.is_null() {
            return Ok(());
        }
        for (beside, hash) in [("code", "c_hash"), ("access_token", "at_hash")] {
            prop_assert_eq!(items(id_token, "hashes").contains(&json!(hash)), minted.contains(&json!(beside)));
        }
        let claims = at(id_token, "claims");
        prop_assert_eq!(at(claims, "iat"), &json!(crate::calls::NOW));
        prop_assert_eq!(at(claims, "aud"), at(&call.client, "client_id"));
        prop_assert_eq!(at(claims, "iss"), at(&call.overrides, "issuer"));
        let nonce = call.sent("nonce");
        prop_assert_eq!(at(claims, "nonce").as_str(), nonce.first().copied().filter(|nonce| !nonce.is_empty()));
        prop_assert!(!claims.as_object().into_iter().flatten().any(|(_, claim)| claim.is_null()), "{}", claims);
    }

    /// Tokens never travel in a query, but where the knob for hybrid responses says so, as one server was measured to.
    #[test]
    fn no_token_in_a_query(call in call()) {
        let decision = call.decision()?;
        let plain_code = items(&decision, "trace").iter().any(|entry| text(entry, "rule") == "tokens.plain_code");
        if text(&decision, "response.placement") == "query" && !plain_code {
            let minted = items(&decision, "response.mint");
            prop_assert!(!minted.contains(&json!("access_token")) && !minted.contains(&json!("id_token")));
        }
    }
}

//! The response on its way: a redirect, or a form that the browser posts.

use super::decision::{AuthorizeResponse, Mint};
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Codec, Misuse, MisuseCode, Node, Shape, Text, Value};
use crate::oauth::error::Placement;
use crate::oauth::parameters::{encode, encode_address};

shape! {
    /// A page that posts the response (OAuth 2.0 Form Post Response Mode 1.0).
    pub struct FormPost {
        /// The redirect URI.
        needed action: Text,
        /// Names and values.
        needed fields: Vec<(Text, Text)> as Dictionary,
        /// A complete, escaped HTML page; it posts itself where scripts run, and shows a button where not.
        needed html: Text,
        /// The hash of the page's one script, for a Content-Security-Policy: `script-src 'sha256-...'`.
        needed script_hash: Text,
    }
}

shape! {
    /// What the server minted.
    pub struct Minted: Default {
        /// An authorization code.
        optional code: Text,
        /// An access token.
        optional access_token: Text,
        /// An ID Token.
        optional id_token: Text,
    }
}

shape! {
    /// What a page of a form depends on beside its content.
    pub struct FormOptions: Default {
        /// The nonce of the response's Content-Security-Policy, for the page's one script.
        optional nonce: Text,
    }
}

/// The script of a form's page: always the same, so that a policy can name its hash.
const SCRIPT: &str = "document.forms[0].submit()";
/// Of that script, in base64.
const SCRIPT_HASH: &str = "sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE=";

/// Names with their values, in an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dictionary;

impl Codec<Vec<(Text, Text)>> for Dictionary {
    const LAYOUT: Layout = Layout::Dictionary;

    fn write(value: &Vec<(Text, Text)>) -> Value {
        Value::Members(value.iter().map(|(name, text)| (name.clone(), Value::Text(text.clone()))).collect())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Vec<(Text, Text)>> {
        let count = from.count()?;
        (0..count).map(|_| Some((from.text()?, from.text()?))).collect()
    }

    fn encode(value: &Vec<(Text, Text)>, to: &mut Encoder) {
        to.number(value.len() as u64);
        for (name, text) in value {
            to.text(name);
            to.text(text);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Dictionary
    }
}

/// The redirect of a decision: ASCII, whatever the redirect URI was registered in.
///
/// # Errors
/// When the decision redirects nowhere or by a form, or what was minted is not exactly what it names.
pub fn location(decision: &Value, minted: &Value) -> Result<String, Misuse> {
    let sent = Sent::read(decision, minted)?;
    let parameters: Vec<String> = sent.fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let parameters = parameters.join("&");
    let uri = sent.redirect_uri;
    match sent.placement {
        Placement::Fragment => Ok(format!("{uri}#{parameters}")),
        Placement::Query if parameters.is_empty() => Ok(uri.as_str().to_owned()),
        Placement::Query if uri.ends_with('?') || uri.ends_with('&') => Ok(format!("{uri}{parameters}")),
        Placement::Query if uri.contains('?') => Ok(format!("{uri}&{parameters}")),
        Placement::Query => Ok(format!("{uri}?{parameters}")),
        Placement::FormPost => Err(Misuse::new(
            MisuseCode::WrongValue,
            "decision.response.placement",
            "is form_post: use `form` instead of `location`",
        )),
    }
}

/// The form of a decision.
///
/// # Errors
/// When the decision is not answered by a form, what was minted is not exactly what it names, or the nonce is none.
pub fn form(decision: &Value, minted: &Value, options: &Value) -> Result<FormPost, Misuse> {
    let sent = Sent::read(decision, minted)?;
    if sent.placement != Placement::FormPost {
        return Err(Misuse::new(
            MisuseCode::WrongValue,
            "decision.response.placement",
            "is not form_post: use `location` instead of `form`",
        ));
    }
    let inputs: String = sent
        .fields
        .iter()
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value)))
        .collect();
    let nonce = nonce(options)?.map_or(String::new(), |nonce| format!(" nonce=\"{}\"", escape(&nonce)));
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Continue</title></head>\
         <body><form method=\"post\" action=\"{}\">{inputs}\
         <noscript><p>Your browser runs no scripts.</p></noscript><button type=\"submit\">Continue</button>\
         </form><script{nonce}>{SCRIPT}</script></body></html>",
        escape(&sent.redirect_uri)
    );
    Ok(FormPost {
        action: sent.redirect_uri,
        fields: sent.fields,
        html: html.into(),
        script_hash: Text::fixed(SCRIPT_HASH),
    })
}

/// The nonce, which is base64 (Content Security Policy Level 3, section 2.3.1).
fn nonce(options: &Value) -> Result<Option<Text>, Misuse> {
    if matches!(options, Value::Null) {
        return Ok(None);
    }
    let node = Node::root(options, "options");
    let Some(nonce) = FormOptions::read(node)?.nonce else { return Ok(None) };
    let digits = nonce.trim_end_matches('=');
    let is_base64 = !digits.is_empty()
        && nonce.len().saturating_sub(digits.len()) <= 2
        && digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte));
    if is_base64 {
        Ok(Some(nonce))
    } else {
        Err(Misuse::new(MisuseCode::WrongValue, "options.nonce", "is no nonce: it must be base64"))
    }
}

struct Sent {
    placement: Placement,
    redirect_uri: Text,
    fields: Vec<(Text, Text)>,
}

impl Sent {
    fn read(decision: &Value, minted: &Value) -> Result<Self, Misuse> {
        let response = Node::root(decision, "decision").members()?.get("response").ok_or_else(|| {
            Misuse::new(
                MisuseCode::MissingKey,
                "decision.response",
                "is null: this decision sends nothing to the client",
            )
        })?;
        let response = AuthorizeResponse::read(response)?;
        let minted = match minted {
            Value::Null => Minted::default(),
            given => Minted::read_for(&response.mint, Node::root(given, "minted"))?,
        };
        let mut fields: Vec<(Text, Text)> = Vec::new();
        let mut add = |name: &'static str, value: Option<Text>| {
            if let Some(value) = value {
                fields.push((Text::fixed(name), value));
            }
        };
        for mint in &response.mint {
            let name = mint.name();
            let value = minted.get(*mint).cloned().ok_or_else(|| {
                Misuse::new(MisuseCode::MissingKey, format!("minted.{name}"), "is missing: the decision names it")
            })?;
            add(name, Some(value));
            if *mint == Mint::AccessToken {
                add("token_type", Some(Text::fixed("Bearer")));
                add("expires_in", response.expires_in.map(|seconds| seconds.to_string().into()));
            }
        }
        add("error", response.error.map(|code| Text::fixed(code.name())));
        add("error_description", response.error_description);
        add("scope", response.scope);
        add("state", response.state);
        add("iss", response.iss);
        Ok(Self { placement: response.placement, redirect_uri: encode_address(&response.redirect_uri).into(), fields })
    }
}

impl Minted {
    /// Exactly what the decision names: a token that nobody asked for must not slip out.
    fn read_for(mint: &[Mint], node: Node<'_>) -> Result<Self, Misuse> {
        let minted = Self::read(node)?;
        let members = node.members()?;
        for kind in Mint::ALL {
            let Some(value) = minted.get(*kind) else { continue };
            let node = members.need(kind.name())?;
            if !mint.contains(kind) {
                return Err(node.misuse(MisuseCode::Contradiction, "is given, and the decision does not name it"));
            }
            if value.is_empty() {
                return Err(node.misuse(MisuseCode::WrongValue, "is empty"));
            }
        }
        Ok(minted)
    }

    const fn get(&self, kind: Mint) -> Option<&Text> {
        match kind {
            Mint::Code => self.code.as_ref(),
            Mint::AccessToken => self.access_token.as_ref(),
            Mint::IdToken => self.id_token.as_ref(),
        }
    }
}

/// Escaping for HTML text and quoted attributes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

//! The response on its way: a redirect, or a form that the browser posts.

use serde::{Serialize, Serializer};

use crate::input::{Members, Misuse, MisuseCode, Node, Value, closed};
use crate::oauth::parameters::encode;

/// A form that the browser posts (OAuth 2.0 Form Post Response Mode 1.0).
#[derive(Clone, Debug, Serialize)]
pub struct FormPost {
    /// The redirect URI.
    pub action: String,
    /// Names and values.
    #[serde(serialize_with = "as_object")]
    pub fields: Vec<(String, String)>,
    /// A complete, escaped page.
    pub html: String,
}

fn as_object<S: Serializer>(fields: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
}

/// The redirect of a decision.
///
/// # Errors
/// When the decision redirects nowhere or by a form, or what was minted is not exactly what it names.
pub fn location(decision: &Value, minted: &Value) -> Result<String, Misuse> {
    let sent = Sent::read(decision, minted)?;
    let parameters: Vec<String> = sent.fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let parameters = parameters.join("&");
    let uri = &sent.redirect_uri;
    match sent.placement {
        "fragment" => Ok(format!("{uri}#{parameters}")),
        "query" if parameters.is_empty() => Ok(uri.clone()),
        "query" if uri.ends_with('?') || uri.ends_with('&') => Ok(format!("{uri}{parameters}")),
        "query" if uri.contains('?') => Ok(format!("{uri}&{parameters}")),
        "query" => Ok(format!("{uri}?{parameters}")),
        _ => Err(Misuse::new(
            MisuseCode::WrongValue,
            "decision.response.placement",
            "is form_post: use `form` instead of `location`",
        )),
    }
}

/// The form of a decision.
///
/// # Errors
/// When the decision is not answered by a form, or what was minted is not exactly what it names.
pub fn form(decision: &Value, minted: &Value) -> Result<FormPost, Misuse> {
    let sent = Sent::read(decision, minted)?;
    if sent.placement != "form_post" {
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
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Continue</title></head>\
         <body onload=\"document.forms[0].submit()\"><form method=\"post\" action=\"{}\">{inputs}\
         <noscript><p>Your browser runs no scripts.</p></noscript><button type=\"submit\">Continue</button>\
         </form></body></html>",
        escape(&sent.redirect_uri)
    );
    Ok(FormPost { action: sent.redirect_uri, fields: sent.fields, html })
}

struct Sent {
    placement: &'static str,
    redirect_uri: String,
    fields: Vec<(String, String)>,
}

const RESPONSE_KEYS: &[&str] =
    &["placement", "redirect_uri", "mint", "state", "iss", "error", "error_description", "expires_in", "scope"];

impl Sent {
    fn read(decision: &Value, minted: &Value) -> Result<Self, Misuse> {
        let response = Node::root(decision, "decision").members()?.get("response").ok_or_else(|| {
            Misuse::new(
                MisuseCode::MissingKey,
                "decision.response",
                "is null: this decision sends nothing to the client",
            )
        })?;
        let response = closed(response, RESPONSE_KEYS)?;
        let mint = response.need("mint")?.texts()?;
        let minted = match minted {
            Value::Null => Vec::new(),
            given => minted_values(Node::root(given, "minted"), &mint)?,
        };
        let mut fields: Vec<(String, String)> = Vec::new();
        for name in mint {
            let value = minted.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).ok_or_else(|| {
                Misuse::new(MisuseCode::MissingKey, format!("minted.{name}"), "is missing: the decision names it")
            })?;
            fields.push((name.to_owned(), value.to_owned()));
            if name == "access_token" {
                fields.push(("token_type".to_owned(), "Bearer".to_owned()));
                if let Some(seconds) = response.optional("expires_in", Node::whole)? {
                    fields.push(("expires_in".to_owned(), seconds.to_string()));
                }
            }
        }
        for name in ["error", "error_description", "scope", "state", "iss"] {
            add(response, name, &mut fields)?;
        }
        Ok(Self {
            placement: response.need("placement")?.word(&[
                ("query", "query"),
                ("fragment", "fragment"),
                ("form_post", "form_post"),
            ])?,
            redirect_uri: response.need("redirect_uri")?.text()?.to_owned(),
            fields,
        })
    }
}

/// Exactly what the decision names: a token that nobody asked for must not slip out.
fn minted_values<'a>(node: Node<'a>, mint: &[&str]) -> Result<Vec<(&'a str, &'a str)>, Misuse> {
    let members = closed(node, &["code", "access_token", "id_token"])?;
    let mut values = Vec::new();
    for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
        if !mint.contains(&name) {
            return Err(value.misuse(MisuseCode::Contradiction, "is given, and the decision does not name it"));
        }
        let text = value.text()?;
        if text.is_empty() {
            return Err(value.misuse(MisuseCode::WrongValue, "is empty"));
        }
        values.push((name, text));
    }
    Ok(values)
}

fn add(response: Members<'_>, name: &'static str, fields: &mut Vec<(String, String)>) -> Result<(), Misuse> {
    if let Some(value) = response.optional(name, Node::text)? {
        fields.push((name.to_owned(), value.to_owned()));
    }
    Ok(())
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

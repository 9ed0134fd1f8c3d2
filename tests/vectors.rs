//! The vectors, run through the engine natively.

#![cfg(not(target_arch = "wasm32"))]

#[path = "shared/handed_over.rs"]
mod handed_over;

use grantwise::Policy;
use grantwise::input::{Misuse, Value};
use grantwise::simulate::Simulation;
use grantwise_conformance::{Engine, Report, drive, files, prepare, spoil};
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::io::Write as _;

use handed_over::handed_over;

struct Native;

impl Engine for Native {
    type Simulation = Simulation;

    fn call(&mut self, policy: &Json, name: &str, input: &Json) -> Result<Json, Json> {
        let policy = chosen(policy)?;
        let given = handed_over(input);
        match name {
            "authorize" => written(policy.authorize(&given)),
            "exchange" => written(policy.exchange(&given)),
            "refresh" => written(policy.refresh(&given)),
            "revoke" => written(policy.revoke(&given)),
            "manageGrant" => written(policy.manage_grant(&given)),
            "event" => written(policy.event(&given)),
            "status" => {
                let argument = |name: &str| input.get(name).map_or(Value::Null, handed_over);
                written(policy.status(&argument("record"), &argument("context")))
            }
            other => Err(json!({ "message": format!("no function `{other}`") })),
        }
    }

    fn simulation(&mut self, policy: &Json, options: &Json) -> Result<Simulation, Json> {
        Simulation::new(&chosen(policy)?, &handed_over(options)).map_err(|misuse| thrown(&misuse))
    }

    fn step(&mut self, simulation: &mut Simulation, step: &Json) -> Result<Json, Json> {
        written(simulation.step(&handed_over(step)))
    }
}

fn chosen(policy: &Json) -> Result<Policy, Json> {
    let profile = policy.get("profile").and_then(Json::as_str).unwrap_or_default();
    let overrides = policy.get("overrides").map_or(Value::Null, handed_over);
    Policy::profile(profile, &overrides).map_err(|misuse| thrown(&misuse))
}

fn written<T: Serialize>(made: Result<T, Misuse>) -> Result<Json, Json> {
    let made = made.map_err(|misuse| thrown(&misuse))?;
    serde_json::to_value(&made).map_err(|error| json!({ "message": error.to_string() }))
}

fn thrown(misuse: &Misuse) -> Json {
    json!({ "code": misuse.code().name(), "path": misuse.path(), "message": misuse.to_string() })
}

const FILES: [&str; 2] = [include_str!("vectors/decisions.jsonl"), include_str!("vectors/scenarios.jsonl")];

/// Every file of vectors: those two, and all in the folders below.
fn every_file() -> Result<Vec<String>, std::io::Error> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    files::all(&folder)?.into_iter().map(std::fs::read_to_string).collect()
}

#[test]
fn every_vector_is_met() -> Result<(), std::io::Error> {
    let mut report = Report::default();
    let files = every_file()?;
    for vector in files.iter().flat_map(|file| prepare(file)) {
        let observation = vector.script().map(|script| drive(&mut Native, script));
        report.add(&vector, observation.as_ref());
    }
    assert!(report.clean(), "\n{report}");
    assert!(report.passed > 0, "no vector was run");
    // Written past the capture of the test harness.
    writeln!(std::io::stdout(), "{report}")
}

#[test]
fn every_assertion_of_every_vector_can_fail() -> Result<(), std::io::Error> {
    let mut unnoticed = Vec::new();
    let mut count = 0_u32;
    let files = every_file()?;
    for line in files.iter().flat_map(|file| file.lines()).filter(|line| !line.is_empty()) {
        let vector: Json = serde_json::from_str(line)?;
        let observation = prepare(line).iter().find_map(|one| one.script().map(|script| drive(&mut Native, script)));
        for (place, wrong) in spoil(&vector) {
            let mut report = Report::default();
            for prepared in prepare(&wrong.to_string()) {
                // One that cannot be read fails for another reason than the one that is tested.
                assert!(prepared.script().is_some(), "{} {place}: {:?}", prepared.id, prepared.work);
                report.add(&prepared, observation.as_ref());
            }
            count = count.saturating_add(1);
            if report.clean() {
                unnoticed.push(format!("{} {place}", vector.get("id").unwrap_or(&Json::Null)));
            }
        }
    }
    assert!(count > 4000, "{count}");
    assert!(unnoticed.is_empty(), "{unnoticed:#?}");
    Ok(())
}

/// One of the vectors, with some members set.
fn changed(id: &str, changes: &[(&str, Json)]) -> Result<Json, serde_json::Error> {
    let lines = FILES.iter().flat_map(|file| file.lines());
    let vectors = lines.map(serde_json::from_str).collect::<Result<Vec<Json>, _>>()?;
    let mut vector = vectors.into_iter().find(|one| one.get("id").is_some_and(|known| known == id)).unwrap_or_default();
    for (pointer, new) in changes {
        let (parent, key) = pointer.rsplit_once('/').unwrap_or(("", pointer));
        if let Some(members) = vector.pointer_mut(parent).and_then(Json::as_object_mut) {
            members.insert(key.to_owned(), new.clone());
        }
    }
    Ok(vector)
}

fn observed(vector: &Json) -> (Report, Json) {
    let mut report = Report::default();
    let mut observation = Json::Null;
    for prepared in prepare(&vector.to_string()) {
        observation = prepared.script().map(|script| drive(&mut Native, script)).unwrap_or_default();
        report.add(&prepared, Some(&observation));
    }
    (report, observation)
}

/// Keys that no vector here has, but that one may have.
#[test]
fn what_a_vector_may_further_say_reaches_the_engine() -> Result<(), serde_json::Error> {
    let met: [(&str, &[(&str, Json)]); 17] = [
        ("CORE-001", &[("/request/zork", json!("z"))]),
        ("CORE-001", &[("/request/ui_locales", json!("fr"))]),
        ("CORE-001", &[("/request/acr_values", json!("1"))]),
        ("CORE-001", &[("/request/claims", json!({ "id_token": { "email": null } }))]),
        ("CORE-001", &[("/request/resource", json!("https://api.example"))]),
        ("CORE-001", &[("/request/params", json!([["zork", "a"], ["login_hint", "b"]]))]),
        ("CORE-001", &[("/request/params", json!({ "nonce": "n" }))]),
        ("CORE-001", &[("/request/code_challenge", json!("x")), ("/request/code_challenge_method", json!("S256"))]),
        ("CORE-001", &[("/request/response_mode", json!("form_post")), ("/expect/response_in", json!("form_post"))]),
        (
            "CORE-001",
            &[("/given/policy/issuer", json!("https://as.example")), ("/expect/iss", json!("https://as.example"))],
        ),
        ("CORE-001", &[("/given/client/also_redirects", json!(["loopback"])), ("/expect/iss", Json::Null)]),
        (
            "CORE-063",
            &[("/given/conditions/expires_at", json!(1_700_000_001)), ("/given/conditions/resources", Json::Null)],
        ),
        ("GB-019", &[("/given/prior_grant/granted_at", json!(1)), ("/given/prior_grant/refused", json!(["a"]))]),
        ("GB-019", &[("/given/prior_grant/expires_at", json!(1_800_000_000))]),
        ("GB-034", &[("/request/resource", json!("https://api.example")), ("/request/zork", json!("z"))]),
        ("GB-038", &[("/request/client_id", json!("c1"))]),
        ("REV-001", &[("/request/params", json!([["zork", "z"]]))]),
    ];
    for (id, changes) in met {
        let (report, _) = observed(&changed(id, changes)?);
        assert!(report.clean() && report.passed == 1, "{changes:?} {report}");
    }
    let refused: [(&str, Json); 4] = [
        ("/request/request_uri", json!("urn:r")),
        ("/request/params", json!([["scope", "openid"], ["scope", "openid"]])),
        ("/request/params", json!([["code_challenge", "x"], ["code_challenge_method", "zork"]])),
        ("/request/redirect_uri", json!("https://attacker.example")),
    ];
    for (pointer, value) in refused {
        let (_, observation) = observed(&changed("CORE-001", &[(pointer, value)])?);
        assert_eq!(observation.pointer("/decision/outcome"), Some(&json!("error")), "{pointer} {observation}");
    }
    let (_, observation) = observed(&changed("CORE-001", &[("/given/policy/zork", json!(true))])?);
    assert!(observation.pointer("/thrown/code").is_some(), "{observation}");

    let rules = |rule: &str| changed("CORE-001", &[("/expect/rules", json!([rule]))]);
    let (_, observation) = observed(&rules("zork")?);
    let took_part = observation.pointer("/decision/trace/0/rule").and_then(Json::as_str).unwrap_or_default();
    assert!(observed(&rules(took_part)?).0.clean(), "{took_part}");
    let failure = observed(&rules("zork")?).0.to_string();
    assert!(failure.contains("CORE-001: rules.zork: expected \"zork\", came [\""), "{failure}");
    Ok(())
}

/// A scenario names what it asserts of the tokens that a step issues. Those that ship name all of them.
#[test]
fn scenarios_issue_nothing_that_they_do_not_name() {
    let at = |value: &Json, key: &str| value.get(key).cloned().unwrap_or_default();
    for scenario in prepare(FILES[1]) {
        let observation = scenario.script().map(|script| drive(&mut Native, script)).unwrap_or_default();
        for moment in at(&observation, "moments").as_array().into_iter().flatten() {
            let names = at(moment, "names");
            for issued in at(&at(moment, "moment"), "issued").as_array().into_iter().flatten() {
                let code = issued.as_str().is_some_and(|name| name.starts_with("CODE"));
                let named = names.as_object().is_some_and(|names| names.values().any(|name| name == issued));
                assert!(code || named, "{}: {issued} {moment}", scenario.id);
            }
        }
    }
}

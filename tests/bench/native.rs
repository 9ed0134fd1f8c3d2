//! The limit of the bench: the same decisions without any boundary.
//!
//! The first argument names a file with what `inputs.js` made, the second is `wall` or `processor`, the clock. Then each
//! line of the standard input names a function of a policy and a number: so many passes over its inputs are run, and a
//! line says how many calls they made, how many nanoseconds they took and which answers came how often.

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::time::Instant;

use grantwise::Policy;
use grantwise::input::{Misuse, Value};

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    // `cargo bench` adds words of its own.
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let text = std::fs::read_to_string(arguments.next().ok_or("the file with the inputs is missing")?)?;
    let clock = match arguments.next().as_deref() {
        None | Some("wall") => Clock::Wall(Instant::now()),
        Some("processor") => Clock::Processor,
        Some(other) => return Err(format!("there is no clock {other}").into()),
    };
    let inputs = value(&serde_json::from_str(&text)?)?;
    let overrides = inputs.member("overrides").unwrap_or(&Value::Null);
    let policy = Policy::profile(inputs.text_of("profile").ok_or("the inputs name no profile")?, overrides)?;
    for line in stdin().lock().lines() {
        let line = line?;
        let (name, passes) = line.split_once(' ').ok_or("a line names a function and a number")?;
        let Some(Value::List(inputs)) = inputs.member(name) else {
            return Err(format!("there are no inputs for {name}").into());
        };
        let laps = Laps { inputs, passes: passes.parse()?, clock };
        let answer = match name {
            "authorize" => laps.run(|input| policy.authorize(input), |said| format!("{:?}", said.outcome))?,
            "exchange" => laps.run(|input| policy.exchange(input), |said| format!("{:?}", said.outcome))?,
            "refresh" => laps.run(|input| policy.refresh(input), |said| format!("{:?}", said.outcome))?,
            "event" => laps.run(|input| policy.event(input), |said| format!("{:?}", said.outcome))?,
            _ => return Err(format!("a policy has no function {name}").into()),
        };
        writeln!(stdout(), "{answer}")?;
        stdout().flush()?;
    }
    Ok(())
}

/// What a lap is measured with.
#[derive(Clone, Copy)]
enum Clock {
    /// The clock on the wall, from when the program began.
    Wall(Instant),
    /// The time for which this process had a processor, as Linux counts it: in steps of some milliseconds.
    Processor,
}

impl Clock {
    fn nanoseconds(self) -> Result<u128, Failure> {
        match self {
            Self::Wall(begin) => Ok(begin.elapsed().as_nanos()),
            Self::Processor => {
                let text = std::fs::read_to_string("/proc/self/schedstat")?;
                Ok(text.split(' ').next().ok_or("the system does not count the time of processors")?.parse()?)
            }
        }
    }
}

struct Laps<'a> {
    inputs: &'a [Value],
    passes: u64,
    clock: Clock,
}

impl Laps<'_> {
    /// The time of a call includes giving the decision's memory back.
    fn run<D>(
        &self,
        call: impl Fn(&Value) -> Result<D, Misuse>,
        outcome: impl Fn(&D) -> String,
    ) -> Result<serde_json::Value, Failure> {
        let mut calls: u64 = 0;
        let begin = self.clock.nanoseconds()?;
        for _ in 0..self.passes {
            for input in self.inputs {
                drop(black_box(call(black_box(input))?));
                calls = calls.saturating_add(1);
            }
        }
        let ns = u64::try_from(self.clock.nanoseconds()?.saturating_sub(begin))?;
        let mut outcomes: BTreeMap<String, u64> = BTreeMap::new();
        for input in self.inputs {
            let count = outcomes.entry(outcome(&call(input)?)).or_default();
            *count = count.saturating_add(1);
        }
        Ok(serde_json::json!({ "calls": calls, "ns": ns, "outcomes": outcomes }))
    }
}

/// JSON as the value that a caller hands over.
fn value(json: &serde_json::Value) -> Result<Value, Failure> {
    Ok(match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => Value::Boolean(*flag),
        serde_json::Value::Number(number) => Value::Number(number.as_f64().ok_or("a number is no double")?),
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(value).collect::<Result<_, _>>()?),
        serde_json::Value::Object(members) => Value::Members(
            members
                .iter()
                .map(|(name, member)| Ok((name.as_str().into(), value(member)?)))
                .collect::<Result<_, Failure>>()?,
        ),
    })
}

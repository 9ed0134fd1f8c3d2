//! See `src/cases.rs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Err(problem) = grantwise_fuzz::check("answers", data) {
        panic!("{problem}");
    }
});

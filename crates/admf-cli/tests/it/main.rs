//! The real binary, as a user meets it: every case under `tests/cmd` is a transcript.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod kill;
mod pages;

#[test]
fn transcripts() {
    trycmd::TestCases::new().env("NO_COLOR", "1").env("ADMF_PROGRAM", "admf").case("tests/cmd/*.trycmd");
}

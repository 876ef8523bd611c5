//! The real binary, as a user meets it: every case under `tests/cmd` is a transcript.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]
#![allow(clippy::print_stdout, reason = "a test says what it used and how often it tried")]

mod diff;
mod faults;
mod kill;
mod pages;
mod shell;

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .env("ADMF_PROGRAM", "admf")
        .env("ADMF_CONFIG", "none")
        .case("tests/cmd/*.trycmd");
}

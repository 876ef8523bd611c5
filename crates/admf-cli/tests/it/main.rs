//! The real binary, as a user meets it: every case under `tests/cmd` is a transcript.

mod kill;
mod readme;

#[test]
fn transcripts() {
    trycmd::TestCases::new().env("NO_COLOR", "1").case("tests/cmd/*.trycmd");
}

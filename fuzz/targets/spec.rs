//! Feeds `spec` of admf-fuzz with bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> =
    LazyLock::new(|| TempDir::new().expect("there is a folder for temporary files"));

fuzz_target!(|bytes: &[u8]| admf_fuzz::try_on("spec", FOLDER.path(), bytes));

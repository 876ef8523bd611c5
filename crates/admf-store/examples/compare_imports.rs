//! ADMF's side of the comparisons that `cargo xtask bench --peers` makes with imports: `compare_imports import FILE` answers
//! `check` (read and check, keep nothing) and `import` (keep the bars as a dataset).

#![allow(clippy::print_stdout, reason = "the harness reads standard output")]

use admf_model::Timestamp;
use admf_store::market::{Reading, Request, Source, check_files, import};
use std::time::Instant;
use worker::{Outcome, serve};

#[path = "../../../xtask/peers/worker.rs"]
mod worker;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [topic, file] = arguments.as_slice() else { panic!("usage: compare_imports import FILE") };
    assert_eq!(topic, "import", "there is no other topic");
    let request = Request {
        sources: vec![Source::path(file)],
        name: "minutes".to_owned(),
        family: None,
        bars_per_year: None,
        reading: Reading::default(),
        rejects: None,
        now: Timestamp::from_micros(0),
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    serve(threads, |task| {
        let folder = tempfile::tempdir().expect("a folder for the dataset");
        let start = Instant::now();
        let bars = match task {
            "check" => check_files(&request, &|_| {})
                .map(|checked| checked.description.symbols.iter().map(|symbol| symbol.bars).sum()),
            "import" => import(folder.path(), &request, &|_| {}).map(|receipt| receipt.bars()),
            _ => panic!("`{task}` is neither check nor import"),
        };
        let seconds = start.elapsed().as_secs_f64();
        let bars = bars.unwrap_or_else(|e| panic!("{file}: {e}"));
        Outcome { columns: vec![("bars", vec![bars as f64])], ..Outcome::new(seconds) }
    });
}

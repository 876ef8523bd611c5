//! Faults of files of prices that only a process shows: they vanish, have no end, or may not be read. What is wrong
//! within a file is listed in the tests of admf-store's `market`.

use super::subject::{admf, quiet, states, subject, succeeds, times, told};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Address space of a process that reads a file of any size, in KiB.
const MEMORY_KB: u32 = 1_500_000;
/// What is written at a time.
const BLOCK: usize = 1 << 20;

/// Starts an import of a pipe, feeds it, and returns the exit code and what was said.
fn fed(at: &Path, arguments: &[&str], feed: impl FnOnce(File)) -> (Option<i32>, String) {
    let pipe = at.join("pipe.csv");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = Command::new("sh");
    let script = format!("ulimit -v {MEMORY_KB}; exec \"$@\"");
    command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_admf"), "data", "import"]).args(arguments);
    quiet(&mut command, at).stdout(Stdio::null()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    // This waits until the command opens the pipe for reading.
    feed(File::options().write(true).open(&pipe).unwrap());
    let output = child.wait_with_output().unwrap();
    (output.status.code(), told(&output))
}

/// Writes a text again and again, until there are so many bytes or nobody reads.
fn write_again_and_again(mut pipe: File, head: &str, text: &str, bytes: usize) {
    let block = text.repeat(BLOCK.div_ceil(text.len()));
    let _ = pipe.write_all(head.as_bytes());
    for _ in 0..bytes.div_ceil(block.len()) {
        if pipe.write_all(block.as_bytes()).is_err() {
            return;
        }
    }
}

const HEAD: &str = "date,open,high,low,close,volume\n2020-01-02,1,2,1,1,5\n2020-01-03,1,2,1,1,5\n";

/// What is done to a file, and its name.
type Change = (&'static str, fn(&Path));

/// Each is done to a file that an import was told of and has not read yet.
const CHANGES: [Change; 6] = [
    ("removed", |file| fs::remove_file(file).unwrap()),
    ("longer by whole rows", |file| {
        let mut appended = File::options().append(true).open(file).unwrap();
        appended.write_all(b"2030-01-02,5,6,5,5,7\n").unwrap();
    }),
    ("shorter by whole rows", |file| {
        let text = fs::read_to_string(file).unwrap();
        let at = text[..text.len() / 2].rfind('\n').unwrap() + 1;
        File::options().write(true).open(file).unwrap().set_len(at as u64).unwrap();
    }),
    ("another price", |file| {
        let text = fs::read_to_string(file).unwrap();
        fs::write(file, text.replace(",1000\n", ",1001\n")).unwrap();
    }),
    ("another file of the same size", |file| {
        let other = file.with_extension("new");
        fs::write(&other, fs::read(file).unwrap()).unwrap();
        fs::rename(other, file).unwrap();
    }),
    ("cut to nothing", |file| fs::write(file, "").unwrap()),
];

#[test]
fn a_file_that_is_changed_while_another_is_read() {
    let folder = subject();
    let at = folder.path();
    for (change, make) in CHANGES {
        fs::copy(at.join("other.csv"), at.join("b.csv")).unwrap();
        let (code, said) = fed(at, &["A=pipe.csv", "B=b.csv", "--as", "both"], |mut pipe| {
            make(&at.join("b.csv"));
            pipe.write_all(HEAD.as_bytes()).unwrap();
        });
        assert_eq!(code, Some(1), "{change}: {said}");
        assert!(
            said.contains("b.csv: the file was changed while it was read: do it again"),
            "{change}: {said}"
        );
        assert!(!at.join("market/both").exists(), "{change}: {said}");
        fs::remove_file(at.join("pipe.csv")).unwrap();
    }
    // Left alone it is imported.
    fs::copy(at.join("other.csv"), at.join("b.csv")).unwrap();
    let (code, said) = fed(at, &["A=pipe.csv", "B=b.csv", "--as", "both"], |mut pipe| {
        pipe.write_all(HEAD.as_bytes()).unwrap();
    });
    assert_eq!(code, Some(0), "{said}");
}

/// A program that goes on writing its file while it is imported: every row is whole, and there are ever more.
#[test]
fn a_file_that_grows_while_it_is_read() {
    let folder = subject();
    let at = folder.path();
    let day = |n: u32| format!("\n{},1,2,1,1,5", 1_000_000_000 + 60 * n);
    let mut file = BufWriter::new(File::create(at.join("grows.csv")).unwrap());
    file.write_all(b"timestamp,open,high,low,close,volume").unwrap();
    (0..300_000).for_each(|n| file.write_all(day(n).as_bytes()).unwrap());
    file.flush().unwrap();
    let import = ["data", "import", "grows.csv", "--as", "grows"];
    let mut child = admf(at, &import).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut rows = 300_000;
    while child.try_wait().unwrap().is_none() {
        file.write_all(day(rows).as_bytes()).unwrap();
        file.flush().unwrap();
        rows += 1;
        std::thread::park_timeout(Duration::from_millis(1));
    }
    let output = child.wait_with_output().unwrap();
    let said = told(&output);
    assert_eq!(output.status.code(), Some(1), "{rows} rows: {said}");
    assert!(said.contains("grows.csv: the file was changed while it was read"), "{said}");
    assert!(!at.join("market/grows").exists(), "{said}");
    // Nobody writes any more.
    succeeds(at, &import);
}

#[test]
fn a_file_that_is_there_and_gone() {
    let folder = subject();
    let at = folder.path();
    let output = admf(at, &["data", "import", "gone.csv", "--as", "gone"]).output().unwrap();
    let said = told(&output);
    assert!(output.status.code() == Some(2) && said.contains("gone.csv: no such file"), "{said}");
}

#[test]
fn five_gigabytes_of_one_row() {
    let folder = subject();
    let bytes = times(100 << 20, 5 << 30);
    let (code, said) = fed(folder.path(), &["A=pipe.csv", "--as", "long"], |pipe| {
        write_again_and_again(pipe, HEAD, "1,2,3,4,5,6,7,8,9,", bytes);
    });
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("pipe.csv") && said.contains("pipe.csv:4"), "{said}");
    assert!(!folder.path().join("market/long").exists());
}

#[test]
fn five_gigabytes_of_days_without_prices() {
    let folder = subject();
    let bytes = times(50 << 20, 5 << 30);
    let (code, said) = fed(folder.path(), &["A=pipe.csv", "--as", "long"], |pipe| {
        write_again_and_again(pipe, HEAD, "2020-01-04,,,,,\n", bytes);
    });
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("2 bars of 1 symbol"), "{said}");
}

/// A bar a second, more of them than are held in memory.
#[test]
fn five_gigabytes_of_bars() {
    let folder = subject();
    let bytes = times(30 << 20, 5 << 30);
    let mut rows = 0;
    let (code, said) = fed(folder.path(), &["A=pipe.csv", "--as", "long"], |pipe| {
        let mut pipe = BufWriter::with_capacity(BLOCK, pipe);
        let mut written = pipe.write(HEAD.lines().next().unwrap().as_bytes()).unwrap();
        while written < bytes {
            let close = 100_000_000 + rows * 7_919 % 1_000_000;
            let [open, high, low, close] = [close - 7, close + 11, close - 13, close]
                .map(|price| format!("{}.{:06}", price / 1_000_000, price % 1_000_000));
            let row = format!("\n{},{open},{high},{low},{close},{}", 1_000_000_000 + rows, 100 + rows % 900);
            written += row.len();
            rows += 1;
            if pipe.write_all(row.as_bytes()).is_err() {
                return;
            }
        }
    });
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(&format!("{} bars of 1 symbol", grouped(rows))), "{rows} rows: {said}");
    assert!(folder.path().join("market/long").exists());
}

/// A number with its thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Every row is rejected: they are counted, and a few are shown.
#[test]
fn five_gigabytes_of_rows_that_are_no_bars() {
    let folder = subject();
    let bytes = times(20 << 20, 5 << 30);
    let (code, said) = fed(folder.path(), &["A=pipe.csv", "--as", "long"], |pipe| {
        write_again_and_again(pipe, HEAD, "2020-01-04,x,2,1,1,5\n", bytes);
    });
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("pipe.csv") && said.len() < 4_000, "{said}");
    assert!(states(folder.path()).values().all(|state| state == "complete"));
}

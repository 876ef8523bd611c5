//! `cargo xtask fuzz`: new bytes for what reads bytes from outside, and a small corpus of those that showed something.

use crate::{project, setup};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Programs of `fuzz/`, each with a corpus of the same name.
const TARGETS: [&str; 5] = ["metadata", "prices", "rules", "spec", "workspace"];
/// No input may take longer, in seconds of a machine that has other work too, and no process grow larger, in MiB. The
/// slowest of sound inputs, a sample from a grid whose condition nothing satisfies, takes a second, or five when watched.
const LIMITS: [&str; 2] = ["-timeout=60", "-rss_limit_mb=2048"];

/// Bytes of the corpus of a target: tests replay it, and everyone who clones the project has it.
const LARGEST_CORPUS: u64 = 150_000;

/// What was asked for.
struct Asked<'a> {
    minutes: u64,
    targets: Vec<&'a str>,
}

/// Fuzzes one target after the other, then keeps of what was found the smallest corpus that shows as much.
pub(crate) fn fuzz(arguments: &[String]) -> Result<()> {
    let asked = Asked::read(arguments)?;
    for tool in [["fuzz", "--version"], ["+nightly", "version"]] {
        if !project::works(std::process::Command::new("cargo").args(tool)) {
            bail!("fuzzing needs `rustup toolchain install nightly` and `cargo install cargo-fuzz --locked`");
        }
    }
    let library = setup::library()?;
    let cache = library.ancestors().nth(2).context("the library lies in a folder of the cache")?.join("fuzz");
    for target in asked.targets {
        let found = cache.join("found").join(target);
        // Files of the inputs that are tried: thousands in a second, and none of worth.
        let scratch = scratch(target)?;
        fs::create_dir_all(&found)?;
        let kept = project::root().join("fuzz/corpus").join(target);
        let seconds = format!("-max_total_time={}", asked.minutes * 60);
        let fuzzed =
            libfuzzer(&cache, "run", target, &[&found, &kept], &[&seconds, LIMITS[0], LIMITS[1]], &scratch);
        let smaller = fuzzed.and_then(|()| {
            eprintln!("── the smallest corpus of {target} that shows as much");
            keep_the_smallest(&cache, target, &found, &kept, &scratch)
        });
        let _ = fs::remove_dir_all(&scratch);
        smaller
            .with_context(|| format!("an input on which ADMF misbehaves is in fuzz/artifacts/{target}"))?;
        println!("{target}: {} minutes without a finding", asked.minutes);
    }
    Ok(())
}

impl<'a> Asked<'a> {
    fn read(arguments: &'a [String]) -> Result<Self> {
        let mut asked = Self { minutes: 5, targets: Vec::new() };
        let mut words = arguments.iter().map(String::as_str);
        while let Some(word) = words.next() {
            match word {
                "--minutes" => {
                    let number = words.next().and_then(|text| text.parse().ok());
                    asked.minutes = number.context("write `--minutes N` with a whole number")?;
                }
                target if TARGETS.contains(&target) => asked.targets.push(target),
                other => bail!("there is no target `{other}`: there are {}", TARGETS.join(", ")),
            }
        }
        if asked.targets.is_empty() {
            asked.targets = TARGETS.to_vec();
        }
        Ok(asked)
    }
}

/// Adds to the corpus the smallest of the inputs that show what no input of it does, as long as it stays small.
fn keep_the_smallest(cache: &Path, target: &str, found: &Path, kept: &Path, scratch: &Path) -> Result<()> {
    let fresh = cache.join("merged").join(target);
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    fs::create_dir_all(&fresh)?;
    let (mut size, mut inputs) = (0, Vec::new());
    for entry in fs::read_dir(kept)? {
        let entry = entry?;
        size += fs::copy(entry.path(), fresh.join(entry.file_name()))?;
    }
    libfuzzer(cache, "run", target, &[&fresh, &found.to_owned()], &["-merge=1", "-max_len=4096"], scratch)?;
    for entry in fs::read_dir(&fresh)? {
        let entry = entry?;
        if !kept.join(entry.file_name()).exists() {
            inputs.push((entry.metadata()?.len(), entry.path()));
        }
    }
    inputs.sort();
    for (bytes, path) in inputs {
        size += bytes;
        if size > LARGEST_CORPUS {
            break;
        }
        fs::copy(&path, kept.join(path.file_name().context("a file has a name")?))?;
    }
    Ok(())
}

fn libfuzzer(
    cache: &Path,
    command: &str,
    target: &str,
    folders: &[&PathBuf],
    options: &[&str],
    scratch: &Path,
) -> Result<()> {
    // None of the project's code is unsafe: panics, overflows, hangs and growth are found without watching addresses,
    // several times as fast. What unpacks zstd is C, and fuzzed by its own project.
    let mut cargo = std::process::Command::new("cargo");
    cargo.args(["+nightly", "fuzz", command, "--sanitizer", "none", "--fuzz-dir", "fuzz", "--target-dir"]);
    cargo.arg(cache.join("target")).arg(target).args(folders).arg("--").args(options);
    project::run(cargo.current_dir(project::root()).env("TMPDIR", scratch))
}

/// A folder for the files of a target, in memory where there is such a place.
fn scratch(target: &str) -> Result<PathBuf> {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = parent.join(format!("admf-fuzz-{target}-{}", std::process::id()));
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::{Asked, TARGETS};

    fn read(words: &[&str]) -> Option<(u64, usize)> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Asked::read(&words).ok().map(|asked| (asked.minutes, asked.targets.len()))
    }

    #[test]
    fn targets_and_minutes() {
        assert_eq!(read(&[]), Some((5, TARGETS.len())));
        assert_eq!(read(&["rules", "--minutes", "30"]), Some((30, 1)));
        assert_eq!(read(&["rulez"]), None);
        assert_eq!(read(&["--minutes"]), None);
    }

    #[test]
    fn every_target_is_one_of_the_packages() {
        let manifest = include_str!("../../fuzz/Cargo.toml");
        assert!(TARGETS.iter().all(|target| manifest.contains(&format!("path = \"targets/{target}.rs\""))));
        assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
    }
}

//! Every console block of the README, the book and the examples, each page in a folder of its own.
//!
//! A block that names its file, as in ```` ```yaml file=dip.yaml ````, is written into that folder before the page's
//! commands run; sample prices are those of `admf data samples`: what a reader sees is all that a reader needs. Pictures that a page shows are what its commands draw.
//!
//! With `TRYCMD=overwrite` the answers in the pages become those that the program gives, and the pictures, too.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Folders with pages, from the root of the project.
const FOLDERS: [&str; 2] = ["docs", "examples"];

#[test]
fn the_readme_is_true() {
    run(&[root().join("README.md")]);
}

#[test]
fn the_book_and_the_examples_are_true() {
    let mut pages = Vec::new();
    FOLDERS.iter().for_each(|folder| collect(&root().join(folder), &mut pages));
    pages.sort();
    assert!(pages.len() > 5, "only {} pages found", pages.len());
    run(&pages);
}

/// Runs the pages' commands, each page's in a folder of its own.
fn run(pages: &[PathBuf]) {
    let folder = tempfile::tempdir().unwrap();
    let cases = trycmd::TestCases::new();
    cases
        .env("NO_COLOR", "1")
        .env("ADMF_PROGRAM", "admf")
        .env("ADMF_FORMAT", "table")
        .env("XDG_CONFIG_HOME", folder.path().join("no-settings").display().to_string())
        .timeout(Duration::from_secs(120));
    let copies: Vec<Copied> = pages.iter().map(|page| Copied::new(page, folder.path())).collect();
    copies.iter().for_each(|copied| {
        cases.case(&copied.text);
    });
    let outcome = catch_unwind(AssertUnwindSafe(|| cases.run()));
    if std::env::var("TRYCMD").is_ok_and(|mode| mode == "overwrite") {
        copies.iter().for_each(Copied::take_back);
    }
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// A page that runs elsewhere, so that nothing is written into the project.
struct Copied<'a> {
    page: &'a Path,
    text: PathBuf,
    pictures: Vec<(PathBuf, PathBuf)>,
}

impl<'a> Copied<'a> {
    fn new(page: &'a Path, folder: &Path) -> Self {
        let text = fs::read_to_string(page).unwrap();
        // A name without folders, so that a failure says which page it is.
        let name = page.strip_prefix(root()).unwrap().to_string_lossy().replace('/', "~");
        let copy = folder.join(name);
        let inside = copy.with_extension("in");
        fs::create_dir(&inside).unwrap();
        copy_folder(&root().join("fixtures/foreign/run_17"), &inside.join("old/run_17"));
        for (name, content) in files(&text) {
            fs::write(inside.join(name), content).unwrap();
        }
        let expected = copy.with_extension("out");
        let mut pictures = Vec::new();
        for link in pictures_in(&text) {
            let picture = page.with_file_name("").join(link);
            let drawn = expected.join(picture.file_name().unwrap());
            fs::create_dir_all(&expected).unwrap();
            fs::copy(&picture, &drawn).unwrap_or_else(|error| panic!("{}: {error}", picture.display()));
            pictures.push((drawn, picture));
        }
        fs::write(&copy, text).unwrap();
        Self { page, text: copy, pictures }
    }

    /// Puts what the run made of the page in its place.
    fn take_back(&self) {
        fs::copy(&self.text, self.page).unwrap();
        for (drawn, picture) in &self.pictures {
            fs::copy(drawn, picture).unwrap();
        }
    }
}

/// The page's pictures, as paths from its folder.
fn pictures_in(page: &str) -> impl Iterator<Item = &str> {
    page.split("![").skip(1).filter_map(|rest| Some(rest.split_once("](")?.1.split_once(')')?.0))
}

/// The page's blocks that are files: name and content.
fn files(page: &str) -> Vec<(&str, String)> {
    let mut files = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some((_, name)) = line.strip_prefix("```").and_then(|info| info.split_once(" file=")) else {
            continue;
        };
        let content = lines.by_ref().take_while(|line| *line != "```");
        files.push((name, content.flat_map(|line| [line, "\n"]).collect()));
    }
    files
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy_folder(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

fn collect(folder: &Path, pages: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, pages);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            pages.push(path);
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

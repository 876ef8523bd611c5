use super::{EXAMPLES, Example, ExampleRequest, example};
use crate::WorkflowError;
use admf_model::Timestamp;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn request(example: &str, folder: &Path) -> ExampleRequest {
    let now = Timestamp::from_date(2026, 1, 2).unwrap();
    ExampleRequest { example: example.to_owned(), folder: folder.to_owned(), now }
}

/// Every file below a folder, by its name from there.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_program_holds_every_file_of_the_folder_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let built_in = EXAMPLES.iter().flat_map(|example| {
        let name = |file: &str| format!("{}/{file}", example.folder);
        example.files.iter().map(move |(file, text)| (name(file), (*text).to_owned()))
    });
    assert_eq!(built_in.collect::<BTreeMap<_, _>>(), texts(&root));
    for (at, example) in EXAMPLES.iter().enumerate() {
        assert!(example.folder.starts_with(&format!("{:02}-", at + 1)), "{}", example.folder);
        let (name, readme) = example.files[0];
        assert!(name == "README.md" && readme.starts_with("# "), "{}", example.folder);
        for command in
            [format!("$ admf init --example {}\n", example.name()), format!("$ admf {}", example.first)]
        {
            assert!(readme.contains(&command), "{}: {command}", example.folder);
        }
    }
}

#[test]
fn an_example_is_written_once_and_never_over_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("costs");
    let first = example(&request("costs", &into)).unwrap();
    assert_eq!(first.written, first.example.files.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    assert_eq!(first.imported.len(), 1);
    assert!(first.imported[0].bars > 10_000);
    // Again: everything is there.
    let again = example(&request("07", &into)).unwrap();
    assert!(again.written.is_empty());
    fs::remove_file(into.join("free.yaml")).unwrap();
    fs::write(into.join("spec.yaml"), "mine").unwrap();
    let Err(error) = example(&request("7", &into)) else { panic!("written over a file of the user's") };
    assert!(error.to_string().ends_with("spec.yaml is there already and is another file"), "{error}");
    assert!(!into.join("free.yaml").exists());
    assert_eq!(fs::read_to_string(into.join("spec.yaml")).unwrap(), "mine");
}

#[test]
fn an_unknown_example_makes_no_folder_and_names_those_there_are() {
    let folder = PathBuf::from("never-made");
    let Err(WorkflowError::Usage { message, help }) = example(&request("cots", &folder)) else {
        panic!("there is no such example")
    };
    assert_eq!(message, "there is no example `cots`");
    let names: Vec<&str> = EXAMPLES.iter().map(Example::name).collect();
    assert_eq!(help, Some(format!("did you mean `costs`? there are {}", names.join(", "))));
    assert!(!folder.exists());
}

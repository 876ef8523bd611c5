//! `include:` other files whose keys a spec adds to.

use super::source::{Included, Source};
use super::{SpecProblem, is_no_definition, keys};
use crate::WorkflowError;
use admf_rules::Span;
use admf_rules::yaml::{self, Entry, Node, Value};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Most files that a spec includes, however deep.
const MOST_FILES: usize = 100;
/// Deepest chain of files that include each other.
const DEEPEST: usize = 16;
/// Keys whose maps are merged key by key; of others the including file's value counts alone.
const MERGED: [&str; 5] = ["data", "execution", "costs", "metrics", "keep"];
/// Keys whose lists are joined, the included file's first.
const JOINED: [&str; 2] = ["strategies", "classifiers"];
/// What a spec that was put together begins with where it is stored.
const HEADING: &str = "# Put together from a spec and the files that it includes.\n";

impl<'a> Source<'a> {
    /// A spec's text together with the files that it includes, whose paths are relative to the file that names them.
    ///
    /// # Errors
    /// [`WorkflowError::Input`] at the path of a file that cannot be read or includes itself.
    pub fn open(name: &'a str, text: &'a str) -> Result<Self, WorkflowError> {
        let mut reader = Reader { source: Self::new(name, text), end: text.len() + 1, ..Reader::default() };
        // What is wrong with the text itself is told when the spec is read.
        if let Ok(root) = yaml::parse(text) {
            let path = Path::new(name);
            reader.open.extend(path.canonicalize());
            reader.read_all(&root, path.parent().unwrap_or(Path::new("")));
        }
        if reader.problems.is_empty() {
            Ok(reader.source)
        } else {
            Err(reader.source.problems(reader.problems))
        }
    }

    /// The spec as one tree, its own keys above those of the files that it includes.
    pub(super) fn root(&self) -> Result<Node, SpecProblem> {
        let own = yaml::parse(self.text)?;
        if self.included.is_empty() {
            return match own.get("include") {
                Some(node) => Err(SpecProblem::new(node.span, "a text that is no file cannot include one")),
                None => Ok(own),
            };
        }
        let span = own.span;
        let mut merged: Option<Node> = None;
        for file in &self.included {
            let root = yaml::parse_at(&file.text, file.base)?;
            merged = Some(match merged {
                Some(below) => merge(below, root),
                None => root,
            });
        }
        let mut root = match merged {
            Some(below) => merge(below, own),
            None => own,
        };
        root.span = span;
        if let Value::Mapping(entries) = &mut root.value {
            entries.retain(|entry| entry.key != "include");
        }
        Ok(root)
    }

    /// What was run, as one text that can be run again: the spec's own, to the last byte, unless it includes files.
    ///
    /// # Errors
    /// As [`super::Spec::parse`].
    pub fn whole(&self) -> Result<Cow<'a, str>, WorkflowError> {
        if self.included.is_empty() {
            return Ok(Cow::Borrowed(self.text));
        }
        let root = self.root().map_err(|problem| self.problems(vec![problem]))?;
        Ok(Cow::Owned(format!("{HEADING}{}", yaml::write(&root))))
    }
}

/// Reads included files, the deepest first.
#[derive(Default)]
struct Reader<'a> {
    source: Source<'a>,
    /// Where the places of the next file begin.
    end: usize,
    /// The files that are being read, each included by the one before.
    open: Vec<PathBuf>,
    /// The places of the paths that led here.
    chain: Vec<Span>,
    /// Files that are read: one that is included twice counts once.
    done: BTreeSet<PathBuf>,
    problems: Vec<SpecProblem>,
}

impl Reader<'_> {
    fn read_all(&mut self, root: &Node, folder: &Path) {
        let Some(node) = root.get("include") else { return };
        match node.names() {
            Ok(paths) => paths.iter().for_each(|(path, span)| self.read(path, *span, folder)),
            Err(error) => self.problems.push(error.into()),
        }
    }

    fn read(&mut self, path: &str, span: Span, folder: &Path) {
        if let Err(problem) = self.try_read(path, span, folder) {
            self.problems.push(problem);
        }
    }

    fn try_read(&mut self, path: &str, span: Span, folder: &Path) -> Result<(), SpecProblem> {
        let wrong = |message: String| SpecProblem::new(span, message);
        let relative = Path::new(path);
        if relative.has_root() || relative.is_absolute() || path.starts_with('~') || path.contains("://") {
            let message = format!("`{path}` is not a path relative to this file");
            return Err(
                wrong(message).help("write it as seen from this file's folder: costs.yaml, ../costs.yaml")
            );
        }
        let file = folder.join(relative);
        let shown = file.display().to_string();
        let metadata = std::fs::metadata(&file).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => wrong(format!("there is no file {shown} to include"))
                .help("paths are relative to the file that names them"),
            _ => wrong(format!("cannot read {shown}: {error}")),
        })?;
        if !metadata.is_file() {
            return Err(wrong(format!("{shown} is not a file")).help("name the YAML files one by one"));
        }
        let full = file.canonicalize().map_err(|error| wrong(format!("cannot read {shown}: {error}")))?;
        // Wherever a link leads: what is no spec is not opened, so that no message shows what is in it.
        if ![&file, &full].into_iter().all(|path| is_yaml(path)) {
            let leads =
                if is_yaml(&file) { format!(", which leads to {},", full.display()) } else { String::new() };
            return Err(wrong(format!("{shown}{leads} is not a YAML file"))
                .help("included files end in .yaml or .yml"));
        }
        if self.open.contains(&full) {
            let places = self.chain.iter().chain([&span]).map(|span| self.source.place(span.start));
            let way = places.collect::<Vec<_>>().join(" → ");
            let message = format!("{shown} includes itself by way of {way}");
            return Err(wrong(message).help("remove one of these lines"));
        }
        if self.done.contains(&full) {
            return Ok(());
        }
        if self.open.len() > DEEPEST || self.source.included.len() == MOST_FILES {
            let message =
                format!("files are included more than {DEEPEST} deep or more than {MOST_FILES} in all");
            return Err(wrong(message));
        }
        if metadata.len() > yaml::MAX_LENGTH as u64 {
            return Err(wrong(format!("{shown} is larger than {} bytes", yaml::MAX_LENGTH)));
        }
        let text =
            std::fs::read_to_string(&file).map_err(|error| wrong(format!("cannot read {shown}: {error}")))?;
        self.add(shown, text, full, span)
    }

    /// Adds a file behind those that it includes.
    fn add(&mut self, name: String, text: String, full: PathBuf, span: Span) -> Result<(), SpecProblem> {
        let base = self.end;
        self.end += text.len() + 1;
        let root = yaml::parse_at(&text, base);
        let folder = Path::new(&name).parent().unwrap_or(Path::new("")).to_owned();
        // Known from here on, because what follows may point into it; moved behind what it includes at the end.
        self.source.included.push(Included { name, text, base });
        let root = root?;
        root.entries("a spec: a map with some of its keys")?;
        is_no_definition(&root)?;
        self.open.push(full);
        self.chain.push(span);
        self.read_all(&root, &folder);
        self.chain.pop();
        self.done.extend(self.open.pop());
        if let Some(at) = self.source.included.iter().position(|file| file.base == base) {
            let file = self.source.included.remove(at);
            self.source.included.push(file);
        }
        Ok(())
    }
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml"))
}

/// Two specs as one: what both say counts as `above` says it.
fn merge(below: Node, above: Node) -> Node {
    let (Value::Mapping(mut merged), Value::Mapping(own)) = (below.value, above.value.clone()) else {
        return above;
    };
    for entry in own {
        let Some(same) = merged.iter_mut().find(|e| e.key == entry.key) else {
            merged.push(entry);
            continue;
        };
        if entry.value.is_nothing() {
            continue;
        }
        if JOINED.contains(&entry.key.as_str()) {
            same.value = join(same.value.clone(), entry.value);
        } else if MERGED.contains(&entry.key.as_str()) {
            let (below, above) = (as_map(&same.key, same.value.clone()), as_map(&entry.key, entry.value));
            same.value = merge_values(below, above);
        } else {
            same.value = entry.value;
        }
        same.key_span = entry.key_span;
    }
    Node { span: above.span, value: Value::Mapping(merged) }
}

/// Key by key, one level deep; what is no map replaces what is below.
fn merge_values(below: Node, above: Node) -> Node {
    let (Value::Mapping(mut merged), Value::Mapping(own)) = (below.value, &above.value) else { return above };
    for entry in own.iter().filter(|entry| !entry.value.is_nothing()) {
        match merged.iter_mut().find(|e| e.key == entry.key) {
            Some(same) => *same = entry.clone(),
            None => merged.push(entry.clone()),
        }
    }
    Node { span: above.span, value: Value::Mapping(merged) }
}

/// `data: stocks` says the same as `data: {dataset: stocks}`.
fn as_map(key: &str, node: Node) -> Node {
    match (&node.value, key) {
        (Value::Scalar(_), "data") if !node.is_nothing() => {
            let dataset = keys::DATA[0].name.to_owned();
            let span = node.span;
            let entry = Entry { key: dataset, key_span: span, value: node };
            Node { span, value: Value::Mapping(vec![entry]) }
        }
        _ => node,
    }
}

/// One list behind the other; what is no list is left to be complained about.
fn join(below: Node, above: Node) -> Node {
    match (below.value, above.value) {
        (Value::Sequence(mut all), Value::Sequence(own)) => {
            all.extend(own);
            Node { span: above.span, value: Value::Sequence(all) }
        }
        (Value::Sequence(_), value) => Node { span: above.span, value },
        (value, _) => Node { span: below.span, value },
    }
}

#[cfg(test)]
mod tests;

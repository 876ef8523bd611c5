//! The dependencies named in a `Cargo.toml`, with their lines.
//!
//! Our manifests keep one dependency a line, so reading lines is enough.

/// A dependency as a manifest names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dependency<'a> {
    pub(super) name: &'a str,
    /// Counted from 1.
    pub(super) line: usize,
    /// Only tests and benchmarks see it.
    pub(super) is_dev: bool,
}

/// Every dependency of a manifest, of all kinds and targets.
pub(super) fn dependencies(manifest: &str) -> Vec<Dependency<'_>> {
    let mut found = Vec::new();
    let mut section = "";
    for (index, line) in manifest.lines().enumerate() {
        let line_number = index + 1;
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']');
            // `[dependencies.name]`
            if let Some((kind, name)) = section.rsplit_once('.').filter(|(kind, _)| is_dependencies(kind)) {
                found.push(Dependency {
                    name,
                    line: line_number,
                    is_dev: kind.ends_with("dev-dependencies"),
                });
                section = "";
            }
        } else if is_dependencies(section) && !line.is_empty() && !line.starts_with('#') {
            let end = line.find(|c: char| c == '.' || c == '=' || c.is_whitespace()).unwrap_or(line.len());
            let is_dev = section.ends_with("dev-dependencies");
            found.push(Dependency { name: &line[..end], line: line_number, is_dev });
        }
    }
    found
}

/// True for `dependencies`, `dev-dependencies`, `build-dependencies` and those of a target; not for
/// `workspace.dependencies`, which only fixes versions.
fn is_dependencies(section: &str) -> bool {
    section != "workspace.dependencies" && section.ends_with("dependencies")
}

#[cfg(test)]
mod tests {
    use super::{Dependency, dependencies};

    #[test]
    fn all_kinds_are_found() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\n# b = 1\nc = \"1\"\n\
                        [dev-dependencies]\nd = { version = \"1\" }\n[target.'cfg(unix)'.dependencies]\ne = \"1\"\n\
                        [dependencies.f]\nversion = \"1\"\n[workspace.dependencies]\ng = \"1\"\n";
        let of = |name, line, is_dev| Dependency { name, line, is_dev };
        assert_eq!(
            dependencies(manifest),
            [of("a", 4, false), of("c", 6, false), of("d", 8, true), of("e", 10, false), of("f", 11, false)]
        );
    }
}

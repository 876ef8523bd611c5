//! What rows of benchmarks must reach, as it stands above them.

use anyhow::{Result, bail};

/// What a row must reach.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Target {
    /// The file of the benchmark, without its ending.
    pub(crate) file: String,
    /// The function.
    pub(crate) row: String,
    /// The argument that it holds for; any where there is none.
    pub(crate) argument: Option<String>,
    /// Nanoseconds that the median may take.
    pub(crate) must: f64,
}

/// The targets of a file.
pub(crate) fn targets(file: &str, text: &str) -> Result<Vec<Target>> {
    let mut found = Vec::new();
    let mut pending: Vec<(usize, &str)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(target) = line.trim().strip_prefix("// must: ") {
            pending.push((at + 1, target));
        } else if let Some(rest) = line.trim_start().strip_prefix("fn ") {
            let row = rest.split(['(', '<']).next().unwrap_or_default();
            for (number, target) in pending.drain(..) {
                let (time, argument) = match target.split_once(" with ") {
                    Some((time, argument)) => (time, Some(argument.to_owned())),
                    None => (target, None),
                };
                let Some(must) = nanoseconds(time) else {
                    bail!("{file}.rs, line {number}: `{time}` is no time such as `50 ms`");
                };
                found.push(Target { file: file.to_owned(), row: row.to_owned(), argument, must });
            }
        }
    }
    if let Some((number, _)) = pending.first() {
        bail!("{file}.rs, line {number}: no function follows");
    }
    Ok(found)
}

/// `50 ms` in nanoseconds.
pub(crate) fn nanoseconds(text: &str) -> Option<f64> {
    let (number, unit) = text.trim().split_once(' ')?;
    let scale = match unit {
        "ns" => 1.0,
        "µs" | "us" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "m" => 60e9,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * scale)
}

#[cfg(test)]
mod tests {
    use super::{Target, nanoseconds, targets};

    #[test]
    fn targets_stand_above_their_rows() {
        let text = "/// Fast.\n// must: 50 ms\n#[divan::bench]\nfn quick(bencher: B) {\n}\n\
                    // must: 4 s with 2\n#[divan::bench(args = [1, 2])]\nfn large<T>(x: T) {}\nfn other() {}\n";
        let target = |row: &str, argument: Option<&str>, must| Target {
            file: "scan".to_owned(),
            row: row.to_owned(),
            argument: argument.map(str::to_owned),
            must,
        };
        let expected = [target("quick", None, 50e6), target("large", Some("2"), 4e9)];
        assert_eq!(targets("scan", text).unwrap(), expected);
        let error = targets("scan", "// must: soon\nfn x() {}").unwrap_err().to_string();
        assert_eq!(error, "scan.rs, line 1: `soon` is no time such as `50 ms`");
        assert!(targets("scan", "// must: 1 s\n").is_err());
    }

    #[test]
    fn times_are_read_as_they_are_printed() {
        assert_eq!(nanoseconds("43.1 ms"), Some(43.1e6));
        assert_eq!(nanoseconds("1.5 µs"), Some(1500.0));
        assert_eq!(nanoseconds("fast"), None);
    }
}

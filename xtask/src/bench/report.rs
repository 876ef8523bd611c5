//! What benchmarks took, read from what divan prints, and how that compares with what they must reach.

use super::targets::{Target, nanoseconds};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Medians in nanoseconds by file, row and argument.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    medians: BTreeMap<(String, String, Option<String>), f64>,
    file: String,
    row: String,
}

impl Measured {
    /// Takes a line: the name of a file stands at its beginning, rows below it after `├─ ` or `╰─ `, arguments one
    /// level deeper; numbers follow in columns, of which the third is the median.
    pub(crate) fn see(&mut self, line: &str) {
        let mut columns = line.split('│');
        let branch = line.find(['├', '╰']);
        let Some(branch) = branch else {
            if line.contains("fastest") {
                self.file = line.split_whitespace().next().unwrap_or_default().to_owned();
            }
            return;
        };
        let depth = line[..branch].chars().count() / 3;
        // A deeper row begins with the line of the level above it.
        let columns: Vec<&str> = columns.by_ref().skip_while(|part| !part.contains('─')).collect();
        let first = columns.first().copied().unwrap_or_default();
        let name = first.trim_start_matches([' ', '├', '╰', '─']);
        let name = name.split_whitespace().next().unwrap_or_default().to_owned();
        if depth == 0 {
            self.row.clone_from(&name);
        }
        let Some(median) = columns.get(2).and_then(|text| nanoseconds(text)) else { return };
        let argument = (depth > 0).then_some(name);
        self.medians.insert((self.file.clone(), self.row.clone(), argument), median);
    }

    /// The slowest median of a row, or that of one argument.
    fn of(&self, target: &Target) -> Option<f64> {
        let fits = |(file, row, argument): &&(String, String, Option<String>)| {
            *file == target.file
                && *row == target.row
                && target.argument.as_ref().is_none_or(|wanted| argument.as_ref() == Some(wanted))
        };
        let found = self.medians.keys().filter(fits).map(|key| self.medians[key]);
        found.max_by(f64::total_cmp)
    }
}

/// A line per target, and how many are missed or were not measured.
pub(crate) fn table(targets: &[Target], measured: &Measured) -> (String, usize) {
    let mut text = format!("{:58} {:>10} {:>10}\n", "row", "must", "measured");
    let mut missed = 0;
    for target in targets {
        let name = match &target.argument {
            Some(argument) => format!("{} {} {argument}", target.file, target.row),
            None => format!("{} {}", target.file, target.row),
        };
        let (took, verdict) = match measured.of(target) {
            Some(took) if took <= target.must => (time(took), "ok"),
            Some(took) => (time(took), "missed"),
            None => ("-".to_owned(), "not measured"),
        };
        missed += usize::from(verdict != "ok");
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{name:58} {:>10} {took:>10}  {verdict}", time(target.must));
    }
    (text, missed)
}

/// `43.1 ms`.
fn time(nanoseconds: f64) -> String {
    let (number, unit) = match nanoseconds {
        n if n >= 1e9 => (n / 1e9, "s"),
        n if n >= 1e6 => (n / 1e6, "ms"),
        n if n >= 1e3 => (n / 1e3, "µs"),
        n => (n, "ns"),
    };
    let decimals = usize::from(number.fract() != 0.0);
    format!("{number:.decimals$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::{Measured, table};
    use crate::bench::targets::targets;

    /// As divan 0.1.21 prints it.
    const PRINTED: &str = "\
Timer precision: 20 ns
quick_scan                       fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ folders                       41.62 ms      │ 51.07 ms      │ 43.1 ms       │ 43.9 ms       │ 100     │ 100
╰─ list_of_ten_thousand_runs     158.2 ms      │ 260 ms        │ 201.5 ms      │ 190 ms        │ 100     │ 100

sweep                            fastest       │ slowest       │ median        │ mean          │ samples │ iters
╰─ segments_same_close                         │               │               │               │         │
   ├─ 1                          1.2 s         │ 1.3 s         │ 1.25 s        │ 1.25 s        │ 10      │ 10
   │                             20 Mitem/s    │ 20 Mitem/s    │ 20 Mitem/s    │ 20 Mitem/s    │         │
   ╰─ 2                          620 ms        │ 700 ms        │ 650 ms        │ 655 ms        │ 10      │ 10
";

    #[test]
    fn rows_are_compared_with_their_targets() {
        let mut measured = Measured::default();
        PRINTED.lines().for_each(|line| measured.see(line));
        let quick = "// must: 50 ms\nfn folders() {}\n// must: 200 ms\nfn list_of_ten_thousand_runs() {}\n\
                     // must: 1 s\nfn gone() {}\n";
        let mut all = targets("quick_scan", quick).unwrap();
        let sweep = "// must: 700 ms with 2\n// must: 1 s with 1\nfn segments_same_close() {}\n";
        all.extend(targets("sweep", sweep).unwrap());
        let (text, missed) = table(&all, &measured);
        let words: Vec<Vec<&str>> =
            text.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(words[0], ["quick_scan", "folders", "50", "ms", "43.1", "ms", "ok"]);
        assert_eq!(words[1][4..], ["201.5", "ms", "missed"]);
        assert_eq!(words[2][2..], ["1", "s", "-", "not", "measured"]);
        assert_eq!(words[3], ["sweep", "segments_same_close", "2", "700", "ms", "650", "ms", "ok"]);
        assert_eq!(words[4][3..], ["1", "s", "1.2", "s", "missed"]);
        assert_eq!(missed, 3);
    }
}

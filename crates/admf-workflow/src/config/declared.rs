//! The settings there are. Readers, `admf config`, the reference page and the hints in errors come from this table.

use admf_rules::nearest;

/// A setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in files; also the name of the flag's argument.
    pub key: &'static str,
    /// Which values it takes.
    pub kind: SettingKind,
    /// Its value where nobody says anything.
    pub default: &'static str,
    /// Its variable of the environment.
    pub variable: &'static str,
    /// Its flag.
    pub flag: &'static str,
    /// What it means.
    pub doc: &'static str,
}

/// Which values a setting takes.
#[derive(Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A whole number from 1 on, or a word.
    CountOr(&'static str),
    /// A size in memory such as `4GB`, or a word.
    SizeOr(&'static str),
}

/// All settings.
pub const SETTINGS: [Setting; 5] = [
    Setting {
        key: "format",
        kind: SettingKind::Choice(&["auto", "table", "json", "jsonl", "csv", "parquet"]),
        default: "auto",
        variable: "ADMF_FORMAT",
        flag: "--format",
        doc: "how results are written; auto is what the ending of -o FILE says, else table on a terminal and csv \
              in a pipe",
    },
    Setting {
        key: "color",
        kind: SettingKind::Choice(&["auto", "always", "never"]),
        default: "auto",
        variable: "ADMF_COLOR",
        flag: "--color",
        doc: "when to use colour; auto is on a terminal, unless NO_COLOR is set",
    },
    Setting {
        key: "progress",
        kind: SettingKind::Choice(&["auto", "lines", "none"]),
        default: "auto",
        variable: "ADMF_PROGRESS",
        flag: "--progress",
        doc: "how far a run is: auto is a bar on a terminal, lines is a line per tenth",
    },
    Setting {
        key: "threads",
        kind: SettingKind::CountOr("auto"),
        default: "auto",
        variable: "ADMF_THREADS",
        flag: "--threads",
        doc: "threads to evaluate with; auto is one per processor",
    },
    Setting {
        key: "memory",
        kind: SettingKind::SizeOr("auto"),
        default: "auto",
        variable: "ADMF_MEMORY",
        flag: "--memory",
        doc: "memory that `admf analytics correlations` may take, such as 4GB; auto is half of what is available",
    },
];

/// The bytes of a size such as `500MB`, `4GB` or `1.5 GiB`; `None` for anything else and for nothing at all.
pub fn bytes(text: &str) -> Option<u64> {
    const UNITS: [(&str, f64); 6] =
        [("gib", 1_073_741_824.0), ("mib", 1_048_576.0), ("gb", 1e9), ("mb", 1e6), ("g", 1e9), ("m", 1e6)];
    let text = text.trim().to_ascii_lowercase();
    let (number, unit) = UNITS.iter().find_map(|(unit, size)| Some((text.strip_suffix(unit)?, size)))?;
    let number: f64 = number.trim_end().parse().ok()?;
    // Fractions of a byte do not matter.
    (number.is_finite() && number > 0.0).then_some((number * unit) as u64)
}

impl Setting {
    /// The values it takes, in words.
    pub fn allowed(&self) -> String {
        match &self.kind {
            SettingKind::Choice(words) => match words.split_last() {
                Some((last, others)) => format!("write {} or {last}", others.join(", ")),
                None => String::new(),
            },
            SettingKind::CountOr(word) => format!("write a whole number from 1 on, or {word}"),
            SettingKind::SizeOr(word) => format!("write a size such as 500MB or 4GB, or {word}"),
        }
    }

    /// Is this one of its values? If not, what is wrong and what to do.
    ///
    /// # Errors
    /// The message and the remedy.
    pub fn check(&self, value: &str) -> Result<(), (String, String)> {
        let fits = match &self.kind {
            SettingKind::Choice(words) => words.contains(&value),
            SettingKind::CountOr(word) => value == *word || value.parse::<u32>().is_ok_and(|n| n > 0),
            SettingKind::SizeOr(word) => value == *word || bytes(value).is_some(),
        };
        if fits {
            return Ok(());
        }
        let near = match &self.kind {
            SettingKind::Choice(words) => nearest(value, words.iter().copied()),
            SettingKind::CountOr(_) | SettingKind::SizeOr(_) => None,
        };
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => self.allowed(),
        };
        Err((format!("`{value}` is no value of `{}`", self.key), help))
    }
}

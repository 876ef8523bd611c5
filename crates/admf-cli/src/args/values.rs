//! Numbers as they are typed: what is not one is answered with an example.

use std::num::NonZeroUsize;
use std::str::FromStr;

/// A finite number.
pub(crate) fn number(text: &str) -> Result<f64, String> {
    finite(text).ok_or_else(|| "write a number such as 1.5".to_owned())
}

/// A fraction, as such or in percent.
pub(crate) fn fraction(text: &str) -> Result<f64, String> {
    let value = match text.strip_suffix('%') {
        Some(percent) => finite(percent.trim_end()).map(|percent| percent / 100.0),
        None => finite(text),
    };
    value.ok_or_else(|| "write a number such as 0.2 or 20%".to_owned())
}

/// A whole number that is not negative.
pub(crate) fn whole<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| "write a whole number such as 20".to_owned())
}

/// A size in memory, kept as it was typed.
pub(crate) fn size(text: &str) -> Result<String, String> {
    match admf_workflow::config::bytes(text) {
        None if text != "auto" => Err("write a size such as 500MB or 4GB".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

/// A number of threads.
pub(crate) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "write 1 or more, or leave it out for one per processor".to_owned())
}

/// How many rows to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Top {
    /// All there are.
    All,
    /// So many at most.
    First(u32),
}

/// A number of rows, or `all`.
pub(crate) fn top(text: &str) -> Result<Top, String> {
    match text.parse() {
        _ if text == "all" => Ok(Top::All),
        Ok(rows) if rows > 0 => Ok(Top::First(rows)),
        _ => Err("write a whole number from 1 on, such as 20, or all".to_owned()),
    }
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{Top, fraction, number, size, threads, top, whole};

    #[test]
    fn percentages_are_fractions_and_what_is_not_finite_is_no_number() {
        assert_eq!(fraction("15%"), Ok(0.15));
        assert_eq!(fraction("-20 %"), Ok(-0.2));
        assert_eq!(fraction("0.2"), Ok(0.2));
        for wrong in ["%", "nan", "inf%", "fifteen", ""] {
            assert_eq!(fraction(wrong), Err("write a number such as 0.2 or 20%".to_owned()), "{wrong}");
        }
        assert_eq!(number("-1.5"), Ok(-1.5));
        assert!(number("nan").is_err() && number("inf").is_err() && number("15%").is_err());
        assert_eq!(whole::<u32>("20"), Ok(20));
        assert_eq!((top("all"), top("7")), (Ok(Top::All), Ok(Top::First(7))));
        assert!(top("0").is_err() && top("-1").is_err() && top("every").is_err());
        assert!(size("4GB").is_ok() && size("1.5 gib").is_ok() && size("auto").is_ok());
        assert!(size("4").is_err() && size("-1GB").is_err() && size("GB").is_err() && size("nanGB").is_err());
        assert!(threads("0").is_err() && threads("-1").is_err() && threads("two").is_err());
        assert_eq!(threads("2").unwrap().get(), 2);
        assert!(whole::<u32>("-1").is_err() && whole::<u64>("1.5").is_err());
    }
}

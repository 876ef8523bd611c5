//! Numbers in sentences.

/// A count with thousands separators: `31,204`.
pub fn grouped(n: impl Into<u128>) -> String {
    let digits = n.into().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 run`, `2,000 runs`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n as u64), if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::{counted, grouped};

    #[test]
    fn one_thing_is_not_many() {
        assert_eq!([0, 1, 5000].map(|n| counted(n, "run", "runs")), ["0 runs", "1 run", "5,000 runs"]);
    }

    #[test]
    fn every_third_digit_from_the_right_is_set_apart() {
        let told = [0_u64, 999, 1000, 31_204, 100_000_000].map(grouped);
        assert_eq!(told, ["0", "999", "1,000", "31,204", "100,000,000"]);
    }
}

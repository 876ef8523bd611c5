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

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn every_third_digit_from_the_right_is_set_apart() {
        let told = [0_u64, 999, 1000, 31_204, 100_000_000].map(grouped);
        assert_eq!(told, ["0", "999", "1,000", "31,204", "100,000,000"]);
    }
}

use super::super::tests::{assert_golden, sample};
use super::{Characters, text};

#[test]
fn a_chart_of_a_rise_and_a_fall() {
    let drawn = text(&sample(60), 60, Characters::Unicode);
    assert!(drawn.lines().all(|line| line.chars().count() <= 60), "{drawn}");
    assert_golden("chart.txt", &drawn);
}

#[test]
fn without_braille_there_is_nothing_beyond_ascii() {
    let drawn = text(&sample(60), 60, Characters::Ascii);
    assert!(drawn.is_ascii(), "{drawn}");
    assert!(drawn.contains('*') && drawn.contains('#'));
}

#[test]
fn any_number_of_bars_fits_any_window() {
    for bars in [2, 3, 196, 5031] {
        for width in [10, 40, 80, 132, 400] {
            let drawn = text(&sample(bars), width, Characters::Unicode);
            let widest = drawn.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= width.clamp(46, 132), "{bars} bars on {width} columns took {widest}");
        }
    }
}

#[test]
fn a_flat_line_is_drawn() {
    let mut chart = sample(50);
    for line in [&mut chart.equity, &mut chart.baseline] {
        line.fill(chart.capital);
    }
    chart.drawdown.fill(0.0);
    assert!(text(&chart, 80, Characters::Unicode).contains("0%"));
}

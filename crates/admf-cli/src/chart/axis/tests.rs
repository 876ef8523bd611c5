use super::{falls, growth, times};
use admf_model::Timestamp;

fn labels<P>(ticks: Vec<super::Tick<P>>) -> Vec<String> {
    ticks.into_iter().map(|tick| tick.label).collect()
}

#[test]
fn growth_is_told_in_percent() {
    assert_eq!(
        labels(growth((0.8, 1.5), false, 7)),
        ["−20%", "−10%", "0%", "+10%", "+20%", "+30%", "+40%", "+50%"]
    );
    assert_eq!(labels(growth((0.999, 1.004), false, 7)), ["−0.1%", "0%", "+0.1%", "+0.2%", "+0.3%", "+0.4%"]);
    assert_eq!(labels(growth((1.0, 13.0), false, 5)), ["0%", "+250%", "+500%", "+750%", "+1,000%"]);
}

#[test]
fn a_logarithmic_axis_has_round_multiples() {
    let ticks = growth((0.4, 26.0), true, 7);
    assert_eq!(ticks.iter().map(|tick| tick.at).collect::<Vec<_>>(), [0.5, 1.0, 2.0, 5.0, 10.0, 20.0]);
    assert_eq!(labels(ticks), ["−50%", "0%", "+100%", "+400%", "+900%", "+1,900%"]);
    assert_eq!(
        labels(growth((0.95, 1.12), true, 7)),
        ["−5.0%", "−2.5%", "0%", "+2.5%", "+5.0%", "+7.5%", "+10.0%"]
    );
}

#[test]
fn falls_go_down() {
    assert_eq!(labels(falls(0.62, 4)), ["0%", "−20%", "−40%", "−60%"]);
}

fn days(from: (i16, i8, i8), count: i64, step_us: i64) -> Vec<Timestamp> {
    let start = Timestamp::from_date(from.0, from.1, from.2).unwrap().micros();
    (0..count).map(|n| Timestamp::from_micros(start + n * step_us)).collect()
}

const DAY: i64 = 86_400_000_000;

#[test]
fn time_is_told_in_the_coarsest_unit_that_is_enough() {
    let years = times(&days((1999, 1, 4), 7300, DAY), 13);
    assert_eq!((years.len(), years[0].label.as_str(), years[0].at), (10, "2000", 362));
    assert_eq!(labels(times(&days((2012, 5, 18), 286, DAY), 13))[..3], ["2012-06", "2012-07", "2012-08"]);
    assert_eq!(labels(times(&days((2012, 5, 18), 5, DAY), 13))[0], "2012-05-19");
    assert_eq!(labels(times(&days((2012, 5, 18), 600, 60_000_000), 13))[..2], ["05-18 01:00", "05-18 02:00"]);
    assert!(times(&days((2012, 5, 18), 1, DAY), 13).is_empty());
}

#[test]
fn there_are_never_too_many() {
    for count in [2, 10, 196, 5031, 200_000] {
        for step in [1_000_000, 60_000_000, 3_600_000_000, DAY] {
            assert!(times(&days((2001, 2, 3), count, step), 13).len() <= 13, "{count} {step}");
        }
    }
}

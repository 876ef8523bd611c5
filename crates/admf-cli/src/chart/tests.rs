use super::{Band, Chart, Scale, layout, png, svg, write};
use admf_model::Timestamp;
use std::path::Path;

/// Equity that doubles and falls back, held long in the middle and short at the end.
pub(super) fn sample(bars: usize) -> Chart {
    let start = Timestamp::from_date(2020, 1, 1).unwrap().micros();
    let at = |bar: usize| bar as f64 / (bars - 1) as f64;
    let equity: Vec<f64> = (0..bars).map(|bar| 1000.0 * (1.0 + 4.0 * at(bar) * (1.0 - at(bar)))).collect();
    let mut peak = 1000.0_f64;
    let fall = |equity: &f64| {
        peak = peak.max(*equity);
        1.0 - equity / peak
    };
    Chart {
        title: "fade n=5 on AAA & B".to_owned(),
        subtitles: vec!["2020 · daily".to_owned()],
        times: (0..bars as i64).map(|bar| Timestamp::from_micros(start + bar * 86_400_000_000)).collect(),
        capital: 1000.0,
        drawdown: equity.iter().map(fall).collect(),
        equity,
        baseline: (0..bars).map(|bar| 1000.0 * (1.0 + 0.5 * at(bar))).collect(),
        units: (0..bars)
            .map(|bar| if at(bar) > 0.8 { -1.0 } else { f64::from(u8::from(at(bar) > 0.3)) })
            .collect(),
        bands: vec![Band {
            name: "trend".to_owned(),
            vocabulary: &["UP", "DOWN", "RANGE"],
            labels: (0..bars)
                .map(|bar| match at(bar) {
                    x if x < 0.1 => None,
                    x if x < 0.5 => Some("UP"),
                    _ => Some("DOWN"),
                })
                .collect(),
        }],
        scale: Scale::Auto,
    }
}

/// Compares a drawing with `golden/<name>`, and writes that file when `ADMF_UPDATE` is set.
pub(super) fn assert_golden(name: &str, drawn: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/chart/golden").join(name);
    if std::env::var_os("ADMF_UPDATE").is_some() {
        std::fs::write(&path, drawn).unwrap();
    }
    assert_eq!(drawn, std::fs::read_to_string(&path).unwrap(), "{}", path.display());
}

#[test]
fn the_same_chart_is_the_same_file() {
    assert_golden("chart.svg", &svg::text(&layout::scene(&sample(40))));
}

#[test]
fn a_picture_has_its_size_and_shows_every_part() {
    let scene = layout::scene(&sample(400));
    let picture = tiny_skia::Pixmap::decode_png(&png::bytes(&scene)).unwrap();
    assert_eq!(f64::from(picture.width()), scene.width * png::SCALE);
    assert_eq!(f64::from(picture.height()), scene.height * png::SCALE);
    let count = |colour: u32| {
        let [_, red, green, blue] = colour.to_be_bytes();
        picture.pixels().iter().filter(|p| (p.red(), p.green(), p.blue()) == (red, green, blue)).count()
    };
    let of = super::colours::label;
    for colour in [super::colours::STRATEGY, super::colours::BASELINE, of(&[], "UP"), of(&[], "DOWN")] {
        assert!(count(colour) > 200, "{colour:06x} covers {} pixels", count(colour));
    }
    // Letters are drawn: the title is dark, and nothing else is.
    assert!(count(super::colours::INK) > 100);
}

#[test]
fn every_number_of_bars_can_be_drawn() {
    for bars in [2, 196, 5031, 200_000] {
        let text = svg::text(&layout::scene(&sample(bars)));
        assert!(!text.contains("NaN") && !text.contains("inf"), "{bars} bars");
        assert!(text.len() < 400_000, "{bars} bars make {} bytes", text.len());
    }
}

#[test]
fn the_axis_is_logarithmic_from_a_factor_of_ten_on() {
    let mut chart = sample(50);
    assert!(!chart.is_log());
    chart.equity[20] = 10_001.0;
    assert!(chart.is_log());
    chart.scale = Scale::Linear;
    assert!(!chart.is_log());
    chart.scale = Scale::Log;
    chart.equity[49] = 0.0;
    assert!(!chart.is_log(), "what is gone has no logarithm");
    assert!(!svg::text(&layout::scene(&chart)).contains("NaN"));
}

#[test]
fn the_ending_says_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for (name, start) in [("a.svg", &b"<svg"[..]), ("b.PNG", &b"\x89PNG"[..])] {
        let path = folder.path().join(name);
        write(&path, &sample(30)).unwrap();
        assert!(std::fs::read(&path).unwrap().starts_with(start), "{name}");
    }
    let refused = write(&folder.path().join("c.gif"), &sample(30)).unwrap_err();
    assert!(refused.help.unwrap().contains(".svg or .png"));
}

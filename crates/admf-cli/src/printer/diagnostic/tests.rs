use super::render;
use crate::failure::Failure;

#[test]
fn a_message_fits_the_window_and_words_stay_whole() {
    let path =
        "/srv/market-data/a-rather-long-folder-name/with-a-file-name-that-is-wider-than-the-window.csv";
    let message = format!(
        "cannot read the file {path} because somebody moved it elsewhere while the command was running"
    );
    for width in [60, 80] {
        let text = render(&Failure::failed(&message), false, Some(width));
        assert!(text.contains(path), "{text}");
        let others = text.lines().filter(|line| !line.contains(path));
        assert!(others.clone().count() > 1, "{text}");
        for line in others {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

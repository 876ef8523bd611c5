//! What goes to the file comes back.

use super::{Bounds, Spool};
use crate::market::date::Written;
use crate::market::draft::Rows;

#[test]
fn rows_come_back_in_segments() {
    let folder = tempfile::tempdir().unwrap();
    let mut spool = Spool::new(folder.path(), Bounds { held: 0, segment: 2 });
    let written = vec![
        Written::Local(-5),
        Written::Zoned { local: i64::MAX, offset: -3600 },
        Written::Fields { first: 31, second: 2, year: 1999, clock: 86_399_999_999 },
    ];
    let volume = vec![7.0, f64::NAN, 0.0];
    let (close, adjusted) = (vec![0.1, 0.2, 0.3], vec![1.0, 2.0, 3.0]);
    let range = [close.clone(), adjusted.clone(), vec![-0.0, 1e300, 4.0]];
    let rows = Rows { written: written.clone(), lines: vec![2, 3, u32::MAX], range, close, adjusted, volume };
    let segments = spool.write(rows).unwrap();
    let rows: Vec<usize> = segments.iter().map(|segment| segment.rows).collect();
    assert_eq!(rows, [2, 1]);
    let second =
        Rows { written: vec![Written::Local(1)], lines: vec![9], close: vec![4.0], ..Rows::default() };
    let other = spool.write(Rows { volume: vec![f64::NAN], ..second }).unwrap();
    // In any order.
    let part = spool.part(&segments[1]).unwrap();
    assert_eq!((part.lines, part.close, part.volume.get(0)), (vec![u32::MAX], vec![0.3], Some(0.0)));
    assert_eq!(part.range.unwrap()[2], [4.0]);
    assert_eq!(spool.times(&segments[0]).unwrap(), written[..2]);
    assert_eq!(spool.times(&segments[1]).unwrap(), written[2..]);
    let part = spool.part(&segments[0]).unwrap();
    assert_eq!((part.adjusted, part.volume.get(1)), (Some(vec![1.0, 2.0]), None));
    let part = spool.part(&other[0]).unwrap();
    assert_eq!((part.range, part.adjusted, part.close, part.lines), (None, None, vec![4.0], vec![9]));
    // The file has no name: nothing is left of it, however the process ends.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

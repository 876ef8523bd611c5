use super::ordered;
use std::num::NonZeroUsize;

/// Numbers below `end` with an error after it, doubled, of which one fails.
fn run(threads: usize, end: u32, fails: Option<u32>, stop: Option<u32>) -> (Vec<u32>, Result<(), String>) {
    let mut at = 0;
    let next = || {
        at += 1;
        match stop {
            Some(stop) if at > stop => Err("the stream broke".to_owned()),
            _ => Ok((at <= end).then_some(at)),
        }
    };
    let work = |number: u32| match fails {
        Some(failing) if failing == number => Err(format!("{number} failed")),
        _ => Ok(number * 2),
    };
    let mut taken = Vec::new();
    let result = ordered(NonZeroUsize::new(threads).unwrap(), next, work, |number| {
        taken.push(number);
        Ok(())
    });
    (taken, result)
}

#[test]
fn results_come_in_the_order_of_the_pieces() {
    for threads in [1, 2, 5] {
        let (taken, result) = run(threads, 1_000, None, None);
        assert_eq!(taken, (1..=1_000).map(|n| n * 2).collect::<Vec<_>>());
        assert_eq!(result, Ok(()));
        assert_eq!(run(threads, 0, None, None), (Vec::new(), Ok(())));
    }
}

#[test]
fn the_first_error_in_order_ends_all() {
    for threads in [1, 2, 5] {
        let (taken, result) = run(threads, 1_000, Some(40), Some(60));
        assert_eq!((taken.len(), result), (39, Err("40 failed".to_owned())));
        let (taken, result) = run(threads, 1_000, Some(70), Some(60));
        assert_eq!((taken.len(), result), (60, Err("the stream broke".to_owned())));
    }
}

#[test]
fn an_error_of_the_taker_ends_all() {
    let mut at = 0;
    let next = || {
        at += 1;
        Ok::<_, String>(Some(at))
    };
    let take = |number: u32| if number == 10 { Err("enough".to_owned()) } else { Ok(()) };
    assert_eq!(ordered(NonZeroUsize::new(2).unwrap(), next, Ok, take), Err("enough".to_owned()));
}

#[test]
fn a_panic_of_stream_or_work_is_passed_on() {
    let ended = |stream: bool| {
        std::panic::catch_unwind(|| {
            let next = || if stream { panic!("broken") } else { Ok::<_, String>(Some(1)) };
            ordered(
                NonZeroUsize::new(2).unwrap(),
                next,
                |_: i32| -> Result<i32, String> { panic!("broken") },
                |_| Ok(()),
            )
        })
    };
    assert!(ended(true).is_err() && ended(false).is_err());
}

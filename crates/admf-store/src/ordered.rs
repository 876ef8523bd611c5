//! Pieces of a stream worked on by several threads and taken in the order of the stream, so that nothing depends on
//! how many threads there are.

use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// What threads get their pieces from.
struct Feed<N, R> {
    next: N,
    /// The answers in the order of the pieces; none once the stream has ended.
    answers: Option<SyncSender<Receiver<R>>>,
}

/// Hands the pieces of `next` to `work` on several threads and its results to `take`, one by one in the order of the
/// pieces. At most two pieces a thread are under way. The first error, in that order, ends all.
pub(crate) fn ordered<T: Send, R: Send, E: Send>(
    threads: NonZeroUsize,
    next: impl FnMut() -> Result<Option<T>, E> + Send,
    work: impl Fn(T) -> Result<R, E> + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let (sender, answers) = sync_channel(2 * threads.get());
    // Threads wait for each other only to read: a stream has one end.
    let feed = Mutex::new(Feed { next, answers: Some(sender) });
    let do_next = || {
        let job = feed.lock().unwrap_or_else(PoisonError::into_inner).next();
        job.is_some_and(|(piece, answer)| {
            // Nobody waits for it any more after an error.
            let _ = answer.send(piece.and_then(&work));
            true
        })
    };
    let do_all = || while do_next() {};
    thread::scope(|scope| {
        let started =
            (0..threads.get()).filter(|_| thread::Builder::new().spawn_scoped(scope, do_all).is_ok());
        // Where memory refuses every thread, this one does it all.
        let alone = started.count() == 0;
        // A thread that panics leaves no answer; the scope passes the panic on.
        let answers = answers;
        while alone && do_next() {
            if let Ok(Ok(answer)) = answers.recv().map(|answer| answer.recv()) {
                take(answer?)?;
            }
        }
        while let Ok(Ok(answer)) = answers.recv().map(|answer| answer.recv()) {
            take(answer?)?;
        }
        Ok(())
    })
}

/// A piece, or why there is none, and where its result is waited for.
type Job<T, R, E> = (Result<T, E>, SyncSender<Result<R, E>>);

impl<T, R, E, N: FnMut() -> Result<Option<T>, E>> Feed<N, Result<R, E>> {
    /// What a thread does next; none at the end.
    fn next(&mut self) -> Option<Job<T, R, E>> {
        // Taken out, so that a panic of the stream ends the queue, too.
        let queue = self.answers.take()?;
        let piece = (self.next)().transpose()?;
        let (sender, receiver) = sync_channel(1);
        queue.send(receiver).ok()?;
        self.answers = piece.is_ok().then_some(queue);
        Some((piece, sender))
    }
}

#[cfg(test)]
mod tests;

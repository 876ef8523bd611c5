//! Both kernels against the reference simulation, against each other, and against themselves on other threads.

mod agreement;
mod library;
mod oracle;
mod random;

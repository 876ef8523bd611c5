//! Both kernels against the reference simulation, against each other, and against themselves on other threads.

mod oracle;
mod random;
mod agreement;

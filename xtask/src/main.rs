//! The project's own commands: `cargo xtask {setup,demo,test,ci,tidy,codegen,bench,instructions,faults,fuzz,deny,book}`.
//!
//! It depends on no crate of the workspace, so that it builds in seconds and runs before DuckDB's library is there.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod book;
mod ci;
mod codegen;
mod demo;
mod deny;
mod faults;
mod features;
mod fuzz;
mod instructions;
mod project;
mod setup;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask COMMAND

  setup             fetch DuckDB's library into the cache (done by demo, test and ci as well)
  demo [ARG…]       build admf and run `admf demo` here; the result is in ./admf-demo
  test [ARG…]       run the tests; arguments go to cargo nextest, or to cargo test where nextest is missing
  ci                everything that must pass: format, tidy, clippy, generated files, demo, tests
  tidy              the rules of STYLE.md that a machine can check
  codegen [--check] write the generated files, or say which are stale
  bench [--enforce] run the benchmarks and compare them with what they must reach; with --enforce a missed one is an
                    error; other arguments go to cargo bench
  bench --peers [--only NAME] [--rounds N] [--enforce]
                    compare whole pieces of work with other programs, which it installs, and write
                    docs/benchmarks.md; --page writes the page alone, --tiny tries the harness without peers
  instructions [--update]
                    count what the kernels execute and compare it with the last count, or write it down
  faults [--long] [PART…]
                    tests of full disks, kills, processes in each other's way and hostile files; with --long those that
                    come by chance are tried many times
  fuzz [TARGET…] [--minutes N]
                    feed what reads files with new bytes, each target so long; needs a nightly compiler and cargo-fuzz
  deny [--offline]  licences, sources and, where they can be reached, advisories of all dependencies; needs cargo-deny
  book [ARG…]       build the book in docs/ for a browser; arguments go to mdBook";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let outcome = match command.as_str() {
        "setup" => setup::setup(),
        "demo" => demo::demo(&rest),
        "test" => test::test(&rest),
        "ci" => ci::ci(),
        "tidy" => tidy::tidy(),
        "codegen" => codegen::codegen(&rest),
        "faults" => faults::faults(&rest),
        "fuzz" => fuzz::fuzz(&rest),
        "deny" => deny::deny(&rest),
        "bench" => bench::bench(&rest),
        "instructions" => instructions::instructions(&rest),
        "book" => book::book(&rest),
        "" | "help" | "-h" | "--help" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("there is no command `{command}`\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {command}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

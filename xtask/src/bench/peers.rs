//! `cargo xtask bench --peers`: whole comparisons with other programs, and what ADMF reaches alone.
//!
//! Both sides wait as processes and work in turn, so that whatever else the machine does strikes both. Results are
//! compared before times are. Each comparison is kept in `docs/benchmarks.json`, from which `docs/benchmarks.md` is
//! written. Nothing here is asserted: `--enforce` alone makes a missed row an error.

mod agreement;
mod commands;
mod environment;
mod imports;
mod indicators;
mod machine;
mod ours;
mod page;
mod places;
mod prices;
mod sample;
mod scans;
mod section;
mod sweeps;
mod worker;

use anyhow::{Context, Result, bail};
use section::Section;

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    /// ADMF's side on a handful of input, without peers: that the harness works.
    Tiny,
    /// All of it, in so many rounds.
    Whole { rounds: usize },
}

/// A comparison by its name on the command line.
type Comparison = (&'static str, fn(Scale) -> Result<Section>);

/// In the order of the page.
const COMPARISONS: [Comparison; 5] = [
    ("sweep", sweeps::compare),
    ("indicators", indicators::compare),
    ("import", imports::compare),
    ("scan", scans::compare),
    ("commands", commands::compare),
];

/// Rounds of a comparison unless told.
const ROUNDS: usize = 3;

/// What the command line asks for.
#[derive(Debug, PartialEq)]
struct Request {
    scale: Scale,
    only: Vec<String>,
    enforce: bool,
    page_only: bool,
}

/// Makes the comparisons and writes the page.
pub(crate) fn peers(arguments: &[String]) -> Result<()> {
    let request = request(arguments)?;
    let mut missed = 0;
    // Later the minute before would be that of the measurement's own building and measuring.
    let load = machine::load();
    for (name, compare) in COMPARISONS {
        if request.page_only || !(request.only.is_empty() || request.only.iter().any(|only| only == name)) {
            continue;
        }
        eprintln!("── {name}");
        let section = compare(request.scale).with_context(|| format!("the comparison `{name}`"))?;
        println!("{}", page::plain(&section));
        missed += section.missed();
        if request.scale != Scale::Tiny {
            page::keep(name, &section, load)?;
        }
    }
    if request.scale != Scale::Tiny {
        page::write()?;
    }
    if missed > 0 && request.enforce {
        bail!("{missed} rows are not what they must be");
    }
    Ok(())
}

/// That the harness works and the peers' scripts can be read, for those who change them: needs no peer.
pub(crate) fn check() -> Result<()> {
    peers(&["--tiny".to_owned()])?;
    environment::parse_scripts()
}

fn request(arguments: &[String]) -> Result<Request> {
    let mut request = Request {
        scale: Scale::Whole { rounds: ROUNDS },
        only: Vec::new(),
        enforce: false,
        page_only: false,
    };
    let mut arguments = arguments.iter().map(String::as_str);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("`{argument}` needs a value"));
        match argument {
            "--peers" => {}
            "--enforce" => request.enforce = true,
            "--tiny" => request.scale = Scale::Tiny,
            "--page" => request.page_only = true,
            "--rounds" => {
                let rounds = value()?;
                let rounds = rounds.parse().ok().filter(|rounds| *rounds > 0);
                request.scale =
                    Scale::Whole { rounds: rounds.context("`--rounds` takes a number from 1 on")? };
            }
            "--only" => request.only.push(named(value()?)?),
            _ => bail!("`{argument}` is none of --only NAME, --rounds N, --page, --tiny, --enforce"),
        }
    }
    Ok(request)
}

/// The comparison of this name.
fn named(name: &str) -> Result<String> {
    let names = COMPARISONS.map(|(name, _)| name);
    if !names.contains(&name) {
        bail!("there is no comparison `{name}`: there is {}", names.join(", "));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Request, Scale, request};

    fn of(arguments: &[&str]) -> Result<Request, String> {
        let arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
        request(&arguments).map_err(|e| e.to_string())
    }

    #[test]
    fn what_is_asked_for() {
        let all = of(&["--peers"]).unwrap();
        assert_eq!((all.scale, all.only.len(), all.enforce), (Scale::Whole { rounds: 3 }, 0, false));
        let some = of(&["--peers", "--only", "sweep", "--rounds", "5", "--enforce"]).unwrap();
        assert_eq!(some.scale, Scale::Whole { rounds: 5 });
        assert!(some.enforce && some.only == ["sweep"]);
        assert!(of(&["--only", "sweeps"]).unwrap_err().starts_with("there is no comparison `sweeps`"));
        assert_eq!(of(&["--rounds"]).unwrap_err(), "`--rounds` needs a value");
        assert!(of(&["--rounds", "0"]).is_err() && of(&["--fast"]).is_err());
    }
}

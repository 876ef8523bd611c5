//! Stored datasets: loaded with their invariants checked again, listed, shown.

use super::check::check_range;
use super::description::{Description, SymbolSummary};
use super::error::MarketError;
use super::name::Reference;
use super::symbols::Head;
use super::{bars_file, hash, versions};
use admf_model::{Bars, ContentHash, Dataset};
use std::path::{Path, PathBuf};

/// Loads a dataset by `name` (the version imported last) or `name@hash` (any version; the beginning of its hash
/// suffices).
pub fn load(root: &Path, reference: &str) -> Result<Dataset, MarketError> {
    let description = find(root, reference)?;
    let path = versions::bars_path(&versions::folder(root, &description.name, description.content_hash));
    let symbols = bars_file::read(&path)?;
    check(&description, &symbols).map_err(|problem| MarketError::corrupt(&path, problem))?;
    Ok(Dataset {
        calendar: description.calendar.calendar(),
        name: description.name,
        family: description.family,
        content_hash: description.content_hash,
        interval: description.interval,
        symbols,
    })
}

/// Loads a dataset and also computes its content hash anew.
pub fn load_verified(root: &Path, reference: &str) -> Result<Dataset, MarketError> {
    let dataset = load(root, reference)?;
    let found = hash::content_hash(&dataset.symbols);
    if found != dataset.content_hash {
        let folder = versions::folder(root, &dataset.name, dataset.content_hash);
        let problem = format!("the bars have the content hash {found}, not {}", dataset.content_hash);
        return Err(MarketError::corrupt(&versions::bars_path(&folder), problem));
    }
    Ok(dataset)
}

/// A dataset in a list: the version that its name stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// The current version.
    pub current: Description,
    /// Number of versions.
    pub versions: usize,
}

/// All datasets, sorted by name, and the faults that keep others from being listed.
#[derive(Debug)]
pub struct Inventory {
    /// The readable datasets.
    pub datasets: Vec<Listing>,
    /// Why others are not.
    pub faults: Vec<MarketError>,
}

/// Lists the datasets of a market; an empty list where there is none yet.
pub fn list(root: &Path) -> Result<Inventory, MarketError> {
    let mut inventory = Inventory { datasets: Vec::new(), faults: Vec::new() };
    for name in versions::names(root)? {
        match all_versions(root, &name) {
            Ok(mut all) if !all.is_empty() => {
                let versions = all.len();
                inventory.datasets.push(Listing { current: all.swap_remove(0), versions });
            }
            Ok(_) => {}
            Err(fault) => inventory.faults.push(fault),
        }
    }
    Ok(inventory)
}

/// A version in detail, among its siblings.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// The version.
    pub description: Description,
    /// Its folder.
    pub folder: PathBuf,
    /// All versions under the name, the current one first.
    pub versions: Vec<Description>,
}

/// Shows a dataset by `name` or `name@hash`.
pub fn show(root: &Path, reference: &str) -> Result<Details, MarketError> {
    let description = find(root, reference)?;
    let folder = versions::folder(root, &description.name, description.content_hash);
    let versions = all_versions(root, &description.name)?;
    Ok(Details { description, folder, versions })
}

/// The description of the version that a reference names.
fn find(root: &Path, reference: &str) -> Result<Description, MarketError> {
    let Reference { name, version } = Reference::parse(reference)?;
    let hashes = versions::hashes(root, name)?;
    if hashes.is_empty() {
        return Err(not_found(root, name));
    }
    let Some(version) = version else {
        let mut all = all_versions(root, name)?;
        return Ok(all.swap_remove(0));
    };
    let fits = |hash: &&ContentHash| hash.to_string().starts_with(&version.to_ascii_lowercase());
    let fitting: Vec<&ContentHash> = hashes.iter().filter(fits).collect();
    match fitting.as_slice() {
        [hash] => versions::describe(root, name, **hash),
        _ => Err(MarketError::NoVersion {
            name: name.to_owned(),
            version: version.to_owned(),
            several: fitting.len() > 1,
            versions: hashes,
        }),
    }
}

/// All versions under a name, the one imported last first. A version that cannot be read is an error: it could be
/// the one that the name stands for.
fn all_versions(root: &Path, name: &str) -> Result<Vec<Description>, MarketError> {
    let hashes = versions::hashes(root, name)?;
    let mut all: Vec<Description> =
        hashes.into_iter().map(|hash| versions::describe(root, name, hash)).collect::<Result<_, _>>()?;
    sort_latest_first(&mut all);
    Ok(all)
}

/// The versions under a name that can be read, the one imported last first. An import goes by these, so that it can
/// restore the others.
pub(super) fn readable_versions(root: &Path, name: &str) -> Result<Vec<Description>, MarketError> {
    let hashes = versions::hashes(root, name)?;
    let mut readable: Vec<Description> =
        hashes.into_iter().filter_map(|hash| versions::describe(root, name, hash).ok()).collect();
    sort_latest_first(&mut readable);
    Ok(readable)
}

fn sort_latest_first(versions: &mut [Description]) {
    versions.sort_by_key(|version| std::cmp::Reverse(version.wall_clock.ordinal));
}

fn not_found(root: &Path, name: &str) -> MarketError {
    let mut known: Vec<String> = match list(root) {
        Ok(inventory) => inventory.datasets.into_iter().map(|listing| listing.current.name).collect(),
        Err(error) => return error,
    };
    let distance = |other: &String| strsim::damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase());
    known.sort_by_cached_key(|other| (distance(other), other.clone()));
    MarketError::NotFound { name: name.to_owned(), known }
}

/// What import established and every reader relies on.
fn check(description: &Description, symbols: &[Bars]) -> Result<(), String> {
    let found: Option<Vec<SymbolSummary>> =
        symbols.iter().map(|bars| SymbolSummary::of(&Head::of(bars))).collect();
    if found.as_ref() != Some(&description.symbols) {
        return Err("the bars are not those that dataset.json describes".to_owned());
    }
    for bars in symbols.iter().filter(|bars| bars.is_tradable()) {
        for bar in 0..bars.len() {
            let prices = [&bars.open, &bars.high, &bars.low, &bars.close].map(|series| series.values()[bar]);
            check_range(prices)
                .map_err(|fault| format!("{} at {}: {fault}", bars.symbol(), bars.timestamps()[bar]))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;

//! Market data: files of prices imported into immutable datasets, which are listed, shown and loaded.
//!
//! A dataset has a name and versions. A version is a folder `<market>/<name>/<content hash>/` with `bars.parquet`,
//! `dataset.json` (written last) and, where rows were rejected, `rejected.csv`. The name stands for the version
//! imported last; older ones stay readable by hash. Rows are taken as they are or rejected with line and reason,
//! never repaired.
//!
//! An import goes: [`Source`] → dialect → columns → rows checked one by one → dates decided over the file → files
//! assembled → interval, calendar, hash → version → [`Receipt`]. Each step is a file of this folder.

mod assemble;
mod bars_file;
mod check;
mod columns;
mod date;
mod description;
mod dialect;
mod error;
mod hash;
mod import;
mod interval;
mod load;
mod name;
mod number;
mod parse;
mod receipt;
mod reject;
mod source;
mod versions;

pub use description::{BarTime, CalendarNote, Description, SourceSummary, SymbolSummary, WallClock};
pub use dialect::{DateFormat, Dialect, RowOrder};
pub use error::{HeaderProblem, MarketError, OpenProblem};
pub use hash::content_hash;
pub use import::{Progress, Request, import};
pub use load::{Details, Inventory, Listing, list, load, load_verified, show};
pub use receipt::{Note, Outcome, REJECTS_SHOWN, Receipt};
pub use reject::{Reason, Reject};
pub use source::Source;

#[cfg(test)]
mod tests;

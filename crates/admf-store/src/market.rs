//! Market data: files of prices imported into immutable datasets, which are listed, shown and loaded.
//!
//! A dataset has a name and versions. A version is a folder `<market>/<name>/<content hash>/` with `bars.parquet`,
//! `dataset.json` (written last) and, where rows were rejected, `rejected.csv`. The name stands for the version
//! imported last; older ones stay readable by hash. Rows are taken as they are or rejected with line and reason,
//! never repaired.
//!
//! An import goes: [`Source`] → dialect → columns → rows checked one by one → dates decided over the file → closing
//! times → files assembled → interval, calendar, hash → bars checked → version → [`Receipt`]. Each step is a file of
//! this folder; dialects and rules are registries of one file each.
//!
//! # From bytes to bars
//!
//! A file is read once, by as many threads as there are cores, and what it becomes does not depend on their number.
//!
//! 1. `source` and `text`: bytes are hashed as they lie on disk, unpacked, and decoded into UTF-8.
//! 2. `opening`: the first lines tell dialect, columns and the decimal sign.
//! 3. `blocks`: the text is cut at line ends into pieces of half a megabyte, each with the number of its first line. A
//!    row never spans lines, as a quote that is open at the end of its line is an error; so each block stands alone.
//! 4. `ordered`: threads take turns to cut a block, read its rows by themselves, and hand them on in the order of the file.
//! 5. `rows`, `number`, `date`, `check`, `draft`: one pass over the bytes finds fields and lines, rows become columns of
//!    what is written, faults become rejected rows with their lines.
//! 6. `draft`: the blocks' columns are appended; dates become times when all of the file has told how they are written.
//! 7. `assemble`: rows of all files, per symbol, in the order of time; those of one file in order are taken as they are.
//! 8. `quality` checks the bars while `hash` makes their content hash.
//! 9. `bars_file`: row groups of 65,536 bars are encoded by several threads and written in order.
//!
//! Columns of all bars are in memory from step 6 on: at the peak some 70 bytes a row.
//!
//! # Files of any size
//!
//! Of more than four million rows the others go to a file without a name (`spool`), by symbol and in the order of their
//! files. They come back symbol by symbol, piece by piece, each piece all rows between two times (`pieces`), and become
//! the row groups of what `bars.parquet` will be, again in a file without a name (`spooled_bars`). Checks of prices and
//! the content hash read that one, in windows of bars and column by column (`symbols`). In memory are some 300 MB and the
//! times, eight bytes a row; sixteen where a symbol is in no order or in several files. Nothing that is found or stored
//! depends on where the rows were.

mod assemble;
mod bars_file;
mod blocks;
mod check;
mod columns;
mod date;
mod dater;
mod description;
mod dialect;
mod dialects;
mod draft;
mod error;
mod hash;
mod head;
mod import;
mod inspect;
mod interval;
mod load;
mod name;
mod number;
mod opening;
mod parquet_source;
mod parse;
mod pieces;
mod quality;
mod reading;
mod receipt;
mod reject;
mod reject_file;
mod rows;
mod source;
mod spool;
mod spooled_bars;
mod stamps;
mod stored;
mod symbols;
mod text;
mod versions;
mod watch;
mod zone;

pub use columns::{ColumnChoice, Role};
pub use date::{DateFormat, DateReading, DateReadingError};
pub use description::{BarTime, CalendarNote, Description, SourceSummary, SymbolSummary, WallClock};
pub use dialect::{Dialect, Packing, RowOrder};
pub use dialects::{DIALECTS, DialectName, KnownDialect};
pub use error::{HeaderProblem, LeftOut, MarketError, OpenProblem};
pub use hash::content_hash;
pub use import::{Checked, Progress, Request, check_files, import};
pub use load::{Details, Inventory, Listing, list, load, load_verified, show};
pub use number::Decimal;
pub use quality::{Finding, Findings, FlagCount, RULES, Rule, Severity};
pub use reading::Reading;
pub use receipt::{Note, Outcome, REJECTS_SHOWN, Receipt};
pub use reject::{Reason, Reject};
pub use source::Source;
pub use stamps::Stamps;
pub use stored::{RejectedRow, StoredCheck, check_stored};
pub use text::TextEncoding;
pub use zone::{Zone, ZoneError};

#[cfg(test)]
mod tests;

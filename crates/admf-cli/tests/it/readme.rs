//! Every console block of the README, in a folder of its own.

use std::fs;
use std::path::Path;

#[test]
fn the_readme_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().unwrap();
    // A folder README.in beside the page is where its commands run.
    let page = folder.path().join("README.md");
    fs::copy(root.join("README.md"), &page).unwrap();
    fs::create_dir(folder.path().join("README.in")).unwrap();
    // What the page tells the reader to have: a Yahoo-style file, and the spec that stands in its only YAML block.
    fs::copy(root.join("fixtures/market/arch_sp500.csv.gz"), folder.path().join("sp500.csv.gz")).unwrap();
    let text = fs::read_to_string(&page).unwrap();
    let spec = text.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    fs::write(folder.path().join("dip.yaml"), spec).unwrap();
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .env("ADMF_PROGRAM", "admf")
        .env("ADMF_FORMAT", "table")
        .timeout(std::time::Duration::from_secs(120))
        .case(&page)
        .run();
}

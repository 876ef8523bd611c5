//! The examples, in their order. A test compares the list with the folders of `examples/`.

use super::Example;
use crate::samples::{INDICES, STOCKS, VIX};

/// All examples.
pub const EXAMPLES: &[Example] = &[
    Example {
        folder: "01-first-sweep",
        first: "run spec.yaml",
        samples: &[STOCKS],
        files: &[
            ("README.md", include_str!("../../../../examples/01-first-sweep/README.md")),
            ("spec.yaml", include_str!("../../../../examples/01-first-sweep/spec.yaml")),
        ],
    },
    Example {
        folder: "02-own-strategy",
        first: "rules check spec.yaml",
        samples: &[INDICES],
        files: &[
            ("README.md", include_str!("../../../../examples/02-own-strategy/README.md")),
            ("spec.yaml", include_str!("../../../../examples/02-own-strategy/spec.yaml")),
        ],
    },
    Example {
        folder: "03-own-data",
        first: "data import IBM=depot.csv --check-only",
        samples: &[],
        files: &[
            ("README.md", include_str!("../../../../examples/03-own-data/README.md")),
            ("spec.yaml", include_str!("../../../../examples/03-own-data/spec.yaml")),
            ("depot.csv", include_str!("../../../../examples/03-own-data/depot.csv")),
        ],
    },
    Example {
        folder: "04-regimes",
        first: "run spec.yaml",
        samples: &[INDICES],
        files: &[
            ("README.md", include_str!("../../../../examples/04-regimes/README.md")),
            ("spec.yaml", include_str!("../../../../examples/04-regimes/spec.yaml")),
            ("by_label.sql", include_str!("../../../../examples/04-regimes/by_label.sql")),
            ("downtrend.sql", include_str!("../../../../examples/04-regimes/downtrend.sql")),
        ],
    },
    Example {
        folder: "05-two-markets",
        first: "rules check spec.yaml",
        samples: &[INDICES, VIX],
        files: &[
            ("README.md", include_str!("../../../../examples/05-two-markets/README.md")),
            ("spec.yaml", include_str!("../../../../examples/05-two-markets/spec.yaml")),
        ],
    },
    Example {
        folder: "06-luck",
        first: "run spec.yaml",
        samples: &[INDICES],
        files: &[
            ("README.md", include_str!("../../../../examples/06-luck/README.md")),
            ("spec.yaml", include_str!("../../../../examples/06-luck/spec.yaml")),
            ("later.yaml", include_str!("../../../../examples/06-luck/later.yaml")),
            ("rank_correlation.sql", include_str!("../../../../examples/06-luck/rank_correlation.sql")),
            ("ten_best.sql", include_str!("../../../../examples/06-luck/ten_best.sql")),
        ],
    },
    Example {
        folder: "07-costs",
        first: "run free.yaml",
        samples: &[STOCKS],
        files: &[
            ("README.md", include_str!("../../../../examples/07-costs/README.md")),
            ("spec.yaml", include_str!("../../../../examples/07-costs/spec.yaml")),
            ("base.yaml", include_str!("../../../../examples/07-costs/base.yaml")),
            ("free.yaml", include_str!("../../../../examples/07-costs/free.yaml")),
            ("side_by_side.sql", include_str!("../../../../examples/07-costs/side_by_side.sql")),
        ],
    },
    Example {
        folder: "08-sql",
        first: "run spec.yaml",
        samples: &[STOCKS],
        files: &[
            ("README.md", include_str!("../../../../examples/08-sql/README.md")),
            ("spec.yaml", include_str!("../../../../examples/08-sql/spec.yaml")),
            ("queries/agreement.sql", include_str!("../../../../examples/08-sql/queries/agreement.sql")),
            (
                "queries/best_per_symbol.sql",
                include_str!("../../../../examples/08-sql/queries/best_per_symbol.sql"),
            ),
            ("queries/plateau.sql", include_str!("../../../../examples/08-sql/queries/plateau.sql")),
            ("queries/regimes.sql", include_str!("../../../../examples/08-sql/queries/regimes.sql")),
            ("queries/years.sql", include_str!("../../../../examples/08-sql/queries/years.sql")),
        ],
    },
];

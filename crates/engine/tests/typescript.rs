//! The generated TypeScript is committed, so that a change of the schema is seen in review.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::path::Path;

#[test]
fn the_committed_typescript_is_what_the_schema_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/rpc/schema.ts");
    let schema = bedside_engine::rpc::typescript::schema();
    if std::env::var_os("BEDSIDE_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &schema).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        committed == schema,
        "ui/src/rpc/schema.ts is stale: BEDSIDE_BLESS=1 cargo nextest run -p bedside-engine typescript"
    );
}

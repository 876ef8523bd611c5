use super::refused;
use crate::WorkflowError;
use admf_store::database::DatabaseError;

fn error(reason: &str) -> DatabaseError {
    DatabaseError { doing: String::new(), reason: reason.to_owned() }
}

#[test]
fn the_pointer_of_the_database_becomes_a_place() {
    let statement = "SELECT symbol,\n  sharp\nFROM strategies";
    let reason =
        "Binder Error: Referenced column \"sharp\" not found in FROM clause!\n\nLINE 2:   sharp\n          ^";
    match refused(statement, &error(reason)) {
        WorkflowError::Input { message, snippet, .. } => {
            assert_eq!(&statement[snippet.start..snippet.end], "sharp");
            assert!(message.ends_with("FROM clause!"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn without_a_pointer_the_words_remain() {
    let long = error("Parser Error: syntax error at or near \"FORM\"\n\nLINE 1: ...cut...\n            ^");
    match refused("SELECT 1 FORM x", &long) {
        WorkflowError::Data { message, .. } => assert!(message.contains("FORM")),
        other => panic!("{other:?}"),
    }
    let read_only =
        error("Invalid Input Error: Cannot execute statement of type \"DELETE\" in read-only mode!");
    assert!(refused("DELETE FROM runs", &read_only).help().unwrap().contains("admf runs rm"));
}

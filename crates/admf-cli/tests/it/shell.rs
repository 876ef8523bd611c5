//! What is made for shells and for `man` is accepted by them, where they are installed.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

fn admf(arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_admf"));
    // What the user prefers for results is no matter for a shell.
    let output = command.args(arguments).env("ADMF_FORMAT", "json").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Gives a program a text; `None` where the program is not installed.
fn fed(program: &str, arguments: &[&str], text: &[u8]) -> Option<(bool, String)> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.ok()?;
    child.stdin.take().unwrap().write_all(text).unwrap();
    let output = child.wait_with_output().unwrap();
    Some((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[test]
fn shells_accept_their_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = admf(&["completions", shell]);
        assert!(String::from_utf8_lossy(&script).contains("COMPLETE"), "{shell}");
        if matches!(shell, "bash" | "zsh" | "fish")
            && let Some((accepted, stderr)) = fed(shell, &["-n"], &script)
        {
            assert!(accepted, "{shell}: {stderr}");
        }
    }
}

#[test]
fn bash_completes_commands_and_names() {
    let script = String::from_utf8(admf(&["completions", "bash"])).unwrap();
    let offered = |words: &str, at: usize| {
        let last = words.split(' ').nth(at).unwrap();
        let ask = format!(
            "{script}\nCOMP_WORDS=({words}); COMP_CWORD={at}; _clap_complete_admf admf '{last}' ''; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let output = Command::new("bash").args(["-c", &ask]).output().ok()?;
        Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
    };
    let Some(commands) = offered("admf comp", 1) else { return };
    assert_eq!(commands, "completions");
    assert_eq!(offered("admf rules show ma_cross", 3).unwrap(), "ma_crossover");
}

#[test]
fn every_command_has_a_page_that_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    admf(&["man", "--out", pages.to_str().unwrap()]);
    let mut names: Vec<String> =
        fs::read_dir(&pages).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    for name in ["admf.1", "admf-run.1", "admf-config-show.1", "admf-data-import.1"] {
        assert!(names.iter().any(|found| found == name), "{name} is not in {names:?}");
    }
    for name in &names {
        let text = fs::read(pages.join(name)).unwrap();
        if let Some((accepted, stderr)) = fed("groff", &["-Kutf8", "-man", "-Tutf8", "-ww"], &text) {
            assert!(accepted && stderr.is_empty(), "{name}: {stderr}");
        }
    }
}

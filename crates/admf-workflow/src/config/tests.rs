use super::{
    ConfigRequest, Configuration, Origin, SETTINGS, Target, config_change, configuration, user_file,
};
use crate::WorkflowError;
use admf_store::Workspace;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Desk {
    folder: TempDir,
    variables: BTreeMap<String, String>,
    flags: BTreeMap<String, String>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Workspace::init(&folder.path().join("desk")).unwrap();
        let home = folder.path().join("home").display().to_string();
        Self { folder, variables: BTreeMap::from([("HOME".to_owned(), home)]), flags: BTreeMap::new() }
    }

    fn workspace(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    fn user_file(&self) -> PathBuf {
        self.folder.path().join("home/.config/admf/config.toml")
    }

    fn write_user(&self, text: &str) {
        fs::create_dir_all(self.user_file().parent().unwrap()).unwrap();
        fs::write(self.user_file(), text).unwrap();
    }

    fn write_workspace(&self, settings: &str) {
        let head = "format = 1\nmade_by = \"0.1.0\"\n";
        fs::write(self.workspace().join("admf.toml"), format!("{head}{settings}")).unwrap();
    }

    fn find(&self) -> Result<Configuration, WorkflowError> {
        configuration(&ConfigRequest {
            flag: &|key| self.flags.get(key).cloned(),
            variable: &|name| self.variables.get(name).cloned(),
            folder: self.workspace(),
        })
    }

    fn threads(&self) -> (String, String) {
        let found = self.find().unwrap();
        let chosen = found.get("threads");
        (chosen.value.clone(), chosen.origin.to_string().replace(&self.root(), "~"))
    }

    fn root(&self) -> String {
        self.folder.path().canonicalize().unwrap().display().to_string()
    }

    fn error(&self) -> (String, String, Option<(usize, String)>) {
        let error = self.find().unwrap_err();
        let place = error
            .snippet()
            .map(|s| (s.text[..s.start].matches('\n').count() + 1, s.text[s.start..s.end].to_owned()));
        (error.to_string(), error.help().unwrap_or_default(), place)
    }
}

#[test]
fn the_stronger_source_wins_and_is_named() {
    let mut desk = Desk::new();
    assert_eq!(desk.threads(), ("auto".into(), "default".into()));
    desk.write_user("# mine\n[settings]\nthreads = 1\n");
    let user = desk.user_file().display().to_string();
    assert_eq!(desk.find().unwrap().get("threads").origin.to_string(), format!("{user}:3"));
    desk.write_workspace("\n[settings]\nformat = \"json\"\nthreads = 2 # two\n");
    assert_eq!(desk.threads(), ("2".into(), "~/desk/admf.toml:6".into()));
    desk.variables.insert("ADMF_THREADS".into(), "3".into());
    assert_eq!(desk.threads(), ("3".into(), "ADMF_THREADS".into()));
    desk.flags.insert("threads".into(), "4".into());
    assert_eq!(desk.threads(), ("4".into(), "--threads".into()));
    // What nobody overrides stays.
    assert_eq!(desk.find().unwrap().get("format").value, "json");
    desk.variables.insert("ADMF_THREADS".into(), String::new());
    desk.flags.clear();
    assert_eq!(desk.threads().0, "2", "an empty variable counts as unset");
}

#[test]
fn no_color_is_known_and_a_variable_of_our_own_beats_it() {
    let mut desk = Desk::new();
    desk.write_workspace("[settings]\ncolor = \"always\"\n");
    desk.variables.insert("NO_COLOR".into(), "1".into());
    let color = |desk: &Desk| desk.find().unwrap().get("color").clone();
    assert_eq!((color(&desk).value.as_str(), color(&desk).origin), ("never", Origin::Variable("NO_COLOR")));
    desk.variables.insert("ADMF_COLOR".into(), "always".into());
    assert_eq!(color(&desk).value, "always");
}

#[test]
fn mistakes_are_pointed_at() {
    let mut desk = Desk::new();
    desk.write_workspace("[settings]\ntreads = 2\n");
    assert_eq!(
        desk.error(),
        ("there is no setting `treads`".into(), "did you mean `threads`?".into(), Some((4, "treads".into())))
    );
    desk.write_workspace("[settings]\nformat = \"tabel\"\n");
    let (message, help, place) = desk.error();
    assert_eq!(
        (message.as_str(), help.as_str()),
        ("`tabel` is no value of `format`", "did you mean `table`?")
    );
    assert_eq!(place, Some((4, "\"tabel\"".into())));
    for value in ["0", "-1", "1.5", "many", "true", "[1]"] {
        desk.write_workspace(&format!(
            "[settings]\nthreads = {}\n",
            if value == "many" { "\"many\"" } else { value }
        ));
        assert_eq!(desk.error().1, "write a whole number from 1 on, or auto", "{value}");
    }
    desk.write_workspace("[settings\n");
    assert!(desk.error().0.contains("admf.toml, line 3: this is not TOML: "), "{:?}", desk.error());
    desk.write_workspace("");
    desk.write_user("threads = 2\n");
    assert!(desk.error().0.contains("below a line `[settings]`"));
    fs::remove_file(desk.user_file()).unwrap();
    desk.variables.insert("ADMF_COLOR".into(), "sometimes".into());
    assert_eq!(desk.error().0, "the variable ADMF_COLOR is wrong: `sometimes` is no value of `color`");
}

#[test]
fn a_value_is_set_and_taken_out_and_comments_stay() {
    let desk = Desk::new();
    let file = desk.workspace().join("admf.toml");
    let target = Target::Workspace(desk.workspace());
    let before = fs::read_to_string(&file).unwrap();
    assert!(config_change(&target, "threads", Some("2")).unwrap().1);
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("{before}\n[settings]\nthreads = 2\n"));
    fs::write(&file, format!("{before}\n[settings]\n# slow machine\nthreads = 2 # both\n")).unwrap();
    config_change(&target, "threads", Some("4")).unwrap();
    config_change(&target, "format", Some("csv")).unwrap();
    let expected = format!("{before}\n[settings]\n# slow machine\nthreads = 4 # both\nformat = \"csv\"\n");
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);
    assert!(!config_change(&target, "format", Some("csv")).unwrap().1, "nothing to change");
    assert!(desk.find().is_ok() && Workspace::open(&desk.workspace()).is_ok());
    config_change(&target, "threads", None).unwrap();
    config_change(&target, "format", None).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), before);

    let user = Target::User(desk.user_file());
    config_change(&user, "color", Some("never")).unwrap();
    assert_eq!(fs::read_to_string(desk.user_file()).unwrap(), "[settings]\ncolor = \"never\"\n");
    assert!(config_change(&user, "colour", Some("never")).unwrap_err().help().unwrap().contains("`color`"));
    assert!(config_change(&user, "color", Some("red")).is_err());
    // A mistake in a file can be taken out.
    desk.write_user("[settings]\ncolour = \"never\"\n");
    assert!(desk.find().is_err());
    config_change(&user, "colour", None).unwrap();
    assert!(desk.find().is_ok());
}

#[test]
fn the_users_file_is_where_the_system_keeps_settings() {
    let file = |variables: &[(&str, &str)]| {
        let found = |name: &str| variables.iter().find(|v| v.0 == name).map(|v| v.1.to_owned());
        user_file(&found)
    };
    assert_eq!(file(&[("HOME", "/h")]).unwrap(), Path::new("/h/.config/admf/config.toml"));
    assert_eq!(file(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "/x")]).unwrap(), Path::new("/x/admf/config.toml"));
    assert_eq!(
        file(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "x")]).unwrap(),
        Path::new("/h/.config/admf/config.toml")
    );
    assert_eq!(file(&[("HOME", "/h"), ("ADMF_CONFIG", "my.toml")]).unwrap(), Path::new("my.toml"));
    assert_eq!(file(&[]), None);
}

#[test]
fn every_default_is_a_value_of_its_setting() {
    for setting in &SETTINGS {
        setting.check(setting.default).unwrap();
        assert_eq!(setting.flag, format!("--{}", setting.key));
        assert_eq!(setting.variable, format!("ADMF_{}", setting.key.to_uppercase()));
    }
}

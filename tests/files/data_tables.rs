//! Tables of the user's own: which column has the labels, how their columns are scaled, and what they take while they are read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use initscope::data_file::{ReadWatch, SetWish, read, read_once, read_with};
use initscope::dataset::Source;
use initscope::experiment::{Data, Experiment, InputScale, Inputs, NetworkFramework, Settings, Split};
use initscope::image_set::{ImageSet, LabelColumn, SetPart, SetValues};

fn iris() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data/iris.csv")
}

fn table(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

fn with_labels(path: &Path, column: &str) -> Result<ImageSet, String> {
    let go_on = |_| true;
    read_with(path, LabelColumn::read(column).as_ref(), &ReadWatch::new(&go_on)).map_err(|error| error.to_string())
}

fn first(set: &ImageSet) -> Vec<f32> {
    match set.values() {
        SetValues::Floats(floats) => floats[..set.dim()].to_vec(),
        SetValues::Bytes(bytes) => bytes[..set.dim()].iter().map(|&byte| f32::from(byte)).collect(),
    }
}

fn shown(set: ImageSet, scale: InputScale) -> Experiment {
    let article = Experiment::article();
    let inputs = Inputs { split: Split::Whole, scale, ..article.inputs.clone() };
    Experiment { inputs: inputs.of_set(Arc::new(set)).unwrap(), ..article }
}

/// Cancers of the breast, say: a number of the patient, what it is, and what was measured.
const PATIENTS: &str = "id,diagnosis,radius,rank\n11,M,1.5,0\n12,B,0.5,1\n13,B,0.7,0\n14,M,1.6,1\n15,B,0.4,0\n";

#[test]
fn labels_are_in_the_column_that_is_named_wherever_it_stands() {
    let (_folder, path) = table(PATIENTS);
    let of = |column: &str| {
        let set = with_labels(&path, column).unwrap();
        (set.classes().to_vec(), first(&set))
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    // `rank` looks like labels; what has words looks more like them.
    let by_itself = read(&path, &ReadWatch::new(&|_| true)).unwrap();
    assert_eq!(by_itself.classes(), ["B", "M"]);
    assert_eq!(by_itself.notes()[0], "Labels are in column 2, diagnosis.");
    assert_eq!(of("diagnosis"), (words(&["B", "M"]), vec![11.0, 1.5, 0.0]));
    assert_eq!(of("2"), of("DIAGNOSIS"));
    for (column, said) in [
        ("rank", "row 2 has 'M' in column 2, which is no finite number"),
        ("radius", "row 2 has 'M' in column 2"),
        ("5", "there is no column 5: labels can be in column 1 to 4"),
        ("size", "no column is called 'size': there are id, diagnosis, radius, rank"),
    ] {
        let refused = with_labels(&path, column).unwrap_err();
        assert!(refused.contains(said), "{refused}");
    }
    let code = shown(with_labels(&path, "2").unwrap(), InputScale::Bytes).network_code(NetworkFramework::Keras);
    assert!(code.contains("x = table.drop(columns=table.columns[1]).to_numpy()"), "{code}");
    assert!(code.contains("np.unique(table.iloc[:, 1].astype(str), return_inverse=True)"), "{code}");
}

#[test]
fn where_two_columns_may_have_the_labels_the_flag_decides() {
    let (_folder, path) = table("1,0.5,0\n0,0.1,1\n0,0.1,1\n0,0.2,1\n1,0.3,2\n");
    let refused = with_labels(&path, "").unwrap_err();
    let said = "it is not clear whether column 'first' or 'last' has the labels: say it with --label-column";
    assert!(refused.starts_with(said), "{refused}");
    assert_eq!(with_labels(&path, "first").unwrap().classes(), ["0", "1"]);
    assert_eq!(with_labels(&path, "last").unwrap().classes(), ["0", "1", "2"]);
    let without = with_labels(&path, "none").unwrap();
    assert_eq!((without.has_labels(), without.dim()), (false, 3));
    let npz = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data/iris.npz");
    assert!(with_labels(&npz, "last").unwrap_err().contains("these data have no columns"));
}

/// Whatever else is wrong with it.
#[test]
fn a_ragged_row_is_said_before_it_is_asked_which_column_has_the_labels() {
    let (_folder, path) = table("1,0.5,0\n0,0.1\n0,0.1,1\n0,0.2,1\n");
    let refused = with_labels(&path, "").unwrap_err();
    assert!(refused.starts_with("row 2 has 2 columns, but the first row 3: make all rows as long"), "{refused}");
}

#[test]
fn a_setting_says_the_column_and_other_data_forget_it() {
    let article = Experiment::article();
    let of = |settings: Settings, base: &Experiment| settings.apply(base).unwrap().inputs.label_column;
    let named = Settings { data: Some(iris()), label_column: Some("species".to_owned()), ..Settings::default() };
    let experiment = named.apply(&article).unwrap();
    assert_eq!(experiment.inputs.label_column, Some(LabelColumn::Named("species".to_owned())));
    assert_eq!(Settings::from(&experiment).apply(&article).unwrap(), experiment);
    assert_eq!(of(Settings { seed: Some(3), ..Settings::default() }, &experiment), experiment.inputs.label_column);
    assert_eq!(of(Settings { data: Some(iris()), ..Settings::default() }, &experiment), None);
    let alone = Settings { label_column: Some("last".to_owned()), ..Settings::default() };
    let refused = alone.apply(&article).unwrap_err().to_string();
    assert!(refused.starts_with("--label-column does not apply to --data mnist"), "{refused}");
}

/// As scikit-learn's `StandardScaler` and `MinMaxScaler` have it, of the four fifths that train. NumPy: `(x[0] - t.mean(0)) / t.std(0)`
/// and `(x[0] - t.min(0)) / (t.max(0) - t.min(0))` with `t = x[np.arange(150) % 5 != 4]`.
#[test]
fn every_column_of_a_table_is_scaled_by_itself() {
    let of = |scale| {
        let experiment = shown(with_labels(&iris(), "").unwrap(), scale);
        Source::load(&experiment).unwrap().images(0..1).row(0).to_vec()
    };
    let standard = [-0.9027004065972751, 1.0165179252911116, -1.3317689507674972, -1.3302121470288821];
    let unit = [0.22222222222222213, 0.6249999999999999, 0.06779661016949151, 0.04166666666666667];
    let near = |found: &[f32], expected: [f64; 4], less: f64| {
        found.iter().zip(expected).all(|(&found, expected)| (f64::from(found) - expected + less).abs() < 2e-6)
    };
    assert!(near(&of(InputScale::Standardized), standard, 0.0), "{:?}", of(InputScale::Standardized));
    assert!(near(&of(InputScale::Unit), unit, 0.0), "{:?}", of(InputScale::Unit));
    assert!(near(&of(InputScale::Centered), unit, 0.5), "{:?}", of(InputScale::Centered));
    assert_eq!(of(InputScale::Bytes), [5.1, 3.5, 1.4, 0.2]);
    let code = shown(with_labels(&iris(), "").unwrap(), InputScale::Standardized).network_code(NetworkFramework::Keras);
    assert!(code.contains("mean, by = rows.mean(axis=0), rows.std(axis=0)"), "{code}");
}

/// Numbers of 0 to 16, as scikit-learn's digits have them, are no table of 64 different things.
#[test]
fn as_many_numbers_of_one_unit_as_a_square_has_are_pictures() {
    let row = |image: usize| {
        let pixels: Vec<_> = (0..64).map(|pixel| ((image * 7 + pixel * 5) % 17).to_string()).collect();
        format!("{},{}\n", pixels.join(","), ["zero", "one"][image % 2])
    };
    let (_folder, path) = table(&(0..40).map(row).collect::<String>());
    let set = with_labels(&path, "").unwrap();
    assert_eq!(set.shape(), [8, 8]);
    assert!(set.column_scales().is_none() && set.notes().iter().any(|note| note.contains("8 × 8")));
    assert_eq!(set.unit(), (0.0, 16.0));
}

/// As scikit-learn's own files have it: iris's line has as many fields as a row has columns, that of breast cancers has fewer.
#[test]
fn a_line_of_counts_names_the_classes() {
    let iris = "6,4,setosa,versicolor,virginica\n".to_owned()
        + &(0..6).map(|row| format!("5.{row},3.5,1.4,0.{row},{}\n", row % 3)).collect::<String>();
    let (_folder, path) = table(&iris);
    let set = with_labels(&path, "").unwrap();
    assert_eq!((set.shape(), first(&set)), (&[4][..], vec![5.0, 3.5, 1.4, 0.0]));
    assert_eq!(set.classes(), ["setosa", "versicolor", "virginica"]);
    let code = shown(set, InputScale::Unit).network_code(NetworkFramework::PyTorch);
    assert!(code.contains(", header=None, skiprows=1)"), "{code}");
    let cancers = "6,9,malignant,benign\n".to_owned()
        + &(0..6).map(|row| format!("{row}.5,1,2,3,4,5,6,7,8,{}\n", row % 2)).collect::<String>();
    let (_folder, path) = table(&cancers);
    assert_eq!(with_labels(&path, "").unwrap().classes(), ["malignant", "benign"]);
    let (_folder, path) = table(&iris.replace("6,4,", "7,4,"));
    let refused = with_labels(&path, "").unwrap_err();
    assert!(refused.starts_with("the first line says that 7 rows follow, but there are 6"), "{refused}");
    let (_folder, path) = table(&iris.replace("0.5,2\n", "0.5,3\n"));
    let refused = with_labels(&path, "").unwrap_err();
    assert!(refused.starts_with("the first line names 3 classes, but the labels are not 0 to 2"), "{refused}");
}

/// As `numpy.savetxt(..., header="a,b,label")` writes them.
#[test]
fn comments_above_a_table_are_left_out_or_name_its_columns() {
    let rows = "1.5,2,0\n3,4,1\n5,6,0\n7,8,1\n9,1,0\n";
    let of = |above: &str| {
        let (_folder, path) = table(&format!("{above}{rows}"));
        with_labels(&path, "").unwrap()
    };
    for above in ["# my data\n# a,b,label\n", "# my data\na,b,label\n", "#a,b,label\n"] {
        assert_eq!(of(above).columns(), ["a", "b", "label"], "{above}");
    }
    let set = of("# of 5 patients\n");
    assert_eq!((set.columns(), set.len(SetPart::Whole)), (&["1", "2", "3"].map(str::to_owned)[..], 5));
    let (_folder, path) = table(&format!("# my data\n\n{}", rows.replace("5,6", "5,x")));
    let refused = with_labels(&path, "").unwrap_err();
    assert!(refused.starts_with("row 5 has 'x' in column 2"), "{refused}");
}

#[test]
fn text_in_utf_16_and_names_without_rows_are_said_to_be_that() {
    let utf_16 = |text: &str, mark: &[u8]| {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        mark.iter().copied().chain(units).collect::<Vec<u8>>()
    };
    for mark in [&[0xff, 0xfe][..], &[]] {
        let (_folder, path) = table("");
        std::fs::write(&path, utf_16("a,b,label\n1,2,x\n", mark)).unwrap();
        let refused = with_labels(&path, "").unwrap_err();
        assert!(refused.starts_with("this is text in UTF-16: save the table as UTF-8"), "{refused}");
    }
    let long = (0..60_000).map(|column| format!("c{column}")).collect::<Vec<_>>().join(",");
    for (text, count) in [("a;b;label\n\n", "3"), (&long, "60,000")] {
        let (_folder, path) = table(text);
        let refused = with_labels(&path, "").unwrap_err();
        assert!(refused.starts_with(&format!("there are names of {count} columns and no rows")), "{refused}");
    }
}

#[test]
fn whoever_asks_for_the_same_files_gets_the_same_set_until_they_are_written_anew() {
    let (_folder, path) = table(PATIENTS);
    let once = |column: &str| {
        let wish = SetWish { path: path.clone(), label_column: LabelColumn::read(column) };
        read_once(&wish, &ReadWatch::new(&|_| true)).unwrap()
    };
    let set = once("");
    assert!(Arc::ptr_eq(&set, &once("")));
    assert!(!Arc::ptr_eq(&set, &once("diagnosis")));
    let at_once = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| once("2"))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(at_once.iter().all(|other| Arc::ptr_eq(other, &at_once[0])));
    std::fs::write(&path, PATIENTS.replace("1.5", "1.75")).unwrap();
    assert!(!Arc::ptr_eq(&set, &once("")));
    assert!(matches!(shown(with_labels(&path, "").unwrap(), InputScale::Unit).inputs.data, Data::Set(_)));
}

/// Whose file only names them, as every scene's does.
#[test]
fn a_lesson_is_checked_and_printed_on_data_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(iris(), folder.path().join("flowers.csv")).unwrap();
    let lesson = folder.path().join("lesson.toml");
    let text = "version = 2\n[lesson]\ntitle = 'Flowers'\nsummary = 'Three kinds.'\n[[experiments]]\ndata = 'flowers.csv'\n\
                input_scale = 'standardized'\nlayers = 2\nwidth = 20\n[[steps]]\ntitle = 'Two layers'\ntext = 'They shrink.'\n\
                claims = ['std of layer 2 below std of layer 1']\n";
    std::fs::write(&lesson, text).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("initscope").unwrap();
        command.args(arguments).timeout(std::time::Duration::from_secs(60)).output().unwrap()
    };
    let checked = run(&["lesson", "check", lesson.to_str().unwrap()]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let pages = folder.path().join("pages/");
    let printed = run(&["lesson", "render", lesson.to_str().unwrap(), "--out", pages.to_str().unwrap()]);
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    std::fs::remove_file(folder.path().join("flowers.csv")).unwrap();
    let missing = run(&["lesson", "check", lesson.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("the data do not exist"));
}

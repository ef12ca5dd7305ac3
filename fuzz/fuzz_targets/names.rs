//! Names as people and frameworks write them, with parameters in brackets.
#![no_main]

use initscope::experiment::{Experiment, Settings};
use initscope::training::TrainingSettings;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let name = || Some(text.to_owned());
    for settings in [
        serde_json::json!({ "activation": text }),
        serde_json::json!({ "init": text }),
        serde_json::json!({ "widths": text }),
    ] {
        if let Ok(settings) = serde_json::from_value::<Settings>(settings) {
            if let Ok(experiment) = settings.apply(&Experiment::article()) {
                let written = Settings::from(&experiment);
                assert_eq!(written.apply(&Experiment::article()).ok(), Some(experiment));
            }
        }
    }
    let _ = TrainingSettings { optimizer: name(), ..TrainingSettings::default() }.apply();
    let _ = TrainingSettings { schedule: name(), ..TrainingSettings::default() }.apply();
});

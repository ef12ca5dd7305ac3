use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::Action;
use crate::figure::training::{CurveScale, LayerQuantity, TimeUnit, TrainingChart, TrainingLook, letter};

/// Trainings looked at as an action says.
pub fn training_look(look: TrainingLook, action: Action) -> TrainingLook {
    let other = |scale| if scale == CurveScale::Log { CurveScale::Linear } else { CurveScale::Log };
    match action {
        Action::Chart(chart) => TrainingLook { chart, ..look },
        Action::LayerQuantity(layer_quantity) => {
            // It is seen where layers are.
            let chart = if look.chart.is_of_layers() { look.chart } else { TrainingChart::Maps };
            TrainingLook { chart, layer_quantity, ..look }
        }
        Action::RacerOf(racer) => TrainingLook { racer, ..look },
        Action::TimeUnit(time) => TrainingLook { time, ..look },
        Action::TimeLog => TrainingLook { time_scale: other(look.time_scale), ..look },
        Action::LossLog => TrainingLook { loss_scale: other(look.loss_scale), ..look },
        _ => look,
    }
}

impl App {
    /// What of the race is drawn, and over which time.
    pub(in crate::app) fn groups_of_training(&self) -> Vec<BarGroup> {
        let look = self.shown.training;
        let is_on = |action| self.is_on(action);
        let charts = TrainingChart::ALL.map(|chart| (chart.label(), chart.about(), Action::Chart(chart)));
        let mut groups = vec![BarGroup::of("Chart", "What is drawn of the training.", charts.to_vec(), is_on)];
        if look.chart.is_of_layers() {
            let all = LayerQuantity::ALL.map(|what| (what.label(), what.about(), Action::LayerQuantity(what)));
            let group = BarGroup::of("Layer quantity", "What of the layers is shown.", all.to_vec(), is_on);
            groups.push(BarGroup { is_list: true, ..group });
        }
        if look.chart.is_over_time() {
            let about = "What time is counted in.";
            let units = TimeUnit::ALL.map(|unit| (unit.name(), about, Action::TimeUnit(unit)));
            let mut lists = vec![units.to_vec(), vec![(TIME_LOG.0, TIME_LOG.1, Action::TimeLog)]];
            if look.chart == TrainingChart::Curves {
                lists[1].push((LOSS_LOG.0, LOSS_LOG.1, Action::LossLog));
            }
            let group =
                BarGroup::of("Axes", "What time is counted in, and how the axes are laid out.", lists.concat(), is_on);
            groups.push(BarGroup {
                lists,
                is_list: true,
                said: vec![format!("over {}", look.time.name())],
                longest: "over seconds",
                ..group
            });
        }
        if look.chart.has_seeds() {
            let about = "Over how many seeds of the weights and of the order of the images: curves become bands, and numbers means.";
            let all = SEEDS.map(|(seeds, label)| (label, about, Action::RaceSeeds(seeds)));
            let said = look.several_seeds().map_or_else(|| "One seed".to_owned(), |seeds| format!("{seeds} seeds"));
            let group = BarGroup::of("Seeds", about, all.to_vec(), is_on);
            groups.push(BarGroup { is_list: true, said: vec![said], longest: "20 seeds", ..group });
        }
        let racers = self.entrants().len();
        if look.chart.is_of_layers() && racers > 1 {
            let mut all = vec![("All", "The layers of all racers, in small.", Action::RacerOf(None))];
            all.extend(
                RACERS
                    .iter()
                    .take(racers)
                    .enumerate()
                    .map(|(place, name)| (*name, "The layers of this racer alone.", Action::RacerOf(Some(place)))),
            );
            let said = look.racer.map_or_else(|| "All".to_owned(), |racer| letter(racer).to_string());
            let group = BarGroup::of("Racer", "Whose layers are shown.", all, is_on);
            groups.push(BarGroup { is_list: true, said: vec![said], ..group });
        }
        groups
    }
}

const TIME_LOG: (&str, &str) = ("Log of time", "Equal ratios of time are equally far apart.");
const LOSS_LOG: (&str, &str) =
    ("Log of losses", "Equal ratios of losses are equally far apart, and of what accuracies lack to 100 %.");
/// Numbers of seeds that are offered.
const SEEDS: [(usize, &str); 5] = [(1, "One seed"), (3, "3 seeds"), (5, "5 seeds"), (10, "10 seeds"), (20, "20 seeds")];
/// Names of racers.
const RACERS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

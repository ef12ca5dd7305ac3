use egui::{Align2, AtomExt as _, Button, RichText, Role, Stroke, Ui, WidgetInfo, vec2};

use super::text_ui::{SIZE, Shortened, paragraph_ui, text_size};
use crate::app::App;
use crate::app::commands::Action;
use crate::app::theme::{self, colors};
use crate::lesson::{LessonEvidence, LessonQuestion, TextRun, Tone, tied};

/// How an answer stands there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It can be chosen.
    Open,
    /// It is right, and was guessed so manieth, from 1, or not at all, 0.
    Right(usize),
    /// It was guessed, and is not right.
    Wrong,
    /// Neither.
    Other,
}

impl App {
    /// A question with its answers as buttons; once it is answered, what is right and why.
    pub(super) fn question_ui(
        &self,
        ui: &mut Ui,
        question: &LessonQuestion,
        evidence: &LessonEvidence<'_>,
        shortened: Shortened,
    ) -> Option<Action> {
        let open = self.lesson.shown()?;
        let (is_asking, guesses) = (open.is_asking(), open.guesses());
        ui.add_space(6.0);
        for runs in question.text.filled(evidence) {
            let bold = runs
                .into_iter()
                .map(|run| TextRun { tone: if run.tone == Tone::Plain { Tone::Bold } else { run.tone }, ..run });
            paragraph_ui(ui, &bold.collect::<Vec<_>>());
        }
        ui.add_space(2.0);
        let mut clicked = None;
        // A smaller text is there for want of room.
        ui.spacing_mut().item_spacing.y = 6.0 * (text_size(ui) / SIZE).powi(3);
        for (index, answer) in question.answers.iter().enumerate() {
            let standing = match (is_asking, index == question.right) {
                (_, false) if guesses.contains(&index) => Standing::Wrong,
                (true, _) => Standing::Open,
                (false, true) => {
                    Standing::Right(guesses.iter().position(|guess| *guess == index).map_or(0, |at| at + 1))
                }
                (false, false) => Standing::Other,
            };
            if shortened != Shortened::Nothing && !matches!(standing, Standing::Right(_)) {
                continue;
            }
            if answer_ui(ui, index, answer, standing) {
                clicked = Some(Action::LessonAnswer(index));
            }
            // Why the last guess is not right, under it.
            let hint =
                question.hints.get(index).filter(|_| standing == Standing::Wrong && guesses.last() == Some(&index));
            for runs in hint.into_iter().flat_map(|(hint, _)| hint.filled(evidence)) {
                paragraph_ui(ui, &runs);
            }
        }
        if is_asking && !guesses.is_empty() {
            let text = "Guess again, or look with Show.".to_owned();
            paragraph_ui(ui, &[TextRun { text, tone: Tone::Plain }]);
        }
        if !is_asking {
            ui.add_space(4.0);
            let told = self.told_before(evidence).map(|told| told.why.clone());
            for runs in told.unwrap_or_else(|| question.why.filled(evidence)) {
                paragraph_ui(ui, &runs);
            }
        }
        clicked
    }
}

/// An answer; returns whether it was chosen.
fn answer_ui(ui: &mut Ui, index: usize, answer: &str, standing: Standing) -> bool {
    let colors = *colors(ui.visuals());
    let is_open = standing == Standing::Open;
    let (color, stroke, verdict) = match standing {
        Standing::Open => (colors.text, Stroke::new(1.0, colors.line), ""),
        Standing::Right(guess) => {
            let said = match guess {
                0 => "right",
                1 => "right, as you guessed",
                2 => "right, at the second guess",
                _ => "right, at last",
            };
            (colors.text, Stroke::new(2.0, colors.accent), said)
        }
        Standing::Wrong => (colors.quiet, Stroke::new(1.0, colors.line), "not quite"),
        Standing::Other => (colors.quiet, Stroke::NONE, ""),
    };
    let text = |text: String| RichText::new(text).font(theme::regular(text_size(ui) - 0.5)).color(color);
    // Its further lines stand under its first, and not under its number.
    let number = text((index + 1).to_string()).atom_align(Align2::LEFT_TOP);
    let words = text(tied(answer)).atom_shrink(true).atom_grow(true).atom_align(Align2::LEFT_TOP);
    let mut button = Button::new((number, words))
        .gap(10.0)
        .wrap()
        .stroke(stroke)
        .min_size(vec2(ui.available_width(), 2.0 * text_size(ui) + 1.0));
    if !is_open {
        button = button.fill(egui::Color32::TRANSPARENT).sense(egui::Sense::hover());
    }
    let response = ui.add(button);
    let said = if verdict.is_empty() { answer.to_owned() } else { format!("{answer}: {verdict}") };
    response.widget_info(|| WidgetInfo::labeled(if is_open { Role::Button } else { Role::Label }, true, &said));
    if !verdict.is_empty() {
        // It belongs to what stands over it.
        ui.add_space(-4.0);
        let color = if matches!(standing, Standing::Right(_)) { colors.accent } else { colors.quiet };
        ui.label(RichText::new(verdict).font(theme::regular(12.0)).color(color));
    }
    is_open && response.on_hover_text(format!("Key: {}", index + 1)).clicked()
}

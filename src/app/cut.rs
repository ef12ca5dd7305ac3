use egui::{Label, Response, RichText, TextStyle, TextWrapMode, Ui, WidgetText};

/// A text in the room there is; on hover all of it, if it is cut, and what it means, in one box.
pub fn cut_ui(ui: &mut Ui, text: RichText, hover: &str) -> Response {
    let response = ui.add(Label::new(text.clone()).truncate().show_tooltip_when_elided(false));
    let width = response.rect.width();
    response.on_hover_ui(|ui| {
        let whole = text.text().to_owned();
        let laid_out =
            WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, TextStyle::Body);
        if laid_out.size().x > width + 0.5 {
            ui.label(whole);
        }
        ui.label(hover);
    })
}

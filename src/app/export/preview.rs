use std::sync::Arc;

use egui::{Context, Rect, Sense, TextureHandle, Ui, Vec2};

use super::chequers::chequers;
use super::fonts::FontReader;
use crate::app::App;
use crate::app::painting::{Painter, texture_of, texture_ui};
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::app::views::view;
use crate::figure::palette::Background;
use crate::figure::{Sheet, SheetSettings, ViewName};
use crate::layout::Content;
use crate::page::FontNames;
use crate::views::class;

/// All that decides how a figure looks beforehand.
#[derive(Clone)]
pub struct Previewed {
    /// What it shows, and of what.
    pub what: ViewName,
    content: Arc<dyn Content>,
    settings: SheetSettings,
    fonts: FontNames,
    /// Pixels for every px of it.
    scale: f64,
}

impl PartialEq for Previewed {
    fn eq(&self, other: &Self) -> bool {
        let is_same = self.what == other.what && self.content.is_same(&*other.content);
        is_same && self.settings == other.settings && self.fonts == other.fonts && self.scale == other.scale
    }
}

/// Makes pictures of figures, or says why there is none.
pub fn painter(ctx: Context) -> Painter<Previewed, Result<TextureHandle, String>> {
    let mut fonts = FontReader::default();
    Box::new(move |of| {
        let sheet = of.settings.sheet().map_err(|error| error.to_string())?;
        let fonts = fonts.read(&of.fonts)?;
        let page = of.content.page(&sheet, fonts);
        texture_of(&ctx, "export preview", (&page, fonts), of.scale)
    })
}

/// The size of a figure that has none of its own.
const USUAL: (f64, f64) = (960.0, 600.0);

impl App {
    /// The figure as it will be.
    pub(super) fn export_preview_ui(&mut self, ui: &mut Ui, room: Vec2) {
        let (place, _) = ui.allocate_exact_size(room, Sense::hover());
        ui.painter().rect_filled(place, 4.0, colors(ui.visuals()).panel);
        let settings = SheetSettings { font: None, font_bold: None, text: None, zoom: None, ..self.export_settings() };
        let what = self.export.view;
        let wanted = settings.sheet().map_err(|error| error.to_string()).and_then(|Sheet { size, .. }| {
            let (size, inner) = (size.unwrap_or(USUAL), place.shrink(10.0));
            let scale = (f64::from(inner.width()) / size.0).min(f64::from(inner.height()) / size.1);
            let most = ui.input(|input| input.max_texture_side) as f64 / size.0.max(size.1);
            let (content, scale) = (view(what).content(self)?, (scale * f64::from(ui.pixels_per_point())).min(most));
            Ok(Previewed { what, content, settings, fonts: self.export.fonts(), scale })
        });
        let wanted = match wanted {
            Ok(wanted) => wanted,
            Err(why) => return why_ui(ui, &why, place),
        };
        let painted = self.export.preview.of(wanted);
        let failure = self.export.preview.failure();
        let (painted, texture) = match (&painted, failure) {
            (_, Some(why)) => return why_ui(ui, why, place),
            (None, None) => return,
            (Some(painted), None) => match &painted.picture {
                Err(why) => return why_ui(ui, why, place),
                Ok(texture) => (painted, texture),
            },
        };
        let size = texture.size_vec2() / ui.pixels_per_point();
        // One of before may have been for more room.
        let size = size * (place.size() / size).min_elem().min(1.0);
        let picture = Rect::from_center_size(place.center(), size);
        if painted.of.settings.transparent == Some(true) {
            chequers(ui.painter(), picture, self.export.look().ground == Background::Dark);
        }
        texture_ui(ui, texture, picture);
        let response = ui.interact(picture, ui.scope_id().with("preview"), Sense::hover());
        let kind = if self.export.kind.is_drawn() { "Preview" } else { "Figure of these numbers" };
        let text = format!("{kind}: {} of {} × {} px", class(painted.of.what).label(), size.x.round(), size.y.round());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &text));
    }
}

/// Says why there is no picture.
fn why_ui(ui: &Ui, why: &str, place: Rect) {
    let quiet = colors(ui.visuals()).quiet;
    let galley = ui.painter().layout(sentence(why), theme::regular(13.0), quiet, place.width() - 20.0);
    let at = place.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, quiet);
}

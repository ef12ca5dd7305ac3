use egui::{Context, Vec2};

/// So many points is a screen high and wide at least, in a presentation: text of 12 points, which is the smallest that has to be
/// read, is a thirtieth of the height.
pub const ROOM: Vec2 = Vec2::new(480.0, 360.0);
/// The same where a lesson is open, whose text of 14.5 points is read.
pub const ROOM_OF_LESSON: Vec2 = Vec2::new(580.0, 435.0);
/// Size of the text of pictures, in points, and where a lesson is presented.
const TEXT: f32 = 13.0;
const TEXT_OF_LESSON: f32 = 14.5;
/// A change less than this is none: sizes are whole pixels.
const SAME: f32 = 0.005;
/// What egui can have.
const FACTORS: std::ops::RangeInclusive<f32> = 0.3..=8.0;

/// How large everything is in a presentation.
pub struct RoomSize {
    /// The zoom that was set last.
    set: Option<f32>,
    /// What the user makes of it: twice as large, half as large.
    factor: f32,
}

impl Default for RoomSize {
    fn default() -> Self {
        Self { set: None, factor: 1.0 }
    }
}

/// Size of the text of pictures, in points: in a room a thirtieth of the height, too.
pub const fn picture_text(is_lesson_presented: bool) -> f32 {
    if is_lesson_presented { TEXT_OF_LESSON } else { TEXT }
}

impl RoomSize {
    /// Sets the zoom that the size of the window asks for, times what the user made of it since.
    pub fn fit(&mut self, ctx: &Context, room: Vec2) {
        let zoom = ctx.zoom_factor();
        if let Some(set) = self.set
            && (zoom / set - 1.0).abs() > SAME
        {
            self.factor *= zoom / set;
        }
        let window = ctx.content_rect().size() * zoom;
        let fitting = (window / room).min_elem().clamp(*FACTORS.start(), *FACTORS.end());
        let wanted = (fitting * self.factor).clamp(*FACTORS.start(), *FACTORS.end());
        if (zoom / wanted - 1.0).abs() > SAME {
            ctx.set_zoom_factor(wanted);
            self.set = Some(wanted);
        } else {
            self.set = Some(zoom);
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{RawInput, Rect};

    use super::*;

    /// The zoom on a screen of so many points, after a few frames; from the second on the user makes all of it so much larger.
    fn zoom_on(screen: Vec2, larger: f32) -> f32 {
        let ctx = Context::default();
        let mut size = RoomSize::default();
        for frame in 0..5 {
            let screen_rect = Some(Rect::from_min_size(egui::Pos2::ZERO, screen / ctx.zoom_factor()));
            let mut output = ctx.run_ui(RawInput { screen_rect, ..Default::default() }, |ui| size.fit(ui, ROOM));
            output.textures_delta.clear();
            if frame == 1 {
                ctx.set_zoom_factor(ctx.zoom_factor() * larger);
            }
        }
        ctx.zoom_factor()
    }

    #[test]
    fn text_of_twelve_points_is_a_thirtieth_of_the_height() {
        for screen in [Vec2::new(1280.0, 720.0), Vec2::new(1920.0, 1080.0), Vec2::new(3840.0, 2160.0)] {
            let share = 12.0 * zoom_on(screen, 1.0) / screen.y;
            assert!((share * 30.0 - 1.0).abs() < 0.01, "{screen}: {share}");
        }
        let narrow = zoom_on(Vec2::new(960.0, 1280.0), 1.0);
        assert!((narrow - 2.0).abs() < 0.01, "{narrow}");
    }

    #[test]
    fn what_the_user_makes_larger_stays_so() {
        let zoom = zoom_on(Vec2::new(1280.0, 720.0), 1.5);
        assert!((zoom - 3.0).abs() < 0.02, "{zoom}");
    }
}

use super::App;
use super::views::view;

impl App {
    /// Whether what is drawn is the final answer to what the controls say: no job in sight is open, and nothing is played or trained.
    pub fn is_settled(&self) -> bool {
        self.is_answered()
            && !self.is_opening()
            && !self.data_reading.is_under_way()
            && !self.is_job_open()
            && !self.is_painting()
            && !self.is_moving()
    }

    /// Whether a picture in sight is of what was before, while the present one is being made.
    pub(super) fn is_painting(&self) -> bool {
        view(self.shown.view).is_painting(self) || self.export.is_painting() || self.presets.is_under_way()
    }

    /// Whether what is measured is the final answer to what the controls say.
    pub(super) fn is_answered(&self) -> bool {
        self.figure().is_some_and(|figure| {
            figure.measurement.is_exact()
                && figure.measurement.subject == self.subject()
                && figure.measurement.has(self.wanted_at_leisure())
                && figure.view == self.shown.layers
        })
    }

    /// Whether something that is set moves by itself, or networks are being trained.
    fn is_moving(&self) -> bool {
        self.played().is_some() || self.is_racing() || self.comes_to_stand()
    }
}

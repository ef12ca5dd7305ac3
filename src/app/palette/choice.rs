/// Which entry is chosen, whether it is to be scrolled to, and which one was clicked.
pub struct Choice {
    pub chosen: Option<usize>,
    pub is_moved: bool,
    pub clicked: Option<usize>,
}

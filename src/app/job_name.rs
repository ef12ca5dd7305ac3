/// A kind of job that views show what is found of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobName {
    /// The map of networks.
    Survey,
    /// The units of a layer.
    Units,
    /// Other seeds.
    Seeds,
    /// What is compared.
    Companion,
}

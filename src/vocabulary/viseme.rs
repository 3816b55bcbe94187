//! The 15 visemes of OpenXR and Oculus.

use super::names;

names! {
    /// A mouth shape of speech, in Oculus index order (`sil` 0 … `ou` 14); a weight lies in 0..=1.
    pub enum Viseme {
        Sil = "sil",
        PP = "PP",
        FF = "FF",
        TH = "TH",
        DD = "DD",
        Kk = "kk",
        CH = "CH",
        SS = "SS",
        Nn = "nn",
        RR = "RR",
        Aa = "aa",
        E = "E",
        Ih = "ih",
        Oh = "oh",
        Ou = "ou",
    }
}

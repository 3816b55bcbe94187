//! The 15 visemes under other names than their own: Character Creator, SAPI, Daz, `VRoid`, and sets of vowels.
//!
//! A row is a viseme and the targets that make it at full strength.

use crate::vocabulary::Viseme::{self, *};

/// What stands before the visemes' own names; the empty one means bare names, which must be whole.
pub(super) const PREFIXES: &[&str] = &["viseme", "vrc.v", "vis", "vi", "v", "phoneme", ""];

/// Another spelling of some visemes.
pub(super) const SPELLINGS: &[(Viseme, &str)] =
    &[(Ih, "I"), (Oh, "O"), (Ou, "U"), (E, "eh"), (Nn, "NN"), (SS, "S"), (Kk, "K")];

/// One viseme of a set, and the targets that make it together.
pub(super) type Row = (Viseme, &'static [(&'static str, f32)]);

/// One convention's names.
pub(super) struct Set {
    /// What people call it.
    pub(super) title: &'static str,
    /// What may stand before each name; an empty one means that names must be whole.
    pub(super) prefixes: &'static [&'static str],
    /// Joints that have to turn with it, by the words of their name: their jaw's rotation is not in the targets.
    pub(super) jaw_joints: &'static [&'static str],
    /// One for each viseme that it has.
    pub(super) rows: &'static [Row],
}

/// Joints that carry a jaw whose targets move the skin only: Character Creator's.
pub(super) const JAW_BESIDE: &[&str] = &["jawroot"];

/// All sets, the richest first.
pub(super) const SETS: &[Set] = &[
    Set {
        title: "Character Creator 8+7",
        prefixes: &["V_", ""],
        jaw_joints: JAW_BESIDE,
        rows: CHARACTER_CREATOR,
    },
    Set { title: "Character Creator 1:1", prefixes: &["V_", ""], jaw_joints: JAW_BESIDE, rows: ONE_TO_ONE },
    Set { title: "SAPI (Faceit, MPFB)", prefixes: &[""], jaw_joints: &[], rows: SAPI },
    Set {
        title: "Daz",
        prefixes: &["eCTRLv", "facs_ctrl_v", "facs_bs_v", "body_ctrl_v", "ctrl_v"],
        jaw_joints: &[],
        rows: DAZ,
    },
    Set { title: "VRoid", prefixes: &["Fcl_MTH_"], jaw_joints: &[], rows: VROID },
];

/// The eight lip shapes and seven tongue shapes; a character without the tongue's does without.
const CHARACTER_CREATOR: &[Row] = &[
    (PP, &[("Explosive", 1.0)]),
    (FF, &[("Dental_Lip", 1.0)]),
    (TH, &[("Lip_Open", 0.5), ("Open", 0.15), ("Tongue_Out", 0.35)]),
    (DD, &[("Lip_Open", 0.6), ("Open", 0.12), ("Tongue_up", 0.4)]),
    (Kk, &[("Lip_Open", 0.6), ("Open", 0.2), ("Tongue_Raise", 0.4)]),
    (CH, &[("Affricate", 1.0)]),
    (SS, &[("Lip_Open", 0.6), ("Wide", 0.35), ("Tongue_Narrow", 0.4)]),
    (Nn, &[("Lip_Open", 0.55), ("Open", 0.1), ("Tongue_up", 0.4)]),
    (RR, &[("Tight_O", 0.4), ("Lip_Open", 0.4), ("Tongue_Curl_U", 0.4)]),
    (Aa, &[("Open", 0.9)]),
    (E, &[("Open", 0.45), ("Wide", 0.5), ("Lip_Open", 0.2)]),
    (Ih, &[("Wide", 0.8), ("Open", 0.18), ("Lip_Open", 0.2)]),
    (Oh, &[("Tight_O", 0.65), ("Open", 0.4)]),
    (Ou, &[("Tight_O", 1.0)]),
];

const ONE_TO_ONE: &[Row] = &[
    (PP, &[("B_M_P", 1.0)]),
    (FF, &[("F_V", 1.0)]),
    (TH, &[("Th", 1.0)]),
    (DD, &[("T_L_D_N", 1.0)]),
    (Kk, &[("K_G_H_NG", 1.0)]),
    (CH, &[("Ch_J", 1.0)]),
    (SS, &[("S_Z", 1.0)]),
    (Nn, &[("T_L_D_N", 0.9)]),
    (RR, &[("R", 1.0)]),
    (Aa, &[("Ah", 1.0)]),
    (E, &[("AE", 0.9)]),
    (Ih, &[("EE", 0.9)]),
    (Oh, &[("Oh", 1.0)]),
    (Ou, &[("W_OO", 1.0)]),
];

/// Microsoft's 22 speech shapes, numbered as in SAPI 5; of several for one viseme the middle one.
const SAPI: &[Row] = &[
    (PP, &[("p_b_m_21", 1.0)]),
    (FF, &[("f_v_18", 1.0)]),
    (TH, &[("th_dh_17", 1.0)]),
    (DD, &[("d_t_n_19", 1.0)]),
    (Kk, &[("k_g_ng_20", 1.0)]),
    (CH, &[("sh_ch_jh_zh_16", 1.0)]),
    (SS, &[("s_z_15", 1.0)]),
    (Nn, &[("l_14", 1.0)]),
    (RR, &[("r_13", 1.0)]),
    (Aa, &[("aa_02", 1.0)]),
    (E, &[("ey_eh_uh_04", 1.0)]),
    (Ih, &[("y_iy_ih_ix_06", 1.0)]),
    (Oh, &[("ow_08", 1.0)]),
    (Ou, &[("w_uw_07", 1.0)]),
];

const DAZ: &[Row] = &[
    (PP, &[("M", 1.0)]),
    (FF, &[("F", 1.0)]),
    (TH, &[("TH", 1.0)]),
    (DD, &[("T", 1.0)]),
    (Kk, &[("K", 1.0)]),
    (CH, &[("SH", 1.0)]),
    (SS, &[("S", 1.0)]),
    (Nn, &[("L", 1.0)]),
    (RR, &[("ER", 1.0)]),
    (Aa, &[("AA", 1.0)]),
    (E, &[("EH", 1.0)]),
    (Ih, &[("IY", 1.0)]),
    (Oh, &[("OW", 1.0)]),
    (Ou, &[("UW", 1.0)]),
];

/// Vowels, and the shapes that `VRoid` has beside them.
const VROID: &[Row] = &[
    (PP, &[("Close", 1.0)]),
    (FF, &[("Close", 0.3), ("I", 0.4), ("Up", 0.5)]),
    (TH, &[("I", 0.3), ("A", 0.1)]),
    (DD, &[("I", 0.5)]),
    (Kk, &[("A", 0.3)]),
    (CH, &[("U", 0.5), ("I", 0.1)]),
    (SS, &[("I", 0.4)]),
    (Nn, &[("I", 0.35)]),
    (RR, &[("U", 0.4)]),
    (Aa, &[("A", 1.0)]),
    (E, &[("E", 1.0)]),
    (Ih, &[("I", 1.0)]),
    (Oh, &[("O", 1.0)]),
    (Ou, &[("U", 1.0)]),
];

/// Five vowels in the order aa, ih, ou, ee, oh, and the closed mouth where there is a shape for it.
pub(super) struct Vowels {
    /// What people call it.
    pub(super) title: &'static str,
    /// The spellings.
    pub(super) names: [&'static str; 5],
    /// A mouth that is shut tight; empty where faces rest with it.
    pub(super) closed: &'static str,
}

/// The vowels of anime rigs.
pub(super) const VOWELS: &[Vowels] = &[
    Vowels { title: "VRM", names: ["aa", "ih", "ou", "ee", "oh"], closed: "" },
    Vowels { title: "VRM 0.x", names: ["ah", "ih", "uu", "ee", "oh"], closed: "" },
    Vowels { title: "VRM 0.x", names: ["mouth_a", "mouth_i", "mouth_u", "mouth_e", "mouth_o"], closed: "" },
    Vowels { title: "VRM 0.x", names: ["MTH_A", "MTH_I", "MTH_U", "MTH_E", "MTH_O"], closed: "" },
    Vowels { title: "VRM 0.x", names: ["A", "I", "U", "E", "O"], closed: "" },
    Vowels { title: "MMD", names: ["あ", "い", "う", "え", "お"], closed: "ん" },
    Vowels { title: "MMD", names: ["ア", "イ", "ウ", "エ", "オ"], closed: "ン" },
];

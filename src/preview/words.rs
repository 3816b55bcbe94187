//! All that the window says, in one place.

pub(super) const TITLE: &str = "Rhetor preview";
pub(super) const DROP: &str = "Drop an avatar, a script or a sound here";
pub(super) const OPENING: &str = "Opening";
pub(super) const CANCEL: &str = "Cancel";
pub(super) const SOUND_IS_BACK: &str = "sound is back";
pub(super) const CANCELLED: &str = "given up";
pub(super) const RESET: &str = "Reset";
pub(super) const COPY: &str = "Copy";
pub(super) const COPIED: &str = "the pose is in the clipboard";
pub(super) const NOTHING_POSED: &str = "no slider is pulled";
pub(super) const SEARCH: &str = "Search a slider or a morph target";
pub(super) const SAVE_CASE: &str = "Save case";
pub(super) const SAVE_RIG: &str = "Save to rig file";
pub(super) const SAVED: &str = "written:";
pub(super) const NOT_SAVED: &str = "a case has no words for what was changed of:";
pub(super) const OTHERS_POSES: &str = "the poses of others";
pub(super) const RECIPES: &str = "recipes (save them to the rig file)";
pub(super) const DEBUG_VIEW: &str = "the debug view";
pub(super) const RELOADED: &str = "changed on disk, opened again in";
pub(super) const UNKNOWN_FILE: &str = "nothing here opens a file like this:";
pub(super) const VISEMES: &str = "Visemes";
pub(super) const EXPRESSIONS: &str = "Expressions";
pub(super) const NO_PART: &str = "nothing of this avatar moves for it";
pub(super) const MISSING_RECIPE: &str = "worn as an expression of the avatar's own, by its own rules";
pub(super) const ADD_MORPH: &str = "Add a morph target";
pub(super) const FROM_SLIDERS: &str = "From the sliders";
pub(super) const FROM_SLIDERS_HINT: &str = "Makes it out of the channels that are pulled now";
pub(super) const BACK_TO_FILE: &str = "As it was";
pub(super) const SPEAK: &str = "Speak";
pub(super) const SPEAK_KEY: &str = "Ctrl+Enter";
pub(super) const VOICE: &str = "Voice";
pub(super) const LANGUAGE: &str = "Language";
pub(super) const TEXT_HINT: &str =
    "Type what is to be said; marks such as [smile] and [gesture welcome] work";
pub(super) const VOICE_HINT: &str =
    "flite, flite:rms, espeak-ng, espeak-ng:en-gb, or a voice of your configuration";
pub(super) const CAST: &str = "Speaker";
pub(super) const CAST_HINT: &str = "The panels are about this one, who comes into the picture";
pub(super) const EVERYBODY: &str = "Everybody";
pub(super) const NOW: &str = "Now";
pub(super) const NO_BODY: &str =
    "this avatar has no skeleton that is known: a motion cannot move it (the Report panel tells more)";
pub(super) const NO_SPEECH: &str =
    "Nothing is said yet: type a text, or drop a script or a sound on the window.";
pub(super) const GESTURES: &str = "Gestures";
pub(super) const CLIPS: &str = "Clips";
pub(super) const NO_CLIPS: &str = "The file has none; drop a .vrma or .bvh on the window.";
pub(super) const GAZE: &str = "Gaze";
pub(super) const GAZE_FREE: &str = "By the acting";
pub(super) const GAZE_MOUSE: &str = "Follow the mouse";
pub(super) const DIALS: &str = "Acting";
pub(super) const LIGHT: &str = "Light";
pub(super) const LIGHTS: &str = "Lights one by one";
pub(super) const STRENGTH: &str = "Strength";
pub(super) const LIGHT_SIDE: &str = "To the left";
pub(super) const LIGHT_HEIGHT: &str = "Up";
pub(super) const CASTS_SHADOW: &str = "throws the shadow";
pub(super) const FILM: &str = "Film";
pub(super) const DRAWING: &str = "Drawing";
pub(super) const BACKDROP: &str = "Backdrop";
pub(super) const AS_STAGED: &str = "as staged";
pub(super) const DROPPED_HINT: &str = "the picture that was dropped; \"as staged\" puts it away";
pub(super) const AUTOMATIC: &str = "automatic";
pub(super) const PICTURE: &str = "picture";
pub(super) const WARNINGS: &str = "Warnings";
pub(super) const NO_WARNINGS: &str = "Nothing to warn of.";
pub(super) const PASSES: &str = "Passes";
pub(super) const MEMORY: &str = "Memory";
pub(super) const PICTURES: &str = "Pictures";
pub(super) const HELP: &str = "Keys";
pub(super) const MOUSE: &[(&str, &str)] = &[
    ("drag", "turn around"),
    ("right drag", "move sideways"),
    ("Shift+drag", "move sideways"),
    ("wheel", "nearer, farther"),
    ("drop a file", "open it"),
];
pub(super) const MOUSE_STRIP: &[(&str, &str)] = &[
    ("drag the strip", "go there"),
    ("double click a word", "repeat it"),
    ("wheel on the strip", "longer, shorter"),
];
pub(super) const IN_PANELS: &[(&str, &str)] = &[
    ("click a name", "how it is made"),
    ("double click", "a dial as it was"),
    (SPEAK_KEY, "speak the text"),
];

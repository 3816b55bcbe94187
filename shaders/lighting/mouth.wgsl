// Teeth and tongue: cheeks and lips keep light from them, the more the deeper they lie and the less the mouth is open.

// What the front teeth get behind lips that just part, and in a mouth wide open.
const MOUTH_FRONT: vec2f = vec2f(0.82, 1.0);
// How fast it gets dark from there on, in depths at which hardly any light is left.
const MOUTH_FALL: vec2f = vec2f(2.4, 1.1);
// How much of what is seen to close in on a place counts beside that: lips and cheeks would be counted twice.
const MOUTH_OCCLUSION: f32 = 0.3;

// How much of the light arrives `deep` inside a mouth that is `open`, 0..1 each.
fn mouth_light(deep: f32, open: f32) -> f32 {
    return mix(MOUTH_FRONT.x, MOUTH_FRONT.y, open) * exp(-deep * mix(MOUTH_FALL.x, MOUTH_FALL.y, open));
}

// Pictures of one avatar in one view, by another program and by Rhetor, both without a background.
//
// node pictures.mjs talkinghead|vrm AVATAR OUT [VIEW] [MOOD]; writes OUT.peer.png and OUT.rhetor.png; RHETOR names the program.
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { open } from "./browser.mjs";
import { withCamera } from "./glb.mjs";

const [peer, avatar, out, view = "upper", mood = "neutral"] = process.argv.slice(2);
const [width, height] = [900, 900];
// How far off, of the avatar's height, at which height of it, and how wide.
const views = { head: { far: 0.7, level: 0.85, fov: 0.45 }, upper: { far: 1.1, level: 0.7, fov: 0.6 } };
let camera;
let options = { width, height, view, mood };
if (peer === "vrm") {
  const { height: tall } = JSON.parse(execFileSync(process.env.RHETOR ?? "rhetor", ["inspect", avatar, "--json"]));
  const { far, level, fov } = views[view];
  camera = { eye: [0, level * tall, far * tall], target: [0, level * tall, 0], fov };
  options = { width, height, ...camera, fov: (fov * 180) / Math.PI, expressions: mood === "happy" ? { happy: 0.6 } : {} };
}
const { tab, close } = await open(`${peer}.page.mjs`, avatar, options);
if (peer === "talkinghead") {
  await new Promise((done) => setTimeout(done, 5000));
  // Into the camera, eyes open.
  await tab.evaluate(() => window.head.lookAtCamera(20000));
  await new Promise((done) => setTimeout(done, 3000));
  camera = await tab.evaluate(async () => {
    const lids = () => window.head.mtAvatar?.eyeBlinkLeft?.applied ?? 0;
    while (lids() > 0.3) await new Promise((done) => requestAnimationFrame(done));
    window.head.stop();
    return {
      eye: window.head.camera.position.toArray(),
      target: window.head.controls.target.toArray(),
      fov: (window.head.camera.fov * Math.PI) / 180,
    };
  });
}
await tab.screenshot({ path: `${out}.peer.png`, omitBackground: true });
await close();
// A VRM 0 file looks the other way, and its cameras are turned with it.
const isOld = (await readFile(avatar)).includes('"VRM"');
const turned = ([x, y, z]) => (isOld ? [-x, y, -z] : [x, y, z]);
const copy = await withCamera(avatar, { ...camera, eye: turned(camera.eye), target: turned(camera.target) });
const face = mood === "happy" ? ["--expression", "happy=0.6"] : [];
const args = ["snapshot", copy, "-o", `${out}.rhetor.png`, "--camera", "peer", "--alpha", "--quality", "high", "--size", `${width}x${height}`];
execFileSync(process.env.RHETOR ?? "rhetor", [...args, ...face]);

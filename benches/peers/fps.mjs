// Finished pictures a second: Rhetor and TalkingHead by turns, the same avatar, view and size, on the same machine.
//
// node fps.mjs AVATAR.glb [ROUNDS]; RHETOR names the program.
import { execFileSync } from "node:child_process";
import { open } from "./browser.mjs";
import { withCamera } from "./glb.mjs";

const [avatar, rounds = "3"] = process.argv.slice(2);
const [width, height, secs] = [1280, 720, 10];
const rhetor = process.env.RHETOR ?? "rhetor";
const found = { talkinghead: [], low: [], medium: [] };

async function peer() {
  const { tab, adapter, close } = await open("talkinghead.page.mjs", avatar, { width, height, view: "upper" });
  await tab.evaluate(() => window.speak(40));
  // The camera has come to rest by then, and all is compiled.
  await new Promise((done) => setTimeout(done, 5000));
  const camera = await tab.evaluate(() => ({
    eye: window.head.camera.position.toArray(),
    target: window.head.controls.target.toArray(),
    fov: (window.head.camera.fov * Math.PI) / 180,
  }));
  const fps = await tab.evaluate((secs) => window.measure(secs), secs);
  await close();
  return { fps, adapter, camera };
}

function ours(path, quality) {
  const size = `${width}x${height}`;
  const out = execFileSync(rhetor, ["bench", path, "--frames", "120", "--size", size, "--camera", "peer", "--quality", quality, "--json"]);
  return JSON.parse(out);
}

for (let round = 0; round < Number(rounds); round++) {
  const { fps, adapter, camera } = await peer();
  const path = await withCamera(avatar, camera);
  if (round === 0) console.log(`TalkingHead: ${adapter}`);
  found.talkinghead.push(fps);
  for (const quality of ["low", "medium"]) {
    const measured = ours(path, quality);
    if (round === 0) console.log(`Rhetor ${quality}: ${measured.adapter}`);
    found[quality].push(measured.fps);
  }
}
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const base = median(found.talkinghead);
for (const [name, all] of Object.entries(found)) {
  const each = all.map((fps) => fps.toFixed(1)).join(", ");
  console.log(`${name.padEnd(12)} ${each} fps: ${(median(all) / base).toFixed(2)} x`);
}

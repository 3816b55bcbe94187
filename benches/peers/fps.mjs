// Finished pictures a second: Rhetor and TalkingHead by turns, the same avatar, view and size, on the same machine.
//
// node fps.mjs AVATAR.glb [ROUNDS]; RHETOR names the program.
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "./browser.mjs";

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
    fov: (window.head.camera.fov * Math.PI) / 180,
  }));
  const fps = await tab.evaluate((secs) => window.measure(secs), secs);
  await close();
  return { fps, adapter, camera };
}

/** The avatar with TalkingHead's camera in its file, which looks along -Z as the other does. */
async function withCamera({ eye, fov }) {
  const glb = await readFile(avatar);
  const length = glb.readUInt32LE(12);
  const json = JSON.parse(glb.subarray(20, 20 + length));
  json.cameras = [{ type: "perspective", perspective: { yfov: fov, znear: 0.1, zfar: 100 } }];
  json.nodes.push({ name: "upper", camera: 0, translation: eye });
  json.scenes[json.scene ?? 0].nodes.push(json.nodes.length - 1);
  const text = Buffer.from(JSON.stringify(json));
  const chunk = Buffer.concat([text, Buffer.alloc(-text.length & 3, " ")]);
  const head = Buffer.alloc(20);
  const rest = glb.subarray(20 + length);
  [0x46546c67, 2, 20 + chunk.length + rest.length, chunk.length, 0x4e4f534a].forEach((word, n) => head.writeUInt32LE(word, n * 4));
  const path = join(await mkdtemp(join(tmpdir(), "peers-")), "avatar.glb");
  await writeFile(path, Buffer.concat([head, chunk, rest]));
  return path;
}

function ours(path, quality) {
  const size = `${width}x${height}`;
  const out = execFileSync(rhetor, ["bench", path, "--frames", "120", "--size", size, "--camera", "upper", "--quality", quality, "--json"]);
  return JSON.parse(out);
}

for (let round = 0; round < Number(rounds); round++) {
  const { fps, adapter, camera } = await peer();
  const path = await withCamera(camera);
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

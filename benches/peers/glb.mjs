// A copy of an avatar with a camera of another program in it, so that both show the same view.
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** `camera`: `{ eye, target, fov }` in metres and radians. The camera is named `peer`. */
export async function withCamera(avatar, { eye, target, fov }) {
  const glb = await readFile(avatar);
  const length = glb.readUInt32LE(12);
  const json = JSON.parse(glb.subarray(20, 20 + length));
  const [x, y, z] = target.map((to, n) => to - eye[n]);
  // Turned about the left-right axis, then about the upright one.
  const [pitch, yaw] = [Math.atan2(y, Math.hypot(x, z)), Math.atan2(-x, -z)];
  const [a, b, c, d] = [Math.cos(yaw / 2), Math.sin(yaw / 2), Math.cos(pitch / 2), Math.sin(pitch / 2)];
  json.cameras = [{ type: "perspective", name: "peer", perspective: { yfov: fov, znear: 0.1, zfar: 100 } }];
  json.nodes.push({ camera: 0, translation: eye, rotation: [a * d, b * c, -b * d, a * c] });
  json.scenes[json.scene ?? 0].nodes.push(json.nodes.length - 1);
  const text = Buffer.from(JSON.stringify(json));
  const chunk = Buffer.concat([text, Buffer.alloc(-text.length & 3, " ")]);
  const head = Buffer.alloc(20);
  const rest = glb.subarray(20 + length);
  [0x46546c67, 2, 20 + chunk.length + rest.length, chunk.length, 0x4e4f534a].forEach((word, n) => head.writeUInt32LE(word, n * 4));
  const path = join(await mkdtemp(join(tmpdir(), "peers-")), basename(avatar));
  await writeFile(path, Buffer.concat([head, chunk, rest]));
  return path;
}

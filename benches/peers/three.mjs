import { open } from "./browser.mjs";
const [avatar, out, ...sets] = process.argv.slice(2);
for (const set of sets) {
  const [name, view] = set.split(":");
  const cam = view === "full" ? { eye: [0, 0.95, 4.2], target: [0, 0.9, 0], fov: 28 } : view === "side" ? { eye: [0.9, 1.6, 0.6], target: [0, 1.55, 0], fov: 24 } : { eye: [0, 1.62, 1.0], target: [0, 1.6, 0], fov: 24 };
  const e = name === "rest" ? {} : { [name]: 1 };
  const { tab, close } = await open("vrm.page.mjs", avatar, { width: 500, height: 500, ...cam, expressions: e });
  await tab.screenshot({ path: `${out}.${name}.${view ?? "face"}.png` });
  await close();
}

// A page with one of the peers, in headless Chromium on the software rasteriser of the machine, served from here.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";
import puppeteer from "puppeteer-core";

/** Opens `page` with the file `avatar` at `width` x `height`; gives `{ tab, adapter, close }`. */
export async function open(page, avatar, { width, height, ...options }) {
  const bundle = await build({
    entryPoints: [new URL(page, import.meta.url).pathname],
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "error",
    external: ["three/webgpu"],
  });
  const files = {
    "/": ["text/html", `<!doctype html><style>body{margin:0}#stage{width:${width}px;height:${height}px}</style><div id="stage"></div><script type="module" src="/page.mjs"></script>`],
    "/page.mjs": ["text/javascript", bundle.outputFiles[0].text],
    [`/${basename(avatar)}`]: ["model/gltf-binary", await readFile(avatar)],
  };
  const server = createServer((request, response) => {
    const file = files[request.url.split("?")[0]];
    response.writeHead(file ? 200 : 404, { "content-type": file?.[0] ?? "text/plain" });
    response.end(file?.[1] ?? "");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox", "--ignore-gpu-blocklist", "--use-gl=angle", `--use-angle=${process.env.ANGLE ?? "gl-egl"}`,
      "--disable-frame-rate-limit", "--disable-gpu-vsync", "--autoplay-policy=no-user-gesture-required",
    ],
    defaultViewport: { width, height, deviceScaleFactor: 1 },
  });
  const tab = await browser.newPage();
  tab.on("pageerror", (error) => console.error("page:", error.message));
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await tab.waitForFunction(() => typeof window.open === "function" && !/native code/.test(String(window.open)));
  const adapter = await tab.evaluate((o) => window.open(o), { avatar: `/${basename(avatar)}`, ...options });
  return {
    tab,
    adapter,
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

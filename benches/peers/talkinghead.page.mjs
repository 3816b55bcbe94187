// TalkingHead with its own defaults, but for what was asked: a view, a speech without sound, one picture or many.
import { TalkingHead } from "@met4citizen/talkinghead";
import { getEn } from "./english.page.mjs";

const SPEECH = "people of the forum thank you for having me today we build bridges between voices and machines";

let finished = 0;

/** Counts a picture when it is there: without waiting, the browser's queue would only grow. */
const count = (head) => {
  const gl = head.renderer.getContext();
  const pixel = new Uint8Array(4);
  const draw = head.render.bind(head);
  head.render = () => {
    draw();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    finished += 1;
  };
};

/** Finished pictures a second over `secs`. */
window.measure = async (secs) => {
  const [before, begun] = [finished, performance.now()];
  await new Promise((done) => setTimeout(done, secs * 1000));
  return ((finished - before) * 1000) / (performance.now() - begun);
};

window.open = async ({ avatar, view, mood }) => {
  const node = document.getElementById("stage");
  const head = new TalkingHead(node, {
    ttsEndpoint: "none",
    lipsyncModules: [],
    lipsyncLang: "en",
    cameraView: view,
    modelFPS: 1000,
    modelPixelRatio: 1,
    avatarMood: mood ?? "neutral",
  });
  head.lipsync.en = getEn();
  await head.showAvatar({ url: avatar, body: "F", avatarMood: mood ?? "neutral", lipsyncLang: "en" });
  count(head);
  head.start();
  window.head = head;
  return head.renderer.getContext().getParameter(
    head.renderer.getContext().getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL ?? 0x1f01,
  );
};

window.speak = (secs) => {
  const words = SPEECH.split(" ");
  const step = 320;
  const count = Math.ceil((secs * 1000) / step);
  const all = Array.from({ length: count }, (_, n) => words[n % words.length]);
  const audio = window.head.audioCtx.createBuffer(1, Math.ceil(count * step * 16), 16000);
  window.head.speakAudio({
    audio,
    words: all,
    wtimes: all.map((_, n) => n * step),
    wdurations: all.map(() => step * 0.9),
  });
};

// three-vrm as its examples set it up: one directional light of the strength pi, no environment.
import * as THREE from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { MeshoptDecoder } from "three/addons/libs/meshopt_decoder.module.js";
import { VRMLoaderPlugin, VRMUtils } from "@pixiv/three-vrm";

window.open = async ({ avatar, eye, target, fov, expressions }) => {
  const node = document.getElementById("stage");
  const renderer = new THREE.WebGLRenderer({ antialias: true, alpha: true, preserveDrawingBuffer: true });
  renderer.setSize(node.clientWidth, node.clientHeight);
  renderer.setClearColor(0x000000, 0);
  node.appendChild(renderer.domElement);
  const scene = new THREE.Scene();
  const light = new THREE.DirectionalLight(0xffffff, Math.PI);
  light.position.set(1, 1, 1);
  scene.add(light);
  const loader = new GLTFLoader();
  loader.setMeshoptDecoder(MeshoptDecoder);
  loader.register((parser) => new VRMLoaderPlugin(parser));
  const gltf = await loader.loadAsync(avatar);
  const vrm = gltf.userData.vrm;
  if (vrm) {
    VRMUtils.rotateVRM0(vrm);
    for (const [name, weight] of Object.entries(expressions ?? {})) vrm.expressionManager?.setValue(name, weight);
    vrm.update(0);
  }
  const subject = vrm?.scene ?? gltf.scene;
  scene.add(subject);
  const camera = new THREE.PerspectiveCamera(fov, node.clientWidth / node.clientHeight, 0.05, 50);
  camera.position.set(...eye);
  camera.lookAt(...target);
  renderer.render(scene, camera);
  return renderer.getContext().getParameter(
    renderer.getContext().getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL ?? 0x1f01,
  );
};

// Writes an uncompressed copy of a glTF file: `node unpack.mjs IN.glb OUT.glb`. Geometry that is packed by meshopt or
// Draco, or quantised, becomes floats; textures stay as they are. The import of both files is then compared by
// `AVATARS=DIR PACKED=IN.glb UNPACKED=OUT.glb cargo test --test root packed_and_unpacked`.
import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { dequantize } from '@gltf-transform/functions';
import draco3d from 'draco3dgltf';
import { MeshoptDecoder } from 'meshoptimizer';

const [input, output] = process.argv.slice(2);
if (!output) {
    console.error('usage: node unpack.mjs IN.glb OUT.glb');
    process.exit(2);
}
await MeshoptDecoder.ready;
const io = new NodeIO()
    .registerExtensions(ALL_EXTENSIONS)
    .registerDependencies({ 'draco3d.decoder': await draco3d.createDecoderModule(), 'meshopt.decoder': MeshoptDecoder });
const document = await io.read(input);
const packings = ['EXT_meshopt_compression', 'KHR_draco_mesh_compression'];
document.getRoot().listExtensionsUsed().filter((e) => packings.includes(e.extensionName)).forEach((e) => e.dispose());
await document.transform(dequantize());
await io.write(output, document);

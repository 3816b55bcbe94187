// Writes the small packed files in tests/fixtures/packed: one bent, morphed grid, as it is and packed by other
// people's encoders. `npm install && node pack.mjs` in this folder; the files are committed, so that tests need no npm.
import { Document, NodeIO } from '@gltf-transform/core';
import { KHRDracoMeshCompression, EXTMeshoptCompression, KHRMeshQuantization } from '@gltf-transform/extensions';
import { quantize } from '@gltf-transform/functions';
import draco3d from 'draco3dgltf';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';
import { fileURLToPath } from 'node:url';

const out = fileURLToPath(new URL('../fixtures/packed/', import.meta.url));
const SIDE = 6;

/** A grid of SIDE × SIDE vertices, its upper half following a second joint, with one morph target. */
function grid(withTarget) {
    const document = new Document();
    const buffer = document.createBuffer();
    const positions = [], normals = [], uvs = [], joints = [], weights = [], deltas = [], indices = [];
    for (let y = 0; y < SIDE; y++) {
        for (let x = 0; x < SIDE; x++) {
            const [u, v] = [x / (SIDE - 1), y / (SIDE - 1)];
            positions.push(u - 0.5, v, 0.1 * u * v);
            normals.push(0, 0, 1);
            uvs.push(u, 1 - v);
            joints.push(0, 1, 0, 0);
            weights.push(1 - v, v, 0, 0);
            deltas.push(0, 0, x === 2 ? 0.25 * v : 0);
            if (x + 1 < SIDE && y + 1 < SIDE) {
                const i = y * SIDE + x;
                indices.push(i, i + 1, i + SIDE + 1, i, i + SIDE + 1, i + SIDE);
            }
        }
    }
    const accessor = (type, array) => document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
    const primitive = document.createPrimitive()
        .setAttribute('POSITION', accessor('VEC3', new Float32Array(positions)))
        .setAttribute('NORMAL', accessor('VEC3', new Float32Array(normals)))
        .setAttribute('TEXCOORD_0', accessor('VEC2', new Float32Array(uvs)))
        .setAttribute('JOINTS_0', accessor('VEC4', new Uint8Array(joints)))
        .setAttribute('WEIGHTS_0', accessor('VEC4', new Float32Array(weights)))
        .setIndices(accessor('SCALAR', new Uint16Array(indices)));
    if (withTarget) {
        primitive.addTarget(document.createPrimitiveTarget('lift').setAttribute('POSITION', accessor('VEC3', new Float32Array(deltas))));
    }
    const bones = ['root', 'tip'].map((name) => document.createNode(name));
    bones[0].addChild(bones[1]);
    const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
    const skin = document.createSkin().addJoint(bones[0]).addJoint(bones[1])
        .setInverseBindMatrices(accessor('MAT4', new Float32Array([...identity, ...identity])));
    const node = document.createNode('grid').setMesh(document.createMesh('grid').addPrimitive(primitive)).setSkin(skin);
    document.createScene().addChild(bones[0]).addChild(node);
    return document;
}

const io = new NodeIO()
    .registerExtensions([KHRDracoMeshCompression, EXTMeshoptCompression, KHRMeshQuantization])
    .registerDependencies({
        'draco3d.encoder': await draco3d.createEncoderModule(),
        'draco3d.decoder': await draco3d.createDecoderModule(),
        'meshopt.decoder': MeshoptDecoder,
        'meshopt.encoder': MeshoptEncoder,
    });
await Promise.all([MeshoptDecoder.ready, MeshoptEncoder.ready]);

async function write(name, document, pack) {
    await pack?.(document);
    await io.write(out + name, document);
}

const draco = (method) => (document) => document.createExtension(KHRDracoMeshCompression).setRequired(true)
    .setEncoderOptions({ method, quantizationBits: { POSITION: 14, NORMAL: 10, TEX_COORD: 12, GENERIC: 12 } });
const meshopt = (method) => (document) => document.createExtension(EXTMeshoptCompression).setRequired(true)
    .setEncoderOptions({ method });
const { QUANTIZE, FILTER } = EXTMeshoptCompression.EncoderMethod;

await write('plain.glb', grid(true));
await write('draco_sequential.glb', grid(true), draco(KHRDracoMeshCompression.EncoderMethod.SEQUENTIAL));
await write('draco_edgebreaker.glb', grid(false), draco(KHRDracoMeshCompression.EncoderMethod.EDGEBREAKER));
await write('meshopt.glb', grid(true), meshopt(QUANTIZE));
await write('meshopt_quantised.glb', grid(true), async (document) => {
    await document.transform(quantize({ quantizePosition: 14, quantizeNormal: 8 }));
    meshopt(FILTER)(document);
});

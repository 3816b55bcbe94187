// As validator.mjs, over what becomes of small files when each number, word and member of their JSON is changed in turn:
// `node mutants.mjs RHETOR FILE...`. Tells each kind of fault that the validator calls an error and the import says nothing of.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import validator from 'gltf-validator';

const [rhetor, ...files] = process.argv.slice(2);
if (files.length === 0) {
    console.error('usage: node mutants.mjs RHETOR FILE...');
    process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'mutants-'));

/// The JSON of a file, and a function from JSON to the file.
function opened(path) {
    const bytes = readFileSync(path);
    if (path.endsWith('.gltf')) {
        return [JSON.parse(bytes), (json) => Buffer.from(JSON.stringify(json))];
    }
    const length = bytes.readUInt32LE(12);
    const rest = bytes.subarray(20 + length);
    return [JSON.parse(bytes.subarray(20, 20 + length)), (json) => {
        const text = Buffer.from(JSON.stringify(json));
        const padded = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, ' ')]);
        const head = Buffer.alloc(20);
        head.write('glTF');
        head.writeUInt32LE(2, 4);
        head.writeUInt32LE(20 + padded.length + rest.length, 8);
        head.writeUInt32LE(padded.length, 12);
        head.write('JSON', 16);
        return Buffer.concat([head, padded, rest]);
    }];
}

/// Every place of the JSON with what is put there; members of lists beyond the second are like the others.
function* places(value, path = []) {
    for (const [key, inner] of Object.entries(value)) {
        if (Array.isArray(value) && Number(key) > 1) return;
        const at = [...path, key];
        if (!Array.isArray(value)) yield [at, undefined];
        if (typeof inner === 'number') for (const other of [-1, inner + 1, 99999, 0.5, 'x']) yield [at, other];
        else if (typeof inner === 'string' && key !== 'uri') for (const other of ['x', 7]) yield [at, other];
        else if (typeof inner === 'object' && inner !== null) {
            yield [at, 7];
            yield [at, Array.isArray(inner) ? [] : {}];
            yield* places(inner, at);
        }
    }
}

let [count, errors, unsaid, refused] = [0, 0, new Map(), new Map()];
for (const file of files) {
    const [json, closed] = opened(file);
    const beside = async (uri) => new Uint8Array(readFileSync(join(dirname(file), decodeURIComponent(uri))));
    for (const [path, other] of places(json)) {
        const mutant = structuredClone(json);
        const parent = path.slice(0, -1).reduce((at, key) => at[key], mutant);
        if (other === undefined) delete parent[path.at(-1)];
        else parent[path.at(-1)] = other;
        const bytes = closed(mutant);
        const name = join(folder, `mutant${basename(file).replace(/^.*(\.[a-z]+)$/, '$1')}`);
        writeFileSync(name, bytes);
        // The validator itself falls over some of them; those have no verdict.
        const verdict = await validator.validateBytes(new Uint8Array(bytes), { maxIssues: 0, externalResourceFunction: beside }).catch(() => null);
        if (verdict === null) continue;
        const { issues } = verdict;
        const run = spawnSync(rhetor, ['inspect', name, '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
        const told = run.status !== 0 || JSON.parse(run.stdout).warnings.some((w) => w.includes(basename(name)));
        count += 1;
        errors += issues.numErrors > 0 ? 1 : 0;
        const what = `${basename(file)}: ${path.join('/')} = ${JSON.stringify(other)}`;
        const note = (map, code, more) => map.set(code, [...(map.get(code) ?? []), what + more]);
        if (issues.numErrors > 0 && !told) {
            note(unsaid, issues.messages.find((m) => m.severity === 0).code, '');
        } else if (issues.numErrors === 0 && run.status !== 0) {
            note(refused, 'valid, but refused', ` (${run.stderr.trim().split('\n').at(-1)})`);
        }
        if (run.status === null || run.status > 2) note(refused, `ended with ${run.status ?? run.signal}`, '');
    }
}
rmSync(folder, { recursive: true });
for (const [code, list] of [...unsaid, ...refused]) {
    console.log(`${code}: ${list.length}, as ${list.slice(0, Number(process.env.SHOWN ?? 4)).join('; ')}`);
}
const silent = [...unsaid.values()].flat().length;
console.log(`${count} mutants, ${errors} with errors, of which ${silent} are read without a word`);
process.exit([...refused.values()].flat().length > 0 ? 1 : 0);

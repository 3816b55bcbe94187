// Compares Khronos' validator with the import, over a folder of files: what the validator calls an error is refused or
// warned about, and nothing that it calls valid is refused. `npm install && node validator.mjs RHETOR DIR`.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import validator from 'gltf-validator';

const [rhetor, folder] = process.argv.slice(2);
if (!folder) {
    console.error('usage: node validator.mjs RHETOR DIR');
    process.exit(2);
}
let disagreements = 0;
console.log('| file | validator | first error | import | warnings |\n|---|---|---|---|---|');
for (const file of readdirSync(folder).filter((name) => /\.(glb|gltf|vrm|vrma)$/.test(name)).sort()) {
    const bytes = (name) => new Uint8Array(readFileSync(join(folder, decodeURIComponent(name))));
    const { issues } = await validator.validateBytes(bytes(file), { maxIssues: 0, externalResourceFunction: async (uri) => bytes(uri) })
        .catch((error) => ({ issues: { numErrors: 1, messages: [{ severity: 0, code: String(error) }] } }));
    const run = spawnSync(rhetor, ['inspect', join(folder, file), '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    // The import's own warnings begin with the file's path; those of the rig do not.
    const warnings = run.status === 0
        ? JSON.parse(run.stdout).warnings.filter((w) => w.includes(file)).length
        : 0;
    const agrees = issues.numErrors > 0 ? run.status !== 0 || warnings > 0 : run.status === 0;
    disagreements += agrees ? 0 : 1;
    const first = issues.messages.find((m) => m.severity === 0)?.code ?? '';
    const told = run.status === 0 ? 'loads' : `refused: ${run.stderr.trim().split('\n')[0]}`;
    console.log(`| ${file} | ${issues.numErrors} errors | ${first} | ${told}${agrees ? '' : ' DISAGREES'} | ${warnings} |`);
}
console.log(`\n${disagreements} disagreements`);
process.exit(disagreements > 0 ? 1 : 0);

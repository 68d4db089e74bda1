// `npm run build`: dist/, the package that others install (`npm pack ./dist`): plain JavaScript with types, the same folders
// as here. Node strips no types below node_modules, Vite does: the browser code, which is built on the spot together
// with the integrator's compositions, goes along as it is.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const bin = 'src/shell/cli/main.js';

rmSync(dist, { recursive: true, force: true });
const tsc = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['--project', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (tsc.status !== 0) process.exit(1);

const papers = readdirSync(root).filter((name) => /^(LICENSE|README\.md|CHANGELOG\.md)$/.test(name));
const asTheyAre = ['src/web', 'src/author.ts', 'src/template', 'src/adapters/postgres/migrations'];
for (const path of [...asTheyAre, ...papers]) {
  cpSync(join(root, path), join(dist, path), { recursive: true });
}
chmodSync(join(dist, bin), 0o755);

const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { name, version, description, license, type, dependencies } = read('package.json');
const { packages } = read('package-lock.json');
const made = {
  name,
  version,
  description,
  license,
  type,
  // Packs and compositions are .ts files that Node reads as they are; the dependency `node` brings a Node that does.
  engines: { node: '>=24' },
  bin: { dearly: bin },
  exports: {
    '.': { types: './src/index.d.ts', default: './src/index.js' },
    './author': { types: './src/author.d.ts', default: './src/author.js' },
  },
  // The versions that the tests have seen: npm takes no lock file from a package.
  dependencies: Object.fromEntries(
    Object.keys(dependencies).map((it) => [it, packages[`node_modules/${it}`].version]),
  ),
};
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(made, null, 2)}\n`);
console.log(`dist/ is ${name} ${version}: \`npm pack ./dist\` makes the file to install.`);

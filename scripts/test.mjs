// `npm test`: types, lint and every test, in this order, all of them even when one fails. Arguments go to Vitest:
// `npm test -- test/rooms.test.ts`. The last line is `N passed, N failed`; types and lint count as one each.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), 'dearly-npm-test-'));
const report = join(scratch, 'report.json');
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
let tool;
// Ctrl-C reaches the tools as well: they end first, in good order, then we do. What is sent to us alone is handed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => tool?.kill('SIGTERM'));

const sum = { passed: 0, failed: 0, skipped: 0 };
count('Types', await run('tsc', ['--noEmit']));
count('Lint', await run('biome', ['check', '.']));
const vitestCode = await run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
countTests(vitestCode);

// Skipped is what this machine cannot do (no Postfix here). It stands before the last line, whose form CI relies on.
if (sum.skipped > 0) console.log(`\n${sum.skipped} skipped`);
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;

function count(what, code) {
  sum[code === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${code === 0 ? '✓' : '✗'} ${what}`);
}

/** A file that does not even load has no test to count, so it counts itself; so does a Vitest that ended badly. */
function countTests(code) {
  let failed = 0;
  try {
    const results = JSON.parse(readFileSync(report, 'utf8'));
    failed += results.numFailedTests;
    failed += results.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length;
    sum.passed += results.numPassedTests;
    sum.skipped += results.numPendingTests + results.numTodoTests;
    if (results.numPassedTests + failed === 0) failed += fault('No test ran.');
  } catch {
    failed += fault('Vitest left no report: it crashed, or found no test.');
  }
  if (code !== 0 && failed === 0) failed += fault('Vitest failed outside of any test; see above.');
  sum.failed += failed;
}

function fault(line) {
  console.log(`✗ ${line}`);
  return 1;
}

function run(name, args) {
  const bin = join(root, 'node_modules', '.bin');
  return new Promise((resolve) => {
    tool = spawn(join(bin, name), args, {
      cwd: root,
      // npm does the same: the tools run on the Node that is installed here.
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    tool.on('error', (error) => resolve(fault(`${name} cannot be started: ${error.message}`)));
    tool.on('close', (code) => resolve(code ?? 1));
  });
}

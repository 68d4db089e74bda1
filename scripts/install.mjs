// Runs before `npm run demo`, `npm test` and the like: `npm ci`, but only where what stands in node_modules is not
// what package-lock.json asks for. Plain JavaScript without dependencies, because it runs on the machine's own Node
// before anything is there. It writes to stderr alone: the last stdout line of some commands is JSON.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const installed = join(root, 'node_modules', '.package-lock.json');
const lock = join(root, '.dearly', 'install.lock');
// Wide enough, too: a line that wraps cannot be written over.
const isWatched = process.stderr.isTTY && process.stderr.columns >= 80;

if (!isComplete()) await oneAtATime(install);

/**
 * npm writes node_modules/.package-lock.json as the last step of an install, so it says what is really there. Contents
 * are compared, not dates: a checkout changes dates. Only optional packages (other platforms' binaries) may be absent.
 */
function isComplete() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(installed);
  if (wanted === undefined) throw new Error('package-lock.json is missing or broken; check the clone.');
  if (present === undefined) return false;
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '') continue;
    if (present[path] === undefined ? !optional : present[path].version !== version) return false;
  }
  // An install without install scripts (`--ignore-scripts`) leaves the node package without its program.
  return process.platform === 'win32' || existsSync(join(root, 'node_modules', 'node', 'bin', 'node'));
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** The holder touches the lock file every second; one that has not been touched for a while was left by a killed install. */
async function oneAtATime(work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let waited = 0; ; waited += 1) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (Date.now() - lastTouched() > 10_000) {
      // Renaming first lets only one of several waiters take the stale lock away.
      const stale = `${lock}.${process.pid}`;
      try {
        renameSync(lock, stale);
        rmSync(stale);
      } catch {}
      continue;
    }
    if (waited === 0) say('Another install of this folder is running; waiting for it …');
    await sleep(500);
  }
  const touch = setInterval(() => utimesSync(lock, new Date(), new Date()), 1000);
  process.on('exit', () => rmSync(lock, { force: true }));
  if (!isComplete()) await work();
  clearInterval(touch);
}

function lastTouched() {
  try {
    return statSync(lock).mtimeMs;
  } catch {
    return Date.now();
  }
}

async function install() {
  const start = Date.now();
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
  const what = 'Installing what Dearly needs (about a minute, only this time) …';
  say(what);
  // A line that moves: nothing hangs.
  const beat = setInterval(() => isWatched && process.stderr.write(`\x1b[A\r${what} ${seconds()}\n`), 1000);
  // npm ci deletes first: without this file an interrupted install can never pass for a complete one.
  rmSync(installed, { force: true });
  const { code, output } = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  clearInterval(beat);
  if (code !== 0 || !isComplete()) {
    say(output.trim());
    say('The install failed (npm ci, see above). Mend the cause and run the same command again.');
    process.exit(1);
  }
  say(`Installed in ${seconds()}.`);
}

/** npm's own chatter (engines of packages that run on our Node 24, not on this one) is kept and shown only on failure. */
function npm(args) {
  const env = { ...process.env };
  for (const name of Object.keys(env))
    if (/^npm_(package|lifecycle)_|^NODE_ENV$/.test(name)) delete env[name];
  // Neither npm nor its scripts may run on the Node inside node_modules, which they are about to replace.
  const own = join(root, 'node_modules') + sep;
  const separator = process.platform === 'win32' ? ';' : ':';
  env.PATH = (env.PATH ?? '')
    .split(separator)
    .filter((folder) => !(folder + sep).startsWith(own))
    .join(separator);
  const cli = process.env.npm_execpath;
  const node = process.env.npm_node_execpath;
  const [command, given] = cli && node ? [node, [cli, ...args]] : ['npm', args];
  return new Promise((resolve, reject) => {
    const child = spawn(command, given, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    // A signal to us alone would leave npm at work on a folder that nobody guards any more.
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(name, () => {
        child.kill(name);
        child.once('close', () => process.exit(130));
      });
    }
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

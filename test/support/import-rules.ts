// Enters: {path: source}. Leaves: every import that breaks a rule of the house, in words. Never: a file read here.
import { dirname, join } from 'node:path/posix';
import { type Import, outline } from './read-imports.ts';

/** In the order of the river: each may import those before it. */
export const rooms: readonly string[] = [
  'profile',
  'segment',
  'campaign',
  'decide',
  'template',
  'merge',
  'render',
  'deliver',
  'track',
  'answer',
  'measure',
  'run',
  'adapters',
  'shell',
];

/** The only ones that may talk to the outside. */
const doing = new Set(['run', 'adapters', 'shell', 'config.ts']);

const outside =
  /^(node:)?(fs|net|tls|http|http2|https|dgram|dns|child_process|cluster|readline|process|os)(\/.*)?$|^(pg|pg-boss|kysely|fastify|nodemailer|vite|tar-fs|proper-lockfile|puppeteer-core|playwright-core|maildev|commander|cli-progress)$|^@(fastify|aws-sdk)\/|^@remotion\/(renderer|bundler)$/;

/** Adapters that hold something open. The doctor looks at the parts one by one, where the wire fails as a whole. */
const builders =
  /^src\/adapters\/(postgres\/(connect|embedded|migrate|queue|video-jobs|locks|film-index|ledger\/postgres-ledger)|smtp\/smtp-transport|storage\/\w+-store|open-store|packs\/shelf|chromium\/(reference-lane|fast-lane\/fast-lane))\.ts$/;
const mayBuild = /^src\/shell\/(.+\/)?(wire|examine)\.ts$/;

/** What authors and the browser may use from npm. */
const authors = /^(dearly\/author|zod|react|remotion|d3-[a-z]+)(\/.*)?$/;

type Target = Import & { readonly path: string };

/** @returns one line for each violation; none when the rules hold */
export function findViolations(sources: Readonly<Record<string, string>>): string[] {
  const violations: string[] = [];
  const edges = new Map<string, string[]>();
  for (const [path, source] of Object.entries(sources)) {
    const { imports, readsEnvironment, fetches } = outline(path, source);
    const say = (what: string) => violations.push(`${path}: ${what}`);
    if (readsEnvironment && path !== 'src/config.ts') say('reads process.env, which only src/config.ts may');
    if (fetches && isRoom(path) && !doing.has(zoneOf(path))) say('fetches, which a room never does');
    const files: string[] = [];
    for (const one of imports) {
      if (!one.specifier.startsWith('.')) {
        const reason = refusePackage(path, one);
        if (reason) say(`imports ${one.specifier}: ${reason}`);
        continue;
      }
      const target = { ...one, path: join(dirname(path), one.specifier) };
      // Styles import nothing. A pack's present.ts may name the types of its contract.ts, which calls it.
      if (!/\.tsx?$/.test(target.path)) continue;
      if (!(one.isType && zoneOf(path) === 'templates')) files.push(target.path);
      const reason = target.path in sources ? refuseFile(path, target) : 'there is no such file';
      if (reason) say(`imports ${target.path}: ${reason}`);
    }
    edges.set(path, files);
  }
  return [...violations, ...findCircles(edges)];
}

/** `src/merge/view.ts` is in `merge`, `src/errors.ts` in `errors.ts`, `templates/theme.ts` in `templates`. */
function zoneOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'src' ? second : top;
}

const rank = (zone: string) => rooms.indexOf(zone);
const isRoom = (path: string) => rank(zoneOf(path)) >= 0;

function refusePackage(path: string, { specifier, isType }: Import): string | undefined {
  const zone = zoneOf(path);
  if (zone === 'templates' || zone === 'compositions') {
    return authors.test(specifier)
      ? undefined
      : 'authors use dearly/author, zod, react, remotion and d3 alone';
  }
  if (zone === 'web' || zone === 'author.ts') {
    const isNode = specifier.startsWith('node:') || outside.test(specifier);
    return isNode && !isType ? 'it does not run in a browser' : undefined;
  }
  return outside.test(specifier) && !doing.has(zone)
    ? 'a room does no I/O; an adapter does it behind a port'
    : undefined;
}

function refuseFile(path: string, target: Target): string | undefined {
  const from = zoneOf(path);
  const to = zoneOf(target.path);
  if (from === to) return from === 'templates' ? refuseForeignPack(path, target.path) : undefined;
  if (to === 'errors.ts')
    return from === 'author.ts' || !isAuthored(from) ? undefined : 'the house is behind dearly/author';
  if (from === 'errors.ts') return 'errors.ts stands alone';
  if (from === 'config.ts') return 'config.ts knows errors.ts alone';
  if (from === 'index.ts') return undefined;
  if (isAuthored(from)) {
    const shared = /^templates\/(.+\/)?(theme|contract|present)\.ts$/.test(target.path);
    return shared ? undefined : 'the house is behind dearly/author';
  }
  if (from === 'web') {
    if (to === 'author.ts' || to === 'compositions' || to === 'templates') return undefined;
    return isRoom(target.path) && target.isType
      ? undefined
      : 'the browser knows src/author.ts and types of rooms';
  }
  if (from === 'author.ts') return to === 'template' ? undefined : 'author.ts opens the template room alone';
  if (from === 'shell') return refuseBuilding(path, target);
  if (to === 'config.ts') return from === 'adapters' && target.isType ? undefined : 'settings are handed in';
  if (rank(to) < 0) return `a room imports rooms upstream and errors.ts, nothing else`;
  return rank(to) < rank(from) ? undefined : `${to} lies downstream of ${from}`;
}

function isAuthored(zone: string): boolean {
  return zone === 'templates' || zone === 'compositions';
}

function refuseForeignPack(path: string, target: string): string | undefined {
  const isShared = dirname(target) === 'templates' || target.endsWith('/contract.ts');
  return isShared || dirname(target).startsWith(dirname(path)) ? undefined : 'it belongs to another pack';
}

function refuseBuilding(path: string, target: Target): string | undefined {
  if (target.isType || mayBuild.test(path) || !builders.test(target.path)) return undefined;
  return 'wire.ts alone builds adapters';
}

/** Types count as well: who reads one file of a circle has to read them all. */
function findCircles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`circle: ${[...trail.slice(start), path].join(' → ')}`);
    if (start >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}

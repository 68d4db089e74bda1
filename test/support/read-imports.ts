import { parseSync } from 'vite';

export interface Import {
  readonly specifier: string;
  /** Gone when the types are: `import type`, or every name in the braces marked so. */
  readonly isType: boolean;
}

export interface Outline {
  readonly imports: readonly Import[];
  /** What the file reaches for without importing it. */
  readonly readsEnvironment: boolean;
  readonly fetches: boolean;
}

/** What a source file depends on, read from its syntax tree: comments and strings say nothing. */
export function outline(path: string, source: string): Outline {
  const { program, module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const imports: Import[] = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    isType: entries.length > 0 && entries.every((entry) => entry.isType),
  }));
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) imports.push({ specifier: moduleRequest.value, isType });
    }
  }
  let readsEnvironment = false;
  let fetches = false;
  walk(program, (node) => {
    const { type } = node;
    if (type === 'ImportExpression' || type === 'TSImportType') {
      const specifier = literal(node.source) ?? literal(node.argument);
      if (specifier !== undefined) imports.push({ specifier, isType: type === 'TSImportType' });
    }
    if (type === 'MemberExpression' && nameOf(node.property) === 'env') {
      readsEnvironment ||= nameOf(node.object) === 'process';
    }
    if (type === 'VariableDeclarator' && nameOf(node.init) === 'process' && isNode(node.id)) {
      readsEnvironment ||= node.id.type === 'ObjectPattern';
    }
    if (type === 'ImportSpecifier' && nameOf(node.imported) === 'env') readsEnvironment = true;
    if (type === 'CallExpression') fetches ||= isNode(node.callee) && node.callee.name === 'fetch';
  });
  return { imports, readsEnvironment, fetches };
}

type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (isNode(value)) {
    visit(value);
    for (const child of Object.values(value)) if (typeof child === 'object') walk(child, visit);
  }
}

/** `x`, `y.x`, `y['x']` and `'x'` all name x. */
function nameOf(value: unknown): unknown {
  if (!isNode(value)) return undefined;
  return value.type === 'MemberExpression' ? nameOf(value.property) : (value.name ?? value.value);
}

function literal(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === 'TSLiteralType') return literal(value.literal);
  return typeof value.value === 'string' ? value.value : undefined;
}

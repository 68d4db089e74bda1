import type { Scope } from './fill-scope.ts';
import { stay } from './fill-scope.ts';
import { textBlocks } from './shape-blocks.ts';

type Write = (scope: Scope) => string;
type Compile = (program: hbs.AST.Program) => Write;

/** The blocks of shape-blocks.ts without Handlebars: a pick is one look into a map. Null for any other block. */
export function compileShapes(it: hbs.AST.BlockStatement, compile: Compile): Write | null {
  const name = nameOf(it);
  if (name === 'dearlyPick') return compilePick(it, compile);
  const change = Object.hasOwn(textBlocks, name) ? textBlocks[name] : undefined;
  if (change === undefined) return null;
  const text = compile(it.program);
  return (scope) => change(text(stay(scope)));
}

function compilePick(it: hbs.AST.BlockStatement, compile: Compile): Write {
  const key = compile(it.program);
  const shapes = new Map<string, Write>();
  for (const statement of it.inverse?.body ?? []) {
    if (statement.type !== 'BlockStatement') continue;
    const { params, program } = statement as hbs.AST.BlockStatement;
    shapes.set((params[0] as hbs.AST.StringLiteral).value, compile(program));
  }
  return (scope) => {
    const inner = stay(scope);
    return shapes.get(key(inner))?.(inner) ?? '';
  };
}

function nameOf(it: hbs.AST.BlockStatement): string {
  return it.path.type === 'PathExpression' ? (it.path as hbs.AST.PathExpression).original : '';
}

// Enters: the schema of a pack's view. Leaves: Shape, by which a path in a template is followed without data.
// Never: a value.
import { z } from 'zod';
import { reservedRoots } from './compiled-pack.ts';

/** A piece of JSON Schema; `any` where the schema leaves it open. */
export type Shape = z.core.JSONSchema.JSONSchema | 'any';

const text = { type: 'string' } as const;
const texts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, text]));

const byField = {
  type: 'object',
  additionalProperties: { type: 'object', additionalProperties: text },
} as const;

/** Everything a template may name at its top. */
export function rootShape(view: z.ZodObject): { readonly shape: Shape; readonly faults: readonly string[] } {
  const own = z.toJSONSchema(view, { unrepresentable: 'any', io: 'output' });
  const fields = own.properties ?? {};
  const clash = reservedRoots.filter((name) => Object.hasOwn(fields, name));
  const shape: Shape = {
    ...own,
    properties: {
      ...fields,
      links: {
        type: 'object',
        properties: {
          ...texts(
            'site',
            'video',
            'captions',
            'poster',
            'posterUpright',
            'teaser',
            'pdf',
            'unsubscribe',
            'open',
            'answer',
            'confirm',
          ),
          pictures: { type: 'object', additionalProperties: text },
          to: { type: 'object', additionalProperties: text },
        },
      },
      sender: {
        type: 'object',
        properties: { ...texts('name', 'address', 'company'), lines: { type: 'array', items: text } },
      },
      ...texts('lang', 'locale', 'dir', 'variant', 'preheader', 'answered', 'submission'),
      wrong: byField,
      values: byField,
      given: {},
      chat: {},
      counting: {},
      gated: { type: 'boolean' },
    },
  };
  return {
    shape,
    faults: clash.map((name) => `contract.ts: view.${name}: the name is taken by the house; choose another`),
  };
}

/** One part further, or undefined when there is no such thing. */
export function follow(shape: Shape, part: string, root: Shape): Shape | undefined {
  const here = resolve(shape, root);
  if (here === 'any') return 'any';
  const branches = here.anyOf ?? here.oneOf;
  if (branches !== undefined) {
    for (const branch of branches) {
      const found = follow(asShape(branch), part, root);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (here.type === 'array')
    return part === 'length' ? { type: 'number' } : /^\d+$/.test(part) ? itemOf(here, root) : undefined;
  if (here.type === 'object') {
    if (here.properties && Object.hasOwn(here.properties, part)) return asShape(here.properties[part]);
    const rest = here.additionalProperties;
    return rest === undefined || rest === false ? undefined : asShape(rest);
  }
  return here.type === undefined && Object.keys(here).length === 0 ? 'any' : undefined;
}

/** What `{{#each}}` goes over, or undefined when it is no list. */
export function itemOf(shape: Shape, root: Shape): Shape | undefined {
  const here = resolve(shape, root);
  if (here === 'any') return 'any';
  for (const branch of here.anyOf ?? here.oneOf ?? []) {
    const found = itemOf(asShape(branch), root);
    if (found !== undefined) return found;
  }
  if (here.type === 'array') return Array.isArray(here.items) ? 'any' : asShape(here.items);
  if (here.type === 'object' && here.additionalProperties) return asShape(here.additionalProperties);
  return undefined;
}

/** A list or a group of fields, which would be shown as `[object Object]`. */
export function isCompound(shape: Shape, root: Shape): boolean {
  const here = resolve(shape, root);
  if (here === 'any') return false;
  const branches = (here.anyOf ?? here.oneOf)?.map(asShape);
  const some = branches?.filter((one) => one === 'any' || one.type !== 'null') ?? [];
  if (branches !== undefined) return some.length > 0 && some.every((one) => isCompound(one, root));
  return here.type === 'array' || here.type === 'object';
}

/** The names on offer, for the way out. */
export function namesIn(shape: Shape, root: Shape): readonly string[] {
  const here = resolve(shape, root);
  if (here === 'any') return [];
  const branches = here.anyOf ?? here.oneOf;
  if (branches) return branches.flatMap((branch) => namesIn(asShape(branch), root));
  return here.type === 'array' ? ['length'] : Object.keys(here.properties ?? {});
}

function asShape(schema: unknown): Shape {
  return typeof schema === 'object' && schema !== null ? (schema as z.core.JSONSchema.JSONSchema) : 'any';
}

/** zod writes `$ref` for schemas that contain themselves. */
function resolve(shape: Shape, root: Shape): Exclude<Shape, 'any'> | 'any' {
  if (shape === 'any' || shape.$ref === undefined) return shape;
  if (shape.$ref === '#') return root;
  const name = shape.$ref.replace('#/$defs/', '');
  return root === 'any' ? 'any' : asShape(root.$defs?.[name]);
}

import { z } from 'zod';
import { DearlyError } from '../../src/errors.ts';
import { type CompiledPack, compilePack } from '../../src/template/compile-pack.ts';
import { defineContract } from '../../src/template/contract.ts';

export const contract = defineContract({
  purpose: 'service',
  data: z.object({}),
  view: z.object({
    name: z.string(),
    site: z.url({ protocol: /^https$/ }),
    vip: z.boolean(),
    address: z.object({ city: z.string(), zip: z.string().optional() }).nullable(),
    orders: z.array(z.object({ label: z.string(), lines: z.array(z.object({ text: z.string() })) })),
    notes: z.record(z.string(), z.string()),
  }),
  present: () => ({ name: '', site: '', vip: false, address: null, orders: [], notes: {} }),
});

export const baseFiles: Readonly<Record<string, string>> = {
  'messages/de.json': JSON.stringify({ hello: 'Hallo {name}', bye: 'Tschüss' }),
  'messages/en.json': JSON.stringify({ hello: 'Hello {name}', bye: 'Bye' }),
  'subject.hbs': '{{name}}',
  'text.hbs': '{{name}}',
  'email.mjml': mail('<mj-section><mj-column><mj-text>{{name}}</mj-text></mj-column></mj-section>'),
};

/** The body starts in line 3; around it stands what every email needs. */
export function mail(body: string): string {
  return `<mjml lang="{{lang}}"><mj-head><mj-preview>{{preheader}}</mj-preview></mj-head>
<mj-body>
${body}
<mj-section><mj-column><mj-text><a href="{{links.unsubscribe}}">stop</a></mj-text></mj-column></mj-section>
</mj-body>
</mjml>`;
}

export function compileWith(files: Readonly<Record<string, string>>): Promise<CompiledPack> {
  return compilePack({ name: 'small', files: { ...baseFiles, ...files }, contract });
}

/** What the loader has to say against these files. */
export async function faultsWith(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  try {
    await compileWith(files);
    return [];
  } catch (error) {
    if (error instanceof DearlyError && error.code === 'pack-invalid') return error.details;
    throw error;
  }
}

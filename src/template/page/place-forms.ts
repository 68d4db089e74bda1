// Enters: a pack's templates and forms. Leaves: where a form's element stands wrong.
// Never: what the form asks; that is check-forms.ts.
import type { Form } from '../form.ts';
import { blank } from '../lint/blank.ts';
import { type Finding, lineAt } from '../lint/finding.ts';
import { readAttributes } from './expand-elements.ts';

const opening = /<(dearly-(?:form|survey))\b([^<>]*?)(\/?)>/g;

/** Those of `site.hbs` name a form of the pack each, once; elsewhere there are none. */
export function placeForms(
  files: Readonly<Record<string, string>>,
  forms: Readonly<Record<string, Form>>,
): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const [file, source] of Object.entries(files)) {
    if (!/\.(hbs|mjml|html)$/.test(file)) continue;
    for (const { index, 1: element = '', 2: attributes = '', 3: slash } of blank(source).matchAll(opening)) {
      const place = { lint: 'load', level: 'fault', file, line: lineAt(source, index) } as const;
      const { name = '' } = readAttributes(attributes);
      const found = file === 'site.hbs' ? inPage(element, name, slash === '/') : elsewhere(element);
      if (found !== null) findings.push({ ...place, ...found });
    }
  }
  return findings;

  function inPage(element: string, name: string, isShort: boolean): Said | null {
    const why = 'there would be a gap in the page';
    const known = Object.keys(forms);
    if (!Object.hasOwn(forms, name)) {
      const what = name === '' ? `<${element}> names no form` : `there is no form "${name}"`;
      const how = known.length === 0 ? 'declare it in forms.json' : `forms.json has ${known.join(', ')}`;
      return { what, how, why };
    }
    if (isShort)
      return {
        what: `<${element}/> is not closed`,
        how: `write <${element} name="${name}"></${element}>`,
        why,
      };
    if (seen.has(name)) {
      const what = `the form "${name}" stands here again`;
      return { what, how: 'leave it in one place', why: 'its fields would have one id twice' };
    }
    seen.add(name);
    return null;
  }
}

type Said = Pick<Finding, 'what' | 'how' | 'why'>;

function elsewhere(element: string): Said {
  const what = `<${element}> stands outside the page`;
  return {
    what,
    how: 'link to {{links.site}} instead',
    why: 'mailboxes show no forms, or send them nowhere',
  };
}

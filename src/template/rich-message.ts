// Enters: a message whose key ends with `.html`. Leaves: what it must not hold, in words.
// Never: trust in an argument; where one could leave its place between tags, the message is refused.
import type { IntlMessageFormat } from 'intl-messageformat';

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/** Rich messages are the one way by which a pack's words bring their own HTML. */
export function isRich(key: string): boolean {
  return key.endsWith('.html');
}

const tag =
  /<(?<close>\/?)(?<name>a|b|strong|em|i|u|small|sub|sup|span|br)(?<attributes>(?: [a-z-]+="[^"<>\ufffc]*")*) ?\/?>/g;
const attribute = / (?<name>[a-z-]+)="(?<value>[^"]*)"/g;
const allowed = new Set(['href', 'style', 'class', 'title', 'lang', 'dir']);
/** Stands for an argument: a sign that no message has a use for. */
const argument = '\ufffc';

/** Empty where all is well. Each branch of a choice has to be whole by itself. */
export function richFaults(elements: Elements): string[] {
  const faults: string[] = [];
  let text = '';
  for (const element of elements) {
    text += element.type === 0 ? element.value : argument;
    if (!('options' in element)) continue;
    for (const option of Object.values(element.options)) faults.push(...richFaults(option.value));
  }
  return [...faults, ...textFaults(text)];
}

function textFaults(text: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  for (const { groups = {} } of text.matchAll(tag)) {
    const { close, name = '', attributes = '' } = groups;
    if (close) {
      if (open.pop() !== name) faults.push(`</${name}> closes what is not open`);
      continue;
    }
    if (name !== 'br') open.push(name);
    for (const { groups: pair = {} } of attributes.matchAll(attribute)) {
      if (!allowed.has(pair.name ?? '')) faults.push(`${pair.name}="…" is not for messages`);
      if (pair.name === 'href' && !/^(https|mailto|tel):/.test(pair.value ?? ''))
        faults.push('href="…" wants https, mailto or tel, written out');
    }
  }
  if (open.length > 0) faults.push(`<${open.join('>, <')}> is not closed in the same branch`);
  if (/[<>]/.test(text.replaceAll(tag, '')))
    faults.push(
      'only a, b, strong, em, i, u, small, sub, sup, span and br may stand here, without arguments in them',
    );
  return faults;
}

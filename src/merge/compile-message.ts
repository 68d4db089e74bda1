// Enters: an ICU message and a locale. Leaves: Message, a text or a function that fills its arguments in.
// Never: its own reading of ICU; the library parses, and formats whatever is more than words, arguments and choices.
import { IntlMessageFormat } from 'intl-messageformat';

export type Values = Readonly<Record<string, string | number>>;
export type Message = string | ((values: Values) => string);

type Elements = ReturnType<IntlMessageFormat['getAst']>;
type Element = Elements[number];

/** Most messages are plain words with names in them; those need no list of parts per call. */
export function compileMessage(text: string, locale: string): Message {
  const whole = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  const fast = sequence(whole.getAst());
  return fast ?? ((values) => String(whole.format(values)));
}

/** Undefined where an element needs the library. */
function sequence(elements: Elements): Message | undefined {
  const parts: Message[] = [];
  for (const element of elements) {
    const part = partOf(element);
    if (part === undefined) return undefined;
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  const [first = '', second] = parts;
  if (second === undefined) return first;
  return (values) => {
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part(values);
    return text;
  };
}

function partOf(element: Element): Message | undefined {
  if (element.type === 0) return element.value;
  if (element.type === 1) return (values) => String(given(values, element.value));
  if (element.type !== 5) return undefined;
  const options = new Map<string, Message>();
  for (const [key, option] of Object.entries(element.options)) {
    const message = sequence(option.value);
    if (message === undefined) return undefined;
    options.set(key, message);
  }
  const other = options.get('other') ?? '';
  return (values) => {
    const chosen = options.get(String(given(values, element.value))) ?? other;
    return typeof chosen === 'string' ? chosen : chosen(values);
  };
}

function given(values: Values, name: string): string | number {
  if (!Object.hasOwn(values, name)) throw new TypeError(`The message wants a value for "${name}".`);
  return values[name] ?? '';
}

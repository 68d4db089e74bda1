// Enters: words, from whomever. Leaves: pieces of the conversation to look at. Never: markup made of words; text stays text.
import type { ChatVoice } from '../../../merge/chat-root.ts';
import type { Line } from './ask.ts';

export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

/** One thing said, with who said it. */
export function bubble(from: Line['from'], text: string, words: ChatVoice): HTMLDivElement {
  const item = make('div', `dc-said dc-said-${from}`);
  const who = { visitor: words.you, house: words.house, person: words.person }[from];
  const said = make('p', 'dc-text');
  said.append(...text.split('\n').map((line) => make('span', 'dc-line', line)));
  item.append(make('span', 'dc-who', who), said);
  return item;
}

/** Something about the conversation that nobody said. */
export function remark(text: string): HTMLDivElement {
  return make('div', 'dc-remark', text);
}

export function addLead(item: HTMLElement, { href, label }: { href: string; label: string }): void {
  const line = make('p', 'dc-lead');
  const link = make('a', '', label);
  link.href = href;
  line.append(link);
  item.append(line);
}

/** Three dots, and words for those who do not see them. */
export function waitingBubble(words: ChatVoice, text: string): HTMLDivElement {
  const item = make('div', 'dc-said dc-said-house dc-waiting');
  const dots = make('span', 'dc-dots');
  dots.setAttribute('aria-hidden', 'true');
  dots.append(make('i', ''), make('i', ''), make('i', ''));
  item.append(make('span', 'dc-who', words.house), dots, make('span', 'dc-unseen', text));
  return item;
}

export function chip(text: string, onPress: () => void, className = 'dc-chip'): HTMLButtonElement {
  const button = make('button', className, text);
  button.type = 'button';
  button.addEventListener('click', onPress);
  return button;
}

export function chips(label: string, buttons: readonly HTMLButtonElement[]): HTMLElement {
  const group = make('div', 'dc-ways');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', label);
  group.append(...buttons);
  return group;
}

// Enters: the chat as the server wrote it: questions often asked, and a form. Leaves: the same as a conversation.
// Never: an answer of its own, or a question lost: what could not be sent stays, to be sent again under the same id.
import type { ChatVoice } from '../../../merge/chat-root.ts';
import { newId } from '../page/new-id.ts';
import { readPage } from '../page/read-page.ts';
import { type Asking, ask, type Handed, type Line, look, type Outcome } from './ask.ts';
import { addLead, bubble, chip, chips, make, remark, waitingBubble } from './bubbles.ts';
import { type Listening, listen } from './listen.ts';
import './talking.css';

export class DearlyChat extends HTMLElement {
  #words!: ChatVoice;
  #url = '';
  #log!: HTMLDivElement;
  #form!: HTMLFormElement;
  #input!: HTMLInputElement;
  #listening: Listening | null = null;
  #seen: IntersectionObserver | null = null;
  /** Of what is shown already, whoever told of it first. */
  readonly #shown = new Set<string>();
  #lastSeq = 0;
  #withPerson = false;
  #isBusy = false;

  connectedCallback() {
    const root = this.querySelector<HTMLElement>('.dc');
    const form = this.querySelector<HTMLFormElement>('.dc-form');
    const input = form?.querySelector<HTMLInputElement>('.dc-input');
    const { chat: words } = readPage();
    if (!root || !form || !input || !words || this.dataset.ready !== undefined) return;
    this.dataset.ready = '';
    this.#words = words;
    this.#url = root.dataset.url ?? form.action;
    this.#form = form;
    this.#input = input;
    this.#log = make('div', 'dc-log');
    this.#log.setAttribute('role', 'log');
    this.#log.setAttribute('aria-label', this.#words.log);
    // It scrolls by itself, so the keyboard has to reach it.
    this.#log.tabIndex = 0;
    this.#log.append(bubble('house', this.#words.intro, this.#words));
    const asked = [...root.querySelectorAll('.dc-question summary')].map((it) => it.textContent ?? '');
    const often = chips(
      this.#words.frequent,
      asked.map((text) => chip(text, () => this.#ask(text, false))),
    );
    for (const plain of root.querySelectorAll('.dc-frequent, .dc-log, .dc-ways')) plain.remove();
    root.prepend(this.#log, ...(asked.length > 0 ? [often] : []));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (text === '' || this.#isBusy) return;
      input.value = '';
      void this.#ask(text, this.#withPerson);
    });
    this.#seen = new IntersectionObserver((entries) => {
      if (!entries.some((it) => it.isIntersecting)) return;
      this.#seen?.disconnect();
      void this.#catchUp();
    });
    this.#seen.observe(root);
  }

  disconnectedCallback() {
    this.#seen?.disconnect();
    this.#listening?.stop();
  }

  /** What stands on a button the house can answer, whoever else reads along. */
  async #ask(text: string, handOver: boolean): Promise<void> {
    if (this.#isBusy) return;
    const asking = { id: newId(), question: text, handOver };
    this.dataset.talking = '';
    this.#shown.add(`visitor ${asking.id}`);
    const said = this.#add(bubble('visitor', text, this.#words));
    await this.#send(asking, said);
  }

  async #send(asking: Asking, said: HTMLElement): Promise<void> {
    const words = this.#words;
    this.#isBusy = true;
    this.#form.dataset.state = 'sending';
    const waiting = this.#add(
      waitingBubble(words, asking.handOver ? words.handingOver : words.sending),
      said,
    );
    const outcome = await ask(this.#url, asking);
    waiting.remove();
    this.#isBusy = false;
    delete this.#form.dataset.state;
    if (outcome.kind === 'handed') this.#handed(outcome, said);
    else this.#settle(outcome, asking, said);
  }

  #settle(outcome: Exclude<Outcome, Handed>, asking: Asking, said: HTMLElement): void {
    const words = this.#words;
    if (outcome.kind === 'failed' || outcome.kind === 'too-fast') {
      const failed = this.#add(remark(outcome.kind === 'failed' ? words.failed : words.tooFast), said);
      const again = () => {
        failed.remove();
        this.#input.focus();
        void this.#send(asking, said);
      };
      failed.append(chips(words.retry, [chip(words.retry, again)]));
      return;
    }
    this.#shown.add(`house ${asking.id}`);
    if (outcome.kind === 'answer') {
      const answer = bubble('house', outcome.text, words);
      if (outcome.lead) addLead(answer, outcome.lead);
      this.#add(answer, said);
      return;
    }
    const answer = bubble('house', words.unknown, words);
    const ways = outcome.suggestions.map((text) => chip(text, () => this.#ask(text, false)));
    if (ways.length > 0) answer.append(make('p', 'dc-text', words.nearest), chips(words.nearest, ways));
    if (outcome.canHandOver) {
      const hand = () => {
        if (this.#isBusy || this.#withPerson) return;
        void this.#send({ ...asking, handOver: true }, answer);
      };
      answer.append(chips(words.handOver, [chip(words.handOver, hand, 'dc-chip dc-hand')]));
    } else this.#offerCall(answer);
    this.#add(answer, said);
  }

  #handed({ state, messages }: Handed, said: HTMLElement): void {
    const words = this.#words;
    if (!this.#withPerson) this.#join();
    for (const line of messages) this.#hear(line);
    if (state === 'waiting') this.#add(remark(words.waiting), said);
    if (state === 'down') this.#offerCall(this.#add(remark(words.down), said));
    this.#listening?.wake();
  }

  /** Where nobody can answer here, the page may have a form for being called. */
  #offerCall(item: HTMLElement): void {
    const form = this.querySelector<HTMLElement>('.dc')?.dataset.callBack;
    if (form) addLead(item, { href: form, label: this.#words.callBack });
  }

  /** From now on words go to a person, and may come from one. */
  #join(): void {
    this.#withPerson = true;
    this.dataset.talking = '';
    for (const hand of this.querySelectorAll('.dc-hand')) hand.setAttribute('aria-disabled', 'true');
    this.#add(remark(this.#words.withPerson));
    this.#listening ??= listen(() => this.#catchUp());
  }

  /** What was said elsewhere, or before: whether there was any. */
  async #catchUp(): Promise<boolean> {
    const standing = await look(this.#url, this.#lastSeq);
    if (standing === null || (this.#isBusy && !this.#withPerson)) return false;
    let isNew = false;
    for (const line of standing.messages) isNew = this.#hear(line) || isNew;
    if (standing.withPerson && !this.#withPerson) {
      this.#join();
      this.#listening?.wake();
    }
    return isNew;
  }

  #hear(line: Line): boolean {
    const name = `${line.from} ${line.id}`;
    // What this page sent meanwhile has a number, too; what lies between may still come.
    this.#lastSeq = Math.max(this.#lastSeq, line.seq);
    if (this.#shown.has(name)) return false;
    this.#shown.add(name);
    this.#add(bubble(line.from, line.text, this.#words));
    return true;
  }

  /** @param from what it answers: a long answer is read from there, not from its end */
  #add<Item extends HTMLElement>(item: Item, from: HTMLElement = item): Item {
    this.#log.append(item);
    const room = this.#log.clientHeight;
    const top = Math.min(from.offsetTop - 16, item.offsetTop + item.offsetHeight - room + 16);
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#log.scrollTo({ top, behavior: isCalm ? 'auto' : 'smooth' });
    return item;
  }
}

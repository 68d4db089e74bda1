// Enters: a picture of columns and the table of the same, as the author wrote them. Leaves: each column can be pointed at, and read by keyboard.
// Never: a number that is not in the table; without this code both stand as they are.
import './chart.css';

interface Column {
  readonly name: string;
  /** "Jahr davor: 412", in the order of the table. */
  readonly values: readonly { readonly of: string; readonly value: string }[];
}

/**
 * `[data-plot]` holds the picture, `[data-readout]` the line below that says what is pointed at; the table's body has one row for each
 * column of the picture, its head says what the numbers are; `data-unit` of the element, what they count.
 */
export class DearlyChart extends HTMLElement {
  #rest = '';

  connectedCallback() {
    const plot = this.querySelector<HTMLElement>('[data-plot]');
    const readout = this.querySelector<HTMLElement>('[data-readout]');
    const columns = readColumns(this, this.dataset.unit);
    if (!plot || !readout || columns.length === 0 || this.dataset.ready !== undefined) return;
    this.dataset.ready = '';
    this.#rest = readout.textContent ?? '';
    readout.setAttribute('aria-live', 'polite');
    // Its line stays as tall as it is, whatever it says.
    readout.style.minBlockSize = `${readout.offsetHeight}px`;
    const buttons = columns.map((column, index) => this.#button(column, index === 0, readout));
    const group = document.createElement('div');
    group.className = 'ch-columns';
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', this.querySelector('caption')?.textContent ?? '');
    group.append(...buttons);
    group.addEventListener('keydown', (event) => rove(event, buttons));
    const leave = () => {
      if (group.contains(document.activeElement)) return;
      say(readout, this.#rest);
    };
    group.addEventListener('pointerleave', leave);
    group.addEventListener('focusout', () => queueMicrotask(leave));
    plot.append(group);
  }

  #button(column: Column, isFirst: boolean, readout: HTMLElement): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'ch-column';
    button.tabIndex = isFirst ? 0 : -1;
    button.setAttribute('aria-label', column.name);
    const show = () => tell(readout, column);
    button.addEventListener('focus', show);
    button.addEventListener('pointerenter', show);
    return button;
  }
}

function readColumns(chart: HTMLElement, unit = ''): Column[] {
  const heads = [...chart.querySelectorAll('thead th')].slice(1).map((it) => it.textContent?.trim() ?? '');
  return [...chart.querySelectorAll('tbody tr')].map((row) => ({
    name: row.querySelector('th')?.textContent?.trim() ?? '',
    values: [...row.querySelectorAll('td')].map((cell, index) => ({
      of: heads[index] ?? '',
      value: `${cell.textContent?.trim() ?? ''} ${unit}`.trim(),
    })),
  }));
}

/** Only text: names and numbers come with the data. */
function tell(readout: HTMLElement, { name, values }: Column): void {
  const title = document.createElement('strong');
  title.textContent = name;
  const parts = values.map(({ of, value }) => {
    const part = document.createElement('span');
    part.className = 'ch-value';
    const figure = document.createElement('b');
    figure.textContent = value;
    part.append(`${of} `, figure);
    return part;
  });
  readout.replaceChildren(title, ...parts.flatMap((part) => [' ', part]));
}

function say(readout: HTMLElement, text: string): void {
  if (readout.textContent !== text) readout.textContent = text;
}

/** One stop for the Tab key; arrows go from column to column. */
function rove(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  const isLeftward = getComputedStyle(event.target as Element).direction === 'rtl';
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: isLeftward ? at - 1 : at + 1,
    ArrowLeft: isLeftward ? at + 1 : at - 1,
    Home: 0,
    End: buttons.length - 1,
  };
  const to = buttons[steps[event.key] ?? -1];
  if (!to) return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = button === to ? 0 : -1;
  to.focus();
}

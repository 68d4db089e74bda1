/** What the switch for counting says. A pack may word any of them in its own way: messages `counting.title` and so on. */
export interface CountingWords {
  readonly title: string;
  /** What is counted, what for, and what is kept on the device: the words that are agreed to. */
  readonly text: string;
  readonly on: string;
  readonly off: string;
  readonly turnOn: string;
  readonly turnOff: string;
  readonly failed: string;
}

const table: Readonly<Record<string, CountingWords>> = {
  de: {
    title: 'Mitzählen',
    text: 'Wenn du magst, zählen wir mit: ob du unsere E-Mail und diese Seite öffnest, welchen Links du folgst, wie weit du den Film siehst, wie lange du liest und welche Formulare du beginnst. So merken wir, was verständlich ist. Nichts davon geht an andere. Auf deinem Gerät liegt nur, was noch nicht übertragen ist.',
    on: 'Wir zählen mit.',
    off: 'Wir zählen nicht mit.',
    turnOn: 'Mitzählen einschalten',
    turnOff: 'Mitzählen ausschalten',
    failed: 'Das hat gerade nicht geklappt. Versuch es bitte noch einmal.',
  },
  en: {
    title: 'Counting',
    text: 'If you like, we count along: whether you open our email and this page, which links you follow, how far you watch the film, how long you read and which forms you begin. It shows us what is easy to understand. None of it goes to anybody else. Your device only holds what has not been passed on yet.',
    on: 'We are counting.',
    off: 'We are not counting.',
    turnOn: 'Turn counting on',
    turnOff: 'Turn counting off',
    failed: 'That did not work just now. Please try again.',
  },
  it: {
    title: 'Conteggio',
    text: 'Se vuoi, contiamo: se apri la nostra e-mail e questa pagina, quali link segui, fin dove guardi il filmato, quanto leggi e quali moduli inizi. Così capiamo che cosa è chiaro. Nulla di tutto ciò va ad altri. Sul tuo dispositivo resta solo ciò che non è ancora stato trasmesso.',
    on: 'Stiamo contando.',
    off: 'Non stiamo contando.',
    turnOn: 'Attiva il conteggio',
    turnOff: 'Disattiva il conteggio',
    failed: 'Non ha funzionato. Riprova, per favore.',
  },
};

export const countingPrefix = 'counting.';

/** @param messages the pack's, in this language */
export function countingWordsFor(lang: string, messages: Readonly<Record<string, string>>): CountingWords {
  const base = (table[lang.split('-', 1)[0] ?? ''] ?? table.en) as CountingWords;
  const own = Object.keys(base).flatMap((name) => {
    const text = messages[`${countingPrefix}${name}`];
    return text === undefined ? [] : [[name, text]];
  });
  return { ...base, ...Object.fromEntries(own) };
}

interface Words {
  /** With `{day}`. */
  readonly when: string;
  readonly change: string;
}

/** Said of an answer that is read back. No pack has to word it: it addresses nobody. */
const words: Readonly<Record<string, Words>> = {
  de: { when: 'Beantwortet am {day}', change: 'Antwort ändern' },
  en: { when: 'Answered on {day}', change: 'Change the answer' },
  it: { when: 'Risposta inviata in data {day}', change: 'Cambia la risposta' },
};

/** English where the house does not speak the language. */
export function givenWords(lang: string): Words {
  const base = lang.split('-', 1)[0] ?? '';
  return words[Object.hasOwn(words, base) ? base : 'en'] as Words;
}

/** What is said while a form is sent; what it asks, and what is wrong, comes with the page. */
export interface FormWords {
  readonly sending: string;
  readonly waiting: string;
  readonly lost: string;
  readonly refused: string;
  /** More than one answer has to be mended. */
  readonly several: string;
}

const table: Readonly<Record<string, FormWords>> = {
  de: {
    sending: 'Wird gesendet …',
    waiting: 'Keine Verbindung. Wir versuchen es weiter …',
    lost: 'Das kam nicht an. Deine Angaben stehen noch hier: Bitte sende sie noch einmal.',
    refused: 'Diese Seite nimmt keine Antworten mehr an.',
    several: 'Bitte sieh dir die markierten Angaben noch einmal an.',
  },
  en: {
    sending: 'Sending…',
    waiting: 'No connection. We keep trying…',
    lost: 'That did not arrive. What you entered is still here: please send it again.',
    refused: 'This page takes no more answers.',
    several: 'Please have another look at the marked answers.',
  },
  it: {
    sending: 'Invio in corso…',
    waiting: 'Nessuna connessione. Continuiamo a provare…',
    lost: 'L’invio non è riuscito. I tuoi dati sono ancora qui: inviali di nuovo.',
    refused: 'Questa pagina non accetta più risposte.',
    several: 'Controlla di nuovo le risposte evidenziate.',
  },
};

export function formWords(lang: string): FormWords {
  return (table[lang.split('-', 1)[0] ?? ''] ?? table.en) as FormWords;
}

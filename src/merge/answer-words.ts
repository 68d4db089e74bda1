import type { Reason } from '../template/check-answer.ts';

type Words = Readonly<Record<Reason, string>>;

/** What the house says of a field that is wrong; a pack says it better by `form.<form>.<field>.wrong`. */
const words: Readonly<Record<string, Words>> = {
  de: {
    required: 'Bitte füll dieses Feld aus.',
    choose: 'Bitte wähl eine Antwort aus.',
    accept: 'Bitte setz hier ein Häkchen.',
    long: 'Das ist zu lang: Höchstens {limit} Zeichen passen hierher.',
    email: 'Bitte gib eine vollständige E-Mail-Adresse ein, zum Beispiel name@beispiel.de.',
    tel: 'Bitte gib eine Telefonnummer mit Vorwahl ein.',
    number: 'Bitte gib eine Zahl ein.',
    step: 'Bitte gib ein Vielfaches von {limit} ein.',
    low: 'Das ist zu wenig: mindestens {limit}.',
    high: 'Das ist zu viel: höchstens {limit}.',
    date: 'Bitte gib ein Datum ein.',
    early: 'Das ist zu früh: frühestens am {limit}.',
    late: 'Das ist zu spät: spätestens am {limit}.',
  },
  en: {
    required: 'Please fill this in.',
    choose: 'Please choose an answer.',
    accept: 'Please tick this box.',
    long: 'That is too long: there is room for {limit} characters.',
    email: 'Please enter a complete email address, such as name@example.com.',
    tel: 'Please enter a phone number with its area code.',
    number: 'Please enter a number.',
    step: 'Please enter a multiple of {limit}.',
    low: 'That is too low: at least {limit}.',
    high: 'That is too high: at most {limit}.',
    date: 'Please enter a date.',
    early: 'That is too early: {limit} at the earliest.',
    late: 'That is too late: {limit} at the latest.',
  },
  it: {
    required: 'Compila questo campo.',
    choose: 'Scegli una risposta.',
    accept: 'Spunta questa casella.',
    long: 'È troppo lungo: qui c’è posto per {limit} caratteri.',
    email: 'Inserisci un indirizzo e-mail completo, per esempio nome@esempio.it.',
    tel: 'Inserisci un numero di telefono con il prefisso.',
    number: 'Inserisci un numero.',
    step: 'Inserisci un multiplo di {limit}.',
    low: 'È troppo poco: almeno {limit}.',
    high: 'È troppo: al massimo {limit}.',
    date: 'Inserisci una data.',
    early: 'È troppo presto: non prima del {limit}.',
    late: 'È troppo tardi: non oltre il {limit}.',
  },
};

const whole: Readonly<Record<string, string>> = {
  de: 'Bitte gib eine ganze Zahl ein.',
  en: 'Please enter a whole number.',
  it: 'Inserisci un numero intero.',
};

/** English where the house does not speak the language. @param step of the field, for those that ask for whole numbers */
export function answerWords(lang: string, step?: number): Words {
  const base = lang.split('-', 1)[0] ?? '';
  const known = Object.hasOwn(words, base) ? base : 'en';
  const own = words[known] as Words;
  return step === 1 ? { ...own, step: whole[known] ?? own.step } : own;
}

import type { Words } from './de.ts';

export const it: Words = {
  missing: {
    title: 'Questa pagina non esiste',
    text: 'Il link è incompleto o non è valido. Aprilo di nuovo direttamente dalla tua e-mail.',
  },
  over: {
    title: 'Questo link è scaduto',
    text: 'Conserviamo le pagine personali solo per un periodo limitato. Nella tua e-mail più recente trovi il link attuale.',
  },
  broken: { title: 'Qualcosa non ha funzionato', text: 'L’errore è nostro. Riprova tra qualche minuto.' },
  busy: {
    title: 'Un momento, per favore',
    text: 'Sono arrivate troppe richieste insieme. Riprova tra poco.',
  },
  invalid: {
    title: 'Non siamo riusciti a leggerlo',
    text: 'Torna indietro, ricarica la pagina e riprova.',
  },
  unsubscribe: {
    eyebrow: 'Disiscrizione',
    service: {
      title: 'Niente più messaggi sul tuo contratto via e-mail?',
      text: 'Basta un clic. Continuerai a ricevere gli altri messaggi che hai richiesto.',
    },
    marketing: {
      title: 'Niente più offerte via e-mail?',
      text: 'Basta un clic. Continuerai a ricevere i messaggi sul tuo contratto.',
    },
    tracking: {
      title: 'Non contare più?',
      text: 'Basta un clic. Non conteremo più se apri i nostri messaggi.',
    },
    button: 'Annulla l’iscrizione',
  },
  unsubscribed: {
    title: 'La tua iscrizione è annullata',
    text: 'Non ti scriveremo più su questo argomento.',
  },
  confirm: {
    eyebrow: 'Conferma l’iscrizione',
    title: 'Vuoi ricevere nostre notizie?',
    button: 'Sì, volentieri',
    note: 'Non hai chiesto tu l’iscrizione? Chiudi semplicemente questa pagina. Senza il tuo clic non succede nulla.',
    done: {
      eyebrow: 'Confermato',
      title: 'Grazie, ci sei anche tu',
      text: 'Abbiamo annotato il tuo sì. Puoi annullare l’iscrizione in qualsiasi momento con il link in ogni e-mail.',
    },
    outdated: {
      title: 'Questo link non vale più',
      text: 'Nel frattempo hai annullato l’iscrizione oppure il tuo indirizzo e-mail è cambiato. Se vuoi di nuovo nostre notizie, iscriviti ancora.',
    },
  },
  gate: {
    locked: {
      title: 'Adesso una piccola pausa',
      text: 'Diverse risposte non corrispondevano. Riprova tra un quarto d’ora; dopo altri errori, un po’ più tardi.',
    },
    closed: {
      title: 'Questa pagina è chiusa',
      text: 'Troppe risposte non corrispondevano. Scrivici e la riapriremo per te.',
    },
  },
  thanks: {
    title: 'Grazie per la tua risposta',
    text: 'Le leggiamo tutte e la prossima volta faremo meglio.',
  },
  back: 'Torna alla tua pagina',
  pdf: {
    title: 'Stiamo preparando il tuo documento',
    text: 'Basta un attimo. Questa pagina si ricarica da sola.',
  },
  video: {
    title: 'Stiamo disegnando il tuo film',
    text: 'Di solito basta meno di un minuto. Questa pagina si ricarica da sola.',
  },
  videoFailed: {
    title: 'Non è stato possibile creare il film',
    text: 'Puoi comunque guardarlo sulla tua pagina personale.',
  },
};

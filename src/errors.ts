// Enters: nothing. Leaves: DearlyError, the one fault every room throws, and the table of its codes.
// Never: an outcome (those are values) or a bug (those are assertions).

/** Who has to act, which is what the shells turn into exit codes and HTTP statuses. */
export type FaultKind =
  /** What was handed in is wrong: mend it and call again. */
  | 'input'
  /** What was asked for is not there. */
  | 'missing'
  /** It clashes with what is already there. */
  | 'conflict'
  /** The caller may not do this. */
  | 'denied'
  /** Something outside (database, mail server, browser, disk) did not do its part. */
  | 'outside';

/** When the same call may succeed: at once, after a while, or never as it stands. */
export type Retry = 'now' | 'later' | 'never';

interface Fault {
  readonly kind: FaultKind;
  readonly retry: Retry;
  /** What it means and what to do, in one sentence; `docs/errors.md` shows the same text. */
  readonly meaning: string;
}

export const faults = {
  'config-invalid': {
    kind: 'input',
    retry: 'never',
    meaning:
      'An environment variable holds something Dearly cannot use; the message names it and what it expects.',
  },
  'file-unreadable': {
    kind: 'input',
    retry: 'never',
    meaning:
      'A file cannot be opened or is not of the stated format; check its path, rights and encoding (UTF-8).',
  },
  'file-unwritable': {
    kind: 'input',
    retry: 'never',
    meaning: 'A file cannot be written where it was asked for; name another place, or make the folder.',
  },
  'row-invalid': {
    kind: 'input',
    retry: 'never',
    meaning: 'A row of customer data does not fit the contract; the message names line, column and reason.',
  },
  'pack-invalid': {
    kind: 'input',
    retry: 'never',
    meaning: 'A template pack does not load; the message names file, line, what is wrong and the way out.',
  },
  'composition-invalid': {
    kind: 'input',
    retry: 'never',
    meaning: 'A composition does not load: a scene has no component, no duration, or a name twice.',
  },
  'campaign-invalid': {
    kind: 'input',
    retry: 'never',
    meaning:
      'A campaign or sender file has a wrong or unknown field; the message names file, line and field.',
  },
  'rule-invalid': {
    kind: 'input',
    retry: 'never',
    meaning: 'A segment rule is not one that Dearly knows; the message names the part that is wrong.',
  },
  'request-invalid': {
    kind: 'input',
    retry: 'never',
    meaning:
      'A request body or parameter has the wrong shape; the message names the field and what was expected.',
  },
  'data-incomplete': {
    kind: 'input',
    retry: 'never',
    meaning: 'A profile lacks data that the pack needs; import the named fields and try again.',
  },
  'not-deliverable': {
    kind: 'input',
    retry: 'never',
    meaning:
      'This person cannot be written to now (no address, no consent, suppressed); the message says which.',
  },
  'asset-refused': {
    kind: 'input',
    retry: 'never',
    meaning:
      'A picture or sound that a profile names is not taken: no public https address, too large, or of no type that is shown.',
  },
  'picture-unusable': {
    kind: 'input',
    retry: 'never',
    meaning: 'A picture cannot be decoded, or has more than 25 megapixels; the message names its size.',
  },
  'profile-missing': {
    kind: 'missing',
    retry: 'never',
    meaning: 'No profile has this id; import it first, or look it up with `dearly profile show`.',
  },
  'pack-missing': {
    kind: 'missing',
    retry: 'never',
    meaning: 'No pack of this name stands in templates/, or none of this version is kept.',
  },
  'composition-missing': {
    kind: 'missing',
    retry: 'never',
    meaning: 'No composition of this name stands in compositions/.',
  },
  'run-missing': { kind: 'missing', retry: 'never', meaning: 'No run has this id or name.' },
  'render-missing': {
    kind: 'missing',
    retry: 'never',
    meaning: 'This API key asked for no film under this id, or the person was erased.',
  },
  'trigger-missing': {
    kind: 'missing',
    retry: 'never',
    meaning: 'No trigger has this name; `dearly trigger list` shows all.',
  },
  'webhook-missing': {
    kind: 'missing',
    retry: 'never',
    meaning: 'No webhook endpoint or delivery has this id; `dearly webhook list` shows the endpoints.',
  },
  'chat-missing': {
    kind: 'missing',
    retry: 'never',
    meaning: 'No conversation has this id, or its person was erased.',
  },
  'key-missing': {
    kind: 'missing',
    retry: 'never',
    meaning: 'No API key has this id; `dearly key list` shows all.',
  },
  'artefact-missing': {
    kind: 'missing',
    retry: 'never',
    meaning: 'Storage has nothing under this key; it is made again at the next request.',
  },
  'chat-full': {
    kind: 'conflict',
    retry: 'never',
    meaning: 'This conversation has as many messages as one may have; go on by another way.',
  },
  'run-cancelled': {
    kind: 'conflict',
    retry: 'never',
    meaning: 'The run was cancelled, so nobody is written to any more; start another occurrence.',
  },
  'campaign-running': {
    kind: 'conflict',
    retry: 'never',
    meaning:
      'The campaign is running with another definition; the message names what differs. Wait for its end, or cancel it.',
  },
  'idempotency-conflict': {
    kind: 'conflict',
    retry: 'never',
    meaning: 'This Idempotency-Key was used for another request; use a new key for a new request.',
  },
  'idempotency-busy': {
    kind: 'conflict',
    retry: 'later',
    meaning: 'The first request with this Idempotency-Key is still being answered; ask again in a moment.',
  },
  'scope-denied': {
    kind: 'denied',
    retry: 'never',
    meaning: 'The API key is good, but not for this; make one with the scope that the message names.',
  },
  'key-denied': {
    kind: 'denied',
    retry: 'never',
    meaning: 'The API key is absent, unknown or revoked; make one with `dearly key create`.',
  },
  'signature-denied': {
    kind: 'denied',
    retry: 'never',
    meaning:
      'The event is not signed with a secret of this trigger in the last five minutes, or there is no such trigger.',
  },
  'secret-unreadable': {
    kind: 'outside',
    retry: 'never',
    meaning:
      'What is kept in the database cannot be opened: DEARLY_SECRET is not the one that sealed it. Set that one, or as DEARLY_SECRET_PREVIOUS beside the new one, and say `dearly secret rotate`.',
  },
  'database-unavailable': {
    kind: 'outside',
    retry: 'later',
    meaning: 'PostgreSQL does not answer or cannot be started; `dearly doctor` says why.',
  },
  'browser-unavailable': {
    kind: 'outside',
    retry: 'later',
    meaning:
      'No browser can be started; `dearly doctor` says what was tried. DEARLY_BROWSER names one by path.',
  },
  'render-failed': {
    kind: 'outside',
    retry: 'later',
    meaning: 'A video or picture could not be drawn; the message names the scene and the reason.',
  },
  'asset-unavailable': {
    kind: 'outside',
    retry: 'later',
    meaning:
      'A picture or sound that a profile names cannot be had now; the message names the host and the reason.',
  },
  'sound-invalid': {
    kind: 'input',
    retry: 'never',
    meaning: 'A sound file cannot be decoded; WAV, MP3, M4A, Ogg and FLAC can. The message names the scene.',
  },
  'speech-unavailable': {
    kind: 'outside',
    retry: 'later',
    meaning: 'The speech engine does not answer, is busy or cannot be started; check DEARLY_SPEECH.',
  },
  'speech-refused': {
    kind: 'outside',
    retry: 'never',
    meaning:
      'The speech engine refuses: a wrong key, model, voice or language, or it answers without a WAV file.',
  },
  'segment-broken': {
    kind: 'outside',
    retry: 'now',
    meaning:
      'A scene’s segment is cut off or not what was asked for; a kept one is dropped and drawn again by itself.',
  },
  'storage-failed': {
    kind: 'outside',
    retry: 'later',
    meaning:
      'Storage refused to keep or give an artefact; check DEARLY_STORAGE_URL and its rights and space.',
  },
  'mail-refused': {
    kind: 'outside',
    retry: 'later',
    meaning: 'The mail server cannot be reached or refuses our login; check SMTP_URL.',
  },
} as const satisfies Record<string, Fault>;

export type FaultCode = keyof typeof faults;

/** The one fault of the house. `message` is for people; code paths look at `code` alone. */
export class DearlyError extends Error {
  readonly code: FaultCode;
  readonly kind: FaultKind;
  readonly retry: Retry;
  /** Where in which input it stands, one line each, ready to print. */
  readonly details: readonly string[];

  constructor(
    code: FaultCode,
    message: string,
    options: { cause?: unknown; details?: readonly string[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DearlyError';
    this.code = code;
    this.kind = faults[code].kind;
    this.retry = faults[code].retry;
    this.details = options.details ?? [];
  }
}

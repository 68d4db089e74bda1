import type { Receipt } from '../../deliver/transport.ts';

/** What nodemailer says of a failure: where in the conversation, and the server's own words if it had any. */
export interface SmtpFailure {
  readonly message: string;
  /** `EAUTH`, `EENVELOPE`, `EMESSAGE`, `ECONNECTION`, `ETIMEDOUT`, … */
  readonly code?: string | undefined;
  /** `CONN`, `EHLO`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`, or `API` for what it refused to send itself. */
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
}

/**
 * Turns a failed conversation into what it means for the message.
 * @param isHandedOver whether the server had asked for the message's bytes. A silence before that is safe to try
 *   again; after it nobody can tell, and a second copy would be worse than a question.
 */
export function readFailure(
  failure: SmtpFailure,
  isHandedOver: boolean,
): Exclude<Receipt, { kind: 'accepted' }> {
  const response = failure.response ?? failure.message;
  const code = failure.responseCode ?? null;
  if (code === null) {
    if (isHandedOver) return { kind: 'unknown', response };
    if (isLogin(failure)) return { kind: 'failed', code, response, pause: true };
    // nodemailer refused it before a word was said: an address or size that no server would take.
    if (failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE') {
      return { kind: 'failed', code, response, pause: false };
    }
    return { kind: 'deferred', code, response };
  }
  // 503 is about the conversation, not the message: over a new connection it may go well.
  if (code < 500 || code === 503 || isGreeting(failure)) {
    return {
      kind: 'deferred',
      code,
      response,
      ...(failure.command === 'MAIL FROM' && { before: 'recipient' as const }),
    };
  }
  if (failure.command === 'RCPT TO') {
    // 5.7.x is a policy, such as no relaying from here: it says nothing of whether the address is good.
    if (/^\d{3}[ -]5\.7\.\d/.test(response)) return { kind: 'failed', code, response, pause: false };
    return { kind: 'bounced', code, response };
  }
  return { kind: 'failed', code, response, pause: true };
}

function isLogin({ code }: SmtpFailure): boolean {
  return code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2';
}

/** A server that turns everybody away at the door (554, 521) says nothing about this message. */
function isGreeting({ command }: SmtpFailure): boolean {
  return (
    command === undefined ||
    command === 'CONN' ||
    command === 'EHLO' ||
    command === 'HELO' ||
    command === 'STARTTLS'
  );
}

import { DearlyError } from '../errors.ts';
import type { Contract } from '../template/contract.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What the reader will be asked, or undefined where the message is open.
 * @param data the profile's facts as the contract parsed them
 * @param isAsked what the campaign says; a gate that is `always` there asks all the same
 * @throws DearlyError `data-incomplete` where nobody could ever answer; `pack-invalid` where there is no gate to ask for
 */
export function takeGate(
  { gate }: Contract,
  data: Record<string, unknown>,
  isAsked: boolean,
  pack: string,
): Snapshot['gate'] | undefined {
  if (gate === undefined) {
    if (!isAsked) return undefined;
    throw new DearlyError('pack-invalid', `The pack "${pack}" has no gate to ask for.`, {
      details: ['contract.ts: gate: missing; it names what only the recipient knows'],
    });
  }
  if (gate.when === 'asked' && !isAsked) return undefined;
  const answer = gate.answer(data);
  if (sameAnswer(answer) !== '') return { name: gate.name, answer };
  throw new DearlyError('data-incomplete', `The pack "${pack}" lacks the answer to its gate "${gate.name}".`);
}

/** As people write one thing in many ways: case, width, spaces and dashes make no difference. */
export function sameAnswer(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Z}\p{Pd}\p{Cf}]+/gu, '');
}

import { DearlyError } from '../errors.ts';
import { type Finding, readHit, sayFinding } from './lint/finding.ts';

/** `pack-invalid`, with every finding as a value beside the line it makes. */
export class PackFault extends DearlyError {
  readonly findings: readonly Finding[];

  constructor(pack: string, findings: readonly Finding[]) {
    const count = findings.length === 1 ? 'one fault' : `${findings.length} faults`;
    super('pack-invalid', `The pack "${pack}" has ${count}.`, { details: findings.map(sayFinding) });
    this.findings = findings;
  }
}

/** A fault that was told as text: `email.mjml:12: what; how`. */
export function findingOf(text: string): Finding {
  return { lint: 'load', level: 'fault', why: '', how: '', ...readHit(text) };
}

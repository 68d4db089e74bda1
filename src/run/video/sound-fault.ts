import { DearlyError } from '../../errors.ts';

/** The same fault with the scene that it is about; what is none of ours passes as it is. */
export function soundFault(scene: string, error: unknown): unknown {
  if (!(error instanceof DearlyError)) return error;
  const message = `The sound of scene "${scene}" cannot be made: ${error.message}`;
  return new DearlyError(error.code, message, { cause: error, details: error.details });
}

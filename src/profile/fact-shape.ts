import type { z } from 'zod';

/** A contract as far as facts go: a pack's name and one schema per fact. */
export interface FactContract {
  readonly name: string;
  readonly data: z.ZodObject;
}

/** Which facts are asked for, and by whom. A fact that two packs ask for must please both. */
export type FactShape = ReadonlyMap<string, readonly z.core.$ZodType[]>;

export function factShape(contracts: Iterable<FactContract>): FactShape {
  const shape = new Map<string, z.core.$ZodType[]>();
  for (const contract of contracts) {
    for (const [fact, schema] of Object.entries(contract.data.shape)) {
      shape.set(fact, [...(shape.get(fact) ?? []), schema]);
    }
  }
  return shape;
}

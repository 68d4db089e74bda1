// Enters: figures of a household. Leaves: the three tips that save it most. Never: a promise finer than a whole euro.
import type { StatementData } from './contract.ts';
import type { Figures } from './figures.ts';

export interface Tip {
  readonly id: 'standby' | 'wash' | 'light' | 'cook' | 'dry';
  /** Minor units a year, whole units of the currency. */
  readonly saving: number;
}

/** Rules of thumb of consumer advice, kept on the careful side; none is let grow beyond 8 % of what was used. */
export function bestTips(data: StatementData, { now }: Figures): readonly Tip[] {
  const kwh: Record<Tip['id'], number> = {
    standby: now.kwh * 0.06,
    light: now.kwh * 0.035,
    wash: data.householdSize * 32,
    dry: data.householdSize * 45,
    cook: 25 + data.householdSize * 14,
  };
  const tips = Object.entries(kwh).map(([id, saved]) => ({
    id: id as Tip['id'],
    saving: Math.round((Math.min(saved, now.kwh * 0.08) * data.pricePerKwh) / 100) * 100,
  }));
  return tips.sort((a, b) => b.saving - a.saving || (a.id < b.id ? -1 : 1)).slice(0, 3);
}

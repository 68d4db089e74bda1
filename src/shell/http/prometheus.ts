import type { Count } from '../../adapters/postgres/count-work.ts';

/** Lines of Prometheus' text format, version 0.0.4. */
export function gauge(name: string, help: string, value: number | readonly Count[]): string[] {
  return metric(name, 'gauge', help, typeof value === 'number' ? [{ labels: {}, value }] : value);
}

export function counter(name: string, help: string, values: readonly Count[]): string[] {
  return metric(name, 'counter', help, values);
}

function metric(name: string, type: 'gauge' | 'counter', help: string, values: readonly Count[]): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...values.map(({ labels, value }) => {
      const all = Object.entries(labels).map(([label, of]) => `${label}="${escaped(of)}"`);
      return `${name}${all.length === 0 ? '' : `{${all.join()}}`} ${value}`;
    }),
  ];
}

/** Operators choose the names of campaigns and occurrences. */
function escaped(label: string): string {
  return label.replace(/[\\"\n]/g, (it) => (it === '\n' ? '\\n' : `\\${it}`));
}

/** How many nodes: a number, or a percentage of the nodes of the run. */
export interface Share {
  readonly unit: 'nodes' | 'percent';
  readonly value: number;
}

/** `3` or `10%`; undefined for anything else. */
export function parseShare(text: string): Share | undefined {
  const [, digits = '', percent] = /^(\d{1,6})(%)?$/.exec(text) ?? [];
  if (digits === '') return undefined;
  const value = Number(digits);
  if (percent === undefined) return { unit: 'nodes', value };
  return value > 100 ? undefined : { unit: 'percent', value };
}

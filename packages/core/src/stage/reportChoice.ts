/** How nodes report that they have booted, as it is written in an option or a setting. */
export type ReportChoice =
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'phone-home'; readonly host: string; readonly port: number }
  | { readonly kind: 'ssh'; readonly port: number };

/** Reads `tcp:PORT`, `phone-home:ADDRESS:PORT`, `ssh` or `ssh:PORT`; undefined for anything else. */
export function parseReport(text: string): ReportChoice | undefined {
  if (text === 'ssh') return { kind: 'ssh', port: 22 };
  const [kind, ...rest] = text.split(':');
  const port = rest.pop() ?? '';
  const isPort = /^\d{1,5}$/.test(port) && Number(port) <= 65_535;
  if (!isPort) return undefined;
  if ((kind === 'tcp' || kind === 'ssh') && rest.length === 0) return { kind, port: Number(port) };
  if (kind === 'phone-home' && rest.length > 0) return { kind, host: rest.join(':'), port: Number(port) };
  return undefined;
}

import { UserError } from '@omnia-buildstream/core/errors/userError';
import type { ReportSource } from '@omnia-buildstream/engine/ports/reports';
import { PhoneHomeServer } from '@omnia-buildstream/engine/report/phoneHome';
import { TcpProbe } from '@omnia-buildstream/engine/report/tcpProbe';
import { thisMachine, type Machine } from './machine.ts';

/** How nodes report that they have booted. */
export type ReportOption =
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'phone-home'; readonly host: string; readonly port: number };

const probeIntervalMs = 5_000;
const probeTimeoutMs = 3_000;

/** Reads `tcp:PORT` or `phone-home:ADDRESS:PORT`; undefined for anything else. */
export function parseReport(text: string): ReportOption | undefined {
  const [kind, ...rest] = text.split(':');
  const port = rest.pop() ?? '';
  const isPort = /^\d{1,5}$/.test(port) && Number(port) <= 65_535;
  if (kind === 'tcp' && rest.length === 0 && isPort) return { kind, port: Number(port) };
  if (kind === 'phone-home' && rest.length > 0 && isPort) return { kind, host: rest.join(':'), port: Number(port) };
  return undefined;
}

export interface OpenReports {
  readonly source: ReportSource;
  close(): Promise<void>;
}

/** Begins to listen, or makes the probe. @throws UserError when the address cannot be used */
export async function openReports(
  option: ReportOption,
  { clock }: Pick<Machine, 'clock'> = thisMachine,
): Promise<OpenReports> {
  if (option.kind === 'tcp') {
    const settings = { clock, intervalMs: probeIntervalMs, connectTimeoutMs: probeTimeoutMs };
    const source = new TcpProbe({ ...settings, port: option.port });
    return { source, close: () => Promise.resolve() };
  }
  const { host, port } = option;
  try {
    const server = await PhoneHomeServer.listen(host, port, clock);
    return { source: server, close: () => server.close() };
  } catch (error) {
    throw new UserError({ kind: 'cannot-listen', host, port }, error);
  }
}

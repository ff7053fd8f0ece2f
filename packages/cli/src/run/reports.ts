import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { ReportSource } from '@omnia-buildstream/engine/ports/reports';
import { PhoneHomeServer } from '@omnia-buildstream/engine/report/phoneHome';
import { TcpProbe } from '@omnia-buildstream/engine/report/tcpProbe';
import { CannotRun, causeOf } from '../cannotRun.ts';

export type ReportOption =
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'phone-home'; readonly host: string; readonly port: number };

const probeIntervalMs = 5_000;
const probeTimeoutMs = 3_000;

export function parseReport(text: string): ReportOption {
  const [kind, ...rest] = text.split(':');
  const port = rest.pop() ?? '';
  const isPort = /^\d{1,5}$/.test(port) && Number(port) <= 65_535;
  if (kind === 'tcp' && rest.length === 0 && isPort) return { kind, port: Number(port) };
  if (kind === 'phone-home' && rest.length > 0 && isPort) return { kind, host: rest.join(':'), port: Number(port) };
  throw new CannotRun('arguments', `--report takes tcp:PORT or phone-home:ADDRESS:PORT, not "${text}".`);
}

export interface OpenReports {
  readonly source: ReportSource;
  /** For people: how nodes report. */
  readonly description: string;
  close(): Promise<void>;
}

/** Begins to listen, or makes the probe; throws CannotRun when the address cannot be used. */
export async function openReports(option: ReportOption): Promise<OpenReports> {
  if (option.kind === 'tcp') {
    const { port } = option;
    const settings = { clock: systemClock, port, intervalMs: probeIntervalMs, connectTimeoutMs: probeTimeoutMs };
    const description = `port ${String(port)} of the node answers`;
    return { source: new TcpProbe(settings), description, close: () => Promise.resolve() };
  }
  const { host, port } = option;
  try {
    const server = await PhoneHomeServer.listen(host, port);
    const description = `the node reports to http://${host}:${String(server.port)}`;
    return { source: server, description, close: () => server.close() };
  } catch (error) {
    const reason = causeOf(error);
    throw new CannotRun('arguments', `Cannot listen at ${host}:${String(port)} for nodes to report: ${reason}.`);
  }
}

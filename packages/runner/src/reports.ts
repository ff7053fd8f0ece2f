import { UserError } from '@omnia-buildstream/core/errors/userError';
import { bootTexts, continuousTexts, reportTexts } from '@omnia-buildstream/core/plan/planTexts';
import type { ReportChoice } from '@omnia-buildstream/core/stage/reportChoice';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { RestartSummary } from '@omnia-buildstream/engine/restart/events';
import type { ReportSource } from '@omnia-buildstream/engine/ports/reports';
import { PhoneHomeServer } from '@omnia-buildstream/engine/report/phoneHome';
import { SshProbe } from '@omnia-buildstream/engine/report/sshProbe';
import { TcpProbe } from '@omnia-buildstream/engine/report/tcpProbe';
import type { RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import type { Login } from '@omnia-buildstream/engine/validate/probes/login';
import type { SshSettings } from '@omnia-buildstream/engine/validate/probes/ssh';
import { thisMachine, type Machine } from './machine.ts';

/** A ReportChoice with everything that it requires. */
export type ReportOption =
  | Exclude<ReportChoice, { readonly kind: 'ssh' }>
  | { readonly kind: 'ssh'; readonly login: Login };

/** The SSH login for the nodes; without a key, the keys of the SSH agent are used. Host keys must be known. */
export interface SshIdentity extends Pick<SshSettings, 'user' | 'key' | 'knownHosts'> {
  readonly run: Login['run'];
}

const probeIntervalMs = 5_000;
const probeTimeoutMs = 3_000;
/** As in Omnia (omnia.md section 4.2). */
const loginIntervalMs = 15_000;
const loginTimeoutMs = 20_000;
/** A longer list of names would not help the user. */
const mostNames = 10;
/** Limited because each login is a process. */
const loginsAtATime = 16;

export function reportWith(choice: ReportChoice, { run, ...identity }: SshIdentity): ReportOption {
  if (choice.kind !== 'ssh') return choice;
  const { port } = choice;
  const settings = { ...identity, port, hostKeys: 'yes', connectTimeoutMs: loginTimeoutMs } as const;
  return { kind: 'ssh', login: { settings, run } };
}

/** Notes for the confirmation: how nodes boot, when they are considered booted, and what stays set on their BMCs. */
export function reportNotes(
  report: ReportOption,
  { lasting, protocol, bootNic }: Pick<RestartSettings, 'lasting' | 'protocol' | 'bootNic'>,
): readonly Phrase[] {
  return [
    ...(protocol === 'http' ? [phrase(bootTexts.http)] : []),
    ...(bootNic === 'admin-mac' ? [phrase(bootTexts.nic)] : []),
    saidOf(report),
    ...(lasting === 'continuous' ? [phrase(continuousTexts.before)] : []),
  ];
}

/** Notes at the end of a run about PXE that stays set. */
export function everyBootNotes({ everyBoot }: Pick<RestartSummary, 'everyBoot'>): readonly Phrase[] {
  if (everyBoot.length === 0) return [];
  const shown = everyBoot.slice(0, mostNames).join(', ');
  const nodes = everyBoot.length > mostNames ? `${shown}, …` : shown;
  return [phrase(continuousTexts.after, { count: everyBoot.length, nodes })];
}

function saidOf(report: ReportOption): Phrase {
  switch (report.kind) {
    case 'tcp':
      return phrase(reportTexts.tcp, { port: report.port });
    case 'phone-home':
      return phrase(reportTexts.phoneHome, { host: report.host, port: report.port });
    case 'ssh': {
      const { user, port } = report.login.settings;
      return phrase(reportTexts.ssh, { user, port });
    }
  }
}

export interface OpenReports {
  readonly source: ReportSource;
  close(): Promise<void>;
}

/** Starts listening, or creates the probe. @throws UserError if the address cannot be used or ssh is missing */
export async function openReports(
  option: ReportOption,
  { clock }: Pick<Machine, 'clock'> = thisMachine,
): Promise<OpenReports> {
  const probe = (source: ReportSource): OpenReports => ({ source, close: () => Promise.resolve() });
  switch (option.kind) {
    case 'tcp': {
      const { port } = option;
      return probe(new TcpProbe({ clock, port, intervalMs: probeIntervalMs, connectTimeoutMs: probeTimeoutMs }));
    }
    case 'ssh': {
      const { login } = option;
      const { isMissing } = await login.run(['-V'], new AbortController().signal);
      if (isMissing) throw new UserError({ kind: 'no-ssh' });
      const times = { intervalMs: loginIntervalMs, connectTimeoutMs: probeTimeoutMs, loginTimeoutMs };
      return probe(new SshProbe({ clock, login, ...times, concurrency: loginsAtATime }));
    }
    case 'phone-home': {
      const { host, port } = option;
      try {
        const server = await PhoneHomeServer.listen(host, port, clock);
        return { source: server, close: () => server.close() };
      } catch (error) {
        throw new UserError({ kind: 'cannot-listen', host, port }, error);
      }
    }
  }
}

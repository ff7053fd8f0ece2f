import { PhoneHomeServer } from '@omnia-buildstream/engine/report/phoneHome';
import type { LabGeneration } from '@omnia-buildstream/lab/bmc/generation';
import type { Faults } from '@omnia-buildstream/lab/faults/fault';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { quickLab } from '../lab.ts';
import { NetworkClock } from './networkClock.ts';

/** A BMC of a lab and its faults. */
export interface BmcCase {
  readonly generation: LabGeneration;
  readonly faults: Faults;
}

export interface LabOfCases {
  readonly lab: Lab;
  /** The server to which its nodes report. */
  readonly reports: PhoneHomeServer;
  /** Shared by lab and reports; advances when everything is waiting. */
  readonly clock: NetworkClock['clock'];
}

/** A lab with one BMC per case, in the same order. */
export async function labOfCases(cases: readonly BmcCase[]): Promise<LabOfCases> {
  const { clock, holding, onHold } = new NetworkClock();
  const reports = await PhoneHomeServer.listen('127.0.0.1', 0, holding);
  const lab = await quickLab({
    clock,
    onHold,
    size: cases.length,
    generations: cases.map(({ generation }) => generation),
    faultsOf: (index) => cases[index]?.faults ?? {},
    phoneHomeUrl: () => `http://127.0.0.1:${String(reports.port)}/`,
  });
  return { lab, reports, clock };
}

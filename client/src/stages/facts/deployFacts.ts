import type { ListedGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import type { BmcReading } from '@omnia-buildstream/runner/oim/reachability';
import type { AskWork } from '@omnia-buildstream/runner/workload/workload';

/** What GitLab does not know before a deploy. */
export interface DeployFacts {
  /** As the BuildStreaM API lists them; nobody is asked to sign in for that. */
  readonly imageGroups: () => Promise<ListedGroups>;
  /** Stages that the management server is running; nobody is asked to sign in for that. */
  readonly atOim: OtherPlace;
  /** Asks whose jobs run on nodes; nobody is asked for a token for that. */
  readonly work: AskWork;
  /** What BMCs said when they were asked last, by BMC_IP. */
  readonly bmcs: ReadonlyMap<string, BmcReading>;
  /** Asks BMCs now whether they respond; logs in nowhere. Rejects with the signal's reason. */
  readonly askBmcs: (addresses: readonly string[], signal: AbortSignal) => Promise<void>;
}

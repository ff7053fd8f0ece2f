import type { ListedGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import type { BmcReading } from '@omnia-buildstream/runner/oim/reachability';
import type { AskWork } from '@omnia-buildstream/runner/workload/workload';

/** Facts about a deploy that GitLab does not have. */
export interface DeployFacts {
  /** Image groups that the BuildStreaM API lists. Never prompts the user to sign in. */
  readonly imageGroups: () => Promise<ListedGroups>;
  /** Stages that are running on the management server. Never prompts the user to sign in. */
  readonly atOim: OtherPlace;
  /** Looks up whose jobs run on nodes. Never prompts the user for a token. */
  readonly work: AskWork;
  /** The last reading of each BMC, by BMC_IP. */
  readonly bmcs: ReadonlyMap<string, BmcReading>;
  /** Checks now whether BMCs respond, without a login. Rejects with the signal's reason. */
  readonly askBmcs: (addresses: readonly string[], signal: AbortSignal) => Promise<void>;
}

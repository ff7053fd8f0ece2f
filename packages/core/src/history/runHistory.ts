import {
  readHistory,
  type NodeDrained,
  type NodeEnded,
  type NodeInPlan,
  type RunBegun,
  type RunEnded,
} from './historyRecord.ts';

/** One run according to its history. */
export interface RunHistory {
  /** Name of its file, without folder. */
  readonly file: string;
  readonly begun: RunBegun;
  /** In the order of the plan; those that no plan named at the end. */
  readonly nodes: readonly NodeInRun[];
  readonly notes: readonly string[];
  /** What it did to the workload manager's nodes, in its order. */
  readonly drains: readonly NodeDrained[];
  /** Undefined: it has not ended, or was killed. */
  readonly end: RunEnded | undefined;
}

export interface NodeInRun extends NodeInPlan {
  /** When each began. */
  readonly steps: readonly { readonly at: string; readonly step: string }[];
  readonly resets: readonly { readonly at: string; readonly kind: string }[];
  /**
   * Undefined: nothing is known about its end. If there are several, the last, but a failure stays until another
   * failure.
   */
  readonly result: NodeEnded | undefined;
}

/** Undefined for a file that does not say which run it is of. */
export function runHistoryOf(file: string, text: string): RunHistory | undefined {
  const records = readHistory(text);
  const begun = records.find((record) => record.type === 'run');
  if (begun === undefined) return undefined;
  const nodes = new Map<string, NodeInRun>();
  for (const node of begun.nodes) nodes.set(node.bmcIp, { ...node, steps: [], resets: [], result: undefined });
  const nodeAt = (bmcIp: string, hostname = bmcIp): NodeInRun =>
    nodes.get(bmcIp) ?? { bmcIp, hostname, action: 'run', why: '', steps: [], resets: [], result: undefined };
  const notes: string[] = [];
  const drains: NodeDrained[] = [];
  let end: RunEnded | undefined;
  for (const record of records) {
    switch (record.type) {
      case 'step': {
        const node = nodeAt(record.bmcIp);
        nodes.set(record.bmcIp, { ...node, steps: [...node.steps, { at: record.at, step: record.step }] });
        break;
      }
      case 'reset': {
        const node = nodeAt(record.bmcIp);
        nodes.set(record.bmcIp, { ...node, resets: [...node.resets, { at: record.at, kind: record.kind }] });
        break;
      }
      case 'node': {
        const node = nodeAt(record.bmcIp, record.hostname);
        const hasFailed = node.result?.status === 'failed' && record.status !== 'failed';
        if (!hasFailed) nodes.set(record.bmcIp, { ...node, result: record });
        break;
      }
      case 'drained':
      case 'resumed':
        drains.push(record);
        break;
      case 'note':
        notes.push(record.text);
        break;
      case 'end':
        end = record;
        break;
      case 'run':
        break;
    }
  }
  return { file, begun, nodes: [...nodes.values()], notes, drains, end };
}

/** Whether a node is meant by its BMC_IP or its hostname. */
export function isNode({ bmcIp, hostname }: Pick<NodeInPlan, 'bmcIp' | 'hostname'>, name: string): boolean {
  return bmcIp === name || hostname.toLowerCase() === name.toLowerCase();
}

/** The outcome of the nodes that a run was to touch; each is in one of the three. */
interface NodesByEnd {
  readonly succeeded: readonly NodeInRun[];
  /** Those that failed, that were begun, and that the run certainly did not come to. */
  readonly left: readonly NodeInRun[];
  /** The history does not tell. */
  readonly untold: readonly NodeInRun[];
}

export function nodesByEnd(run: RunHistory): NodesByEnd {
  const touched = run.nodes.filter(({ action }) => action === 'run');
  const [succeeded, left, untold]: [NodeInRun[], NodeInRun[], NodeInRun[]] = [[], [], []];
  const others = tellsEachNode(run) ? left : untold;
  for (const node of touched) {
    const { result, resets } = node;
    if (result?.status === 'success') succeeded.push(node);
    else if (result !== undefined || resets.length > 0) left.push(node);
    else others.push(node);
  }
  return { succeeded, left, untold };
}

/**
 * The stage engine reports the end of each node that it deploys or restarts, so a node without one was not tried. A
 * management server reports on some or none, and checks that passed leave nothing.
 */
function tellsEachNode({ begun, end }: RunHistory): boolean {
  if (begun.backend === 'bmc') return true;
  return begun.backend === 'direct' && begun.stage !== 'validate' && end?.outcome !== 'succeeded';
}

/** What is known of the last reset of a node. */
export interface LastReset {
  /** The last that was sent from here, to its BMC; undefined: none. */
  readonly reset: Cause | undefined;
  /** A restart of it since, which a server was told to carry out from here; undefined: none. */
  readonly started: StartedRestart | undefined;
}

/** When, by whom and why. */
interface Cause {
  readonly at: string;
  readonly user: string;
  readonly host: string;
  readonly why: string;
}

/** Only the server's log shows whether the node was actually reset. */
interface StartedRestart extends Cause {
  readonly backend: string;
  readonly gitlabUser: string;
  readonly subject: string;
}

/** Of each node, by BMC_IP; of several the latest, whichever run it is of. */
export function lastResets(runs: Iterable<RunHistory>): ReadonlyMap<string, LastReset> {
  const resets = new Map<string, Cause>();
  const started = new Map<string, StartedRestart>();
  for (const run of runs) {
    const { at: begunAt, by, backend, subject } = run.begun;
    const { user, host, gitlabUser } = by;
    const mayReset = startsResets(run);
    for (const { bmcIp, why, action, resets: sent } of run.nodes) {
      const at = sent.at(-1)?.at;
      if (at !== undefined) keepLatest(resets, bmcIp, { at, user, host, why });
      if (mayReset && action === 'run')
        keepLatest(started, bmcIp, { at: begunAt, user, host, why, backend, gitlabUser, subject });
    }
  }
  return new Map(
    [...new Set([...resets.keys(), ...started.keys()])].map((bmcIp) => {
      const reset = resets.get(bmcIp);
      const later = started.get(bmcIp);
      const isSince = later !== undefined && (reset === undefined || isAfter(later, reset));
      return [bmcIp, { reset, started: isSince ? later : undefined }];
    }),
  );
}

/**
 * Of the requests to GitLab, only those that boot nodes have nodes to run; what was refused or failed was not carried
 * out.
 */
function startsResets({ begun: { backend, stage }, end }: RunHistory): boolean {
  if (backend === 'gitlab') return end?.outcome !== 'failed';
  return backend === 'oim' && stage === 'restart' && end?.stopped !== 'not-started';
}

function keepLatest<T extends Cause>(latest: Map<string, T>, bmcIp: string, cause: T): void {
  const known = latest.get(bmcIp);
  if (known === undefined || !isAfter(known, cause)) latest.set(bmcIp, cause);
}

function isAfter(one: Cause, other: Cause): boolean {
  return Date.parse(one.at) > Date.parse(other.at);
}

/** Hostnames of nodes that runs have drained and no run has given back since, by BMC_IP. @param runs the oldest first */
export function stillDrained(runs: Iterable<Pick<RunHistory, 'drains'>>): ReadonlyMap<string, string> {
  const drained = new Map<string, string>();
  for (const { drains } of runs) {
    for (const { type, bmcIp, hostname } of drains) {
      if (type === 'drained') drained.set(bmcIp, hostname);
      else drained.delete(bmcIp);
    }
  }
  return drained;
}

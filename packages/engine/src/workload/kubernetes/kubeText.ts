import { joinJobs, type RunningJobs } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';
import { kubeTexts as texts } from './kubeTexts.ts';

/** A node as Kubernetes lists it. */
export interface KubeNode {
  readonly name: string;
  /** The address of the type Hostname; its name where it has none. */
  readonly hostname: string;
  /** No new pods are put on it. */
  readonly isCordoned: boolean;
  /** What {@link drainAnnotation} says; empty: it is not set. */
  readonly reason: string;
}

/** Who has cordoned a node, since Kubernetes keeps no reason for it. */
export const drainAnnotation = 'omnia-buildstream/drained';

/** As little of each as is needed: all data of thousands of pods would be hundreds of megabytes. */
export const nodesPath = perLine(
  '{.metadata.name}',
  '{.status.addresses[?(@.type=="Hostname")].address}',
  '{.spec.unschedulable}',
  `{.metadata.annotations.${drainAnnotation}}`,
);
export const podsPath = perLine(
  '{.spec.nodeName}',
  '{.metadata.namespace}',
  '{.status.phase}',
  '{.metadata.ownerReferences[*].kind}',
);

function perLine(...fields: readonly string[]): string {
  return ['{range .items[*]}', fields.join('{"\\t"}'), '{"\\n"}', '{end}'].join('');
}

/** An invalid line, so nothing may be concluded from the whole. */
export class UnreadableLine extends SaidError {
  constructor(line: string) {
    super(phrase(texts.unreadable, { line: line.slice(0, 100) }));
    this.name = 'UnreadableLine';
  }
}

/** @throws UnreadableLine */
export function readNodes(text: string): readonly KubeNode[] {
  return linesOf(text).map((line) => {
    const [name = '', hostname = '', unschedulable = '', reason, ...more] = line.split('\t');
    const isFlag = unschedulable === '' || unschedulable === 'true' || unschedulable === 'false';
    if (!isName(name) || !isFlag || reason === undefined || more.length > 0) throw new UnreadableLine(line);
    return { name, hostname: isName(hostname) ? hostname : name, isCordoned: unschedulable === 'true', reason };
  });
}

/** Phases in which a pod has no containers that run (kubernetes.md section 1). */
const over = new Set(['Succeeded', 'Failed']);
/** What belongs to the node: pods of daemon sets, and static ones, which the node itself owns. */
const ofNode = new Set(['DaemonSet', 'Node']);

/** The pods on each node that would end with it, by the name of the node. @throws UnreadableLine */
export function readPods(text: string): ReadonlyMap<string, RunningJobs> {
  const found = new Map<string, RunningJobs>();
  for (const line of linesOf(text)) {
    const [node = '', namespace = '', phase = '', owners, ...more] = line.split('\t');
    if ((node !== '' && !isName(node)) || !isName(namespace) || owners === undefined || more.length > 0) {
      throw new UnreadableLine(line);
    }
    if (node === '' || over.has(phase) || owners.split(' ').some((kind) => ofNode.has(kind))) continue;
    const one: RunningJobs = { unit: 'pods', count: 1, users: [namespace], latestEnd: undefined };
    const before = found.get(node);
    found.set(node, before === undefined ? one : joinJobs(before, one));
  }
  return found;
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

function isName(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(text) && text.length <= 253;
}

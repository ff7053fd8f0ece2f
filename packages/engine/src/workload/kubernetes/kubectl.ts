import type { KnownWork, NodeWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { drainMark, type DrainEnd, type WorkloadManager, type WorkloadNode } from '../../ports/workload.ts';
import type { ProgramRunner } from '../../processes/program.ts';
import { findNode } from '../findNode.ts';
import { lastLine } from '../lastLine.ts';
import {
  drainAnnotation,
  nodesPath,
  podsPath,
  readNodes,
  readPods,
  UnreadableLine,
  type KubeNode,
} from './kubeText.ts';
import { kubeTexts as texts } from './kubeTexts.ts';

export interface KubectlSettings {
  /** A context of kubectl's configuration; undefined: the current one. */
  readonly context: string | undefined;
  readonly run: ProgramRunner;
}

interface Failed {
  readonly why: Said;
}

/** Asks a Kubernetes cluster through kubectl and its own configuration. Pods of daemon sets and static pods are no work. */
export class Kubectl implements WorkloadManager {
  readonly #settings: KubectlSettings;

  constructor(settings: KubectlSettings) {
    this.#settings = settings;
  }

  async workOn(nodes: readonly WorkloadNode[], signal: AbortSignal): Promise<KnownWork> {
    // Nodes first: a pod that starts in between is seen among the pods.
    const listed = await this.#nodes(signal);
    const podsArgs = ['get', 'pods', '--all-namespaces', `--output=jsonpath=${podsPath}`];
    const pods = 'why' in listed ? listed : await this.#read(podsArgs, readPods, signal);
    const work = ({ hostname }: WorkloadNode): NodeWork => {
      if ('why' in listed) return notKnown('no-answer', listed.why);
      if ('why' in pods) return notKnown('no-answer', pods.why);
      const [node, ...others] = findNode(listed)(hostname);
      if (others.length > 0) return notKnown('no-answer', phrase(texts.severalNodes));
      if (node === undefined) return notKnown('not-listed', phrase(texts.notListed));
      const jobs = pods.get(node.name);
      return jobs === undefined ? { kind: 'free' } : { kind: 'busy', jobs };
    };
    return new Map(nodes.map((node) => [node.bmcIp, work(node)]));
  }

  async drain(node: WorkloadNode, reason: string, before: () => void, signal: AbortSignal): Promise<DrainEnd> {
    const found = await this.#find(node, signal);
    if ('kind' in found) return found;
    if (found.isCordoned && !found.reason.startsWith(drainMark)) return { kind: 'by-others', reason: found.reason };
    before();
    // The annotation first: so somebody who finds the node cordoned can see why.
    const mark = ['annotate', 'node', found.name, `${drainAnnotation}=${reason}`, '--overwrite'];
    const marked = await this.#order(mark, signal);
    return marked.kind === 'done' ? this.#order(['cordon', found.name], signal) : marked;
  }

  async resume(node: WorkloadNode, signal: AbortSignal): Promise<DrainEnd> {
    const found = await this.#find(node, signal);
    if ('kind' in found) return found;
    if (!found.reason.startsWith(drainMark)) {
      return found.isCordoned ? { kind: 'by-others', reason: found.reason } : { kind: 'done' };
    }
    const given = await this.#order(['uncordon', found.name], signal);
    return given.kind === 'done' ? this.#order(['annotate', 'node', found.name, `${drainAnnotation}-`], signal) : given;
  }

  async #find({ hostname }: WorkloadNode, signal: AbortSignal): Promise<KubeNode | DrainEnd> {
    const listed = await this.#nodes(signal);
    if ('why' in listed) return { kind: 'not-done', why: listed.why };
    const [found, ...others] = findNode(listed)(hostname);
    if (others.length > 0) return { kind: 'not-done', why: phrase(texts.severalNodes) };
    return found ?? { kind: 'not-listed' };
  }

  #nodes(signal: AbortSignal): Promise<readonly KubeNode[] | Failed> {
    return this.#read(['get', 'nodes', `--output=jsonpath=${nodesPath}`], readNodes, signal);
  }

  async #read<T>(args: readonly string[], read: (text: string) => T, signal: AbortSignal): Promise<T | Failed> {
    const printed = await this.#print(args, signal);
    if ('why' in printed) return printed;
    try {
      return read(printed.text);
    } catch (error) {
      if (!(error instanceof UnreadableLine)) throw error;
      return { why: error.said };
    }
  }

  async #order(args: readonly string[], signal: AbortSignal): Promise<DrainEnd> {
    const printed = await this.#print(args, signal);
    return 'why' in printed ? { kind: 'not-done', why: printed.why } : { kind: 'done' };
  }

  async #print(args: readonly string[], signal: AbortSignal): Promise<{ readonly text: string } | Failed> {
    const { context, run } = this.#settings;
    const which = context === undefined ? [] : [`--context=${context}`];
    const answer = await run([...which, '--request-timeout=20s', ...args], signal);
    const { code, stdout, stderr, isMissing, isCut = false } = answer;
    if (isMissing) return { why: phrase(texts.noKubectl) };
    if (code !== 0) return { why: phrase(texts.noAnswer, { why: lastLine(stderr) }) };
    return isCut ? { why: phrase(texts.cut) } : { text: stdout };
  }
}

function notKnown(reason: 'not-listed' | 'no-answer', why: Said): NodeWork {
  return { kind: 'not-known', reason, why };
}

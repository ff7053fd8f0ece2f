import { isJsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { errorIn, readSlurmJson } from './slurmJson.ts';
import type { SlurmAnswer } from './slurmAnswer.ts';
import type { Failed, SlurmWay } from './slurmManager.ts';
import type { SlurmNode } from './slurmNodes.ts';
import { slurmTexts as texts } from './slurmTexts.ts';

/** What slurmrestd responded to one request, why it did not, or why there is no token that it could accept. */
export type RestAnswer =
  | { readonly status: number; readonly body: unknown }
  | { readonly lost: Said }
  | { readonly withoutToken: Said };

/** Sends one request with the token, once. Rejects with the signal's reason only. */
export type RestCall = (
  request: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: object },
  signal: AbortSignal,
) => Promise<RestAnswer>;

/** The newest version whose shapes are known here (Slurm 25.11); a newer one is used when there is no other. */
const newestKnown = 44;

interface Version {
  readonly number: number;
  readonly nodes: string;
  readonly jobs: string;
  /** Undefined: it cannot change nodes. */
  readonly node: string | undefined;
}

/** Asks slurmrestd, using the newest version of its interface that it announces (slurm.md section 4). */
export class SlurmRest implements SlurmWay {
  readonly #call: RestCall;
  /** As people write it. */
  readonly #host: string;
  #version: Version | undefined;

  constructor(host: string, call: RestCall) {
    this.#host = host;
    this.#call = call;
  }

  async list(signal: AbortSignal): Promise<SlurmAnswer | Failed> {
    const version = await this.#versionOf(signal);
    if ('why' in version) return version;
    // Nodes come first: a job that starts in between is seen among the jobs.
    const nodes = await this.#get(version.nodes, signal);
    if ('why' in nodes) return nodes;
    const jobs = await this.#get(version.jobs, signal);
    if ('why' in jobs) return jobs;
    return readSlurmJson(nodes.body, jobs.body) ?? this.#unreadable();
  }

  drain(node: SlurmNode, reason: string, signal: AbortSignal): Promise<Failed | undefined> {
    return this.#change(node, { state: ['DRAIN'], reason }, signal);
  }

  resume(node: SlurmNode, signal: AbortSignal): Promise<Failed | undefined> {
    return this.#change(node, { state: ['RESUME'] }, signal);
  }

  async #change({ name }: SlurmNode, body: object, signal: AbortSignal): Promise<Failed | undefined> {
    const version = await this.#versionOf(signal);
    if ('why' in version) return version;
    if (version.node === undefined) return { why: phrase(texts.cannotChange, { host: this.#host }) };
    const path = version.node.replace('{node_name}', encodeURIComponent(name));
    const answer = await this.#ask({ method: 'POST', path, body }, signal);
    return 'why' in answer ? answer : undefined;
  }

  #get(path: string, signal: AbortSignal): Promise<{ readonly body: unknown } | Failed> {
    return this.#ask({ method: 'GET', path }, signal);
  }

  async #versionOf(signal: AbortSignal): Promise<Version | Failed> {
    if (this.#version !== undefined) return this.#version;
    const answer = await this.#get('/openapi/v3', signal);
    if ('why' in answer) return answer;
    this.#version = newestOf(answer.body);
    return this.#version ?? this.#unreadable();
  }

  async #ask(request: Parameters<RestCall>[0], signal: AbortSignal): Promise<{ readonly body: unknown } | Failed> {
    const answer = await this.#call(request, signal);
    if ('withoutToken' in answer) return { why: answer.withoutToken };
    if ('lost' in answer) return { why: phrase(texts.noAnswer, { host: this.#host, why: answer.lost }) };
    const said = errorIn(answer.body);
    if (answer.status >= 200 && answer.status < 300 && said === undefined) return { body: answer.body };
    const why =
      said === undefined || said === '' ? `HTTP ${String(answer.status)}` : `HTTP ${String(answer.status)}, ${said}`;
    return { why: phrase(texts.refused, { host: this.#host, why }) };
  }

  #unreadable(): Failed {
    return { why: phrase(texts.unreadable, { host: this.#host, what: phrase(texts.otherShape) }) };
  }
}

/** The newest version that lists nodes and jobs. */
function newestOf(document: unknown): Version | undefined {
  const paths = isJsonObject(document) && isJsonObject(document['paths']) ? document['paths'] : {};
  const versions = new Map<number, Partial<Record<'nodes' | 'jobs' | 'node', string>>>();
  for (const [path, methods] of Object.entries(paths)) {
    const [, number, what] = /^\/slurm\/v0\.0\.(\d{1,4})\/(nodes|jobs|node\/\{node_name\})\/?$/.exec(path) ?? [];
    if (number === undefined || !isJsonObject(methods)) continue;
    const name = what === 'nodes' || what === 'jobs' ? what : 'node';
    if (!Object.hasOwn(methods, name === 'node' ? 'post' : 'get')) continue;
    versions.set(Number(number), { ...versions.get(Number(number)), [name]: path });
  }
  const usable = [...versions].flatMap(([number, { nodes, jobs, node }]): Version[] =>
    nodes === undefined || jobs === undefined ? [] : [{ number, nodes, jobs, node }],
  );
  const byAge = usable.sort((one, other) => other.number - one.number);
  return byAge.find(({ number }) => number <= newestKnown) ?? byAge[0];
}

import { statement } from '@omnia-buildstream/core/text/foreignText';
import { mapTexts, type Phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';
import type { BootFiles } from './images.ts';

/** Hands boot configuration to what serves it to nodes: files for iPXE and dnsmasq, OpenCHAMI. */
export interface BootProvisioner {
  /** For people: "files in /srv/boot", "OpenCHAMI at https://…". */
  readonly name: Phrase;
  /**
   * What handing over would remove of earlier runs, for people to see before they confirm; empty when nothing. Changes
   * nothing. Rejects like `provision`.
   */
  outdated(request: BootRequest, signal: AbortSignal): Promise<readonly string[]>;
  /**
   * What nodes will still be missing to boot and to report, as far as can be seen here. Changes nothing. Rejects like
   * `provision`.
   */
  notes(request: BootRequest, signal: AbortSignal): Promise<readonly Phrase[]>;
  /**
   * Hands over the boot configuration of all nodes and reports for each what happened. The same request again changes
   * nothing.
   * @throws ProvisionError when nothing could be handed over, or the signal's reason
   * @param tell what it found out on the way
   */
  provision(request: BootRequest, signal: AbortSignal, tell?: Tell): Promise<readonly ProvisionedNode[]>;
}

/** Something for people to know, in a sentence. */
export type Tell = (level: 'info' | 'warning', said: Phrase) => void;

export interface BootRequest {
  readonly imageGroup: string;
  /** BuildStreaM job; empty when nobody named one. */
  readonly jobId: string;
  readonly nodes: readonly BootNode[];
}

export interface BootNode {
  readonly hostname: string;
  /** Lower case with colons; no two nodes have the same. */
  readonly mac: string;
  readonly ip: string;
  /** Functional group. */
  readonly role: string;
  /** Name of the image. */
  readonly image: string;
  readonly boot: BootFiles;
}

export type BootChange = 'created' | 'updated' | 'unchanged';

export type ProvisionedNode =
  | { readonly node: BootNode; readonly change: BootChange }
  | { readonly node: BootNode; readonly change: 'failed'; readonly reason: ProvisionReason; readonly detail: Said };

export type ProvisionReason =
  /** No connection; what was sent last may have been carried out. */
  | 'unreachable'
  /** The certificate is not the one that was agreed on. */
  | 'tls'
  | 'unauthorized'
  /** The request was understood and refused. */
  | 'refused'
  /** Something else holds an address of the node. */
  | 'conflict'
  /** The response is not what the service documents, or what was written is not shown. */
  | 'protocol'
  /** A value could be read as something else where it is written. */
  | 'bad-input'
  /** Somebody else is writing there. */
  | 'locked'
  | 'read-only'
  | 'disk-full'
  /** There is a link, or something else that is not a file, where one of ours belongs. */
  | 'not-ours'
  /** What an earlier run left cannot be understood. */
  | 'unreadable'
  | 'io';

export class ProvisionError extends SaidError {
  readonly reason: ProvisionReason;

  constructor(reason: ProvisionReason, said: Said, cause?: unknown) {
    super(mapTexts(said, statement), { cause });
    this.name = 'ProvisionError';
    this.reason = reason;
  }
}

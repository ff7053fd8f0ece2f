import type { Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';
import type { FailureKind } from '@omnia-buildstream/core/restart/failureKind';

/** How the engine learns that a node has booted: from the node itself, not from its BMC. */
export interface ReportSource {
  /**
   * Begins to listen for one node, after its reset was sent: anything earlier belongs to an earlier boot. A node has to
   * be told to report again while nobody is listening.
   */
  watch(node: ReportingNode): NodeWatch;
}

export interface ReportingNode {
  readonly bmcIp: string;
  readonly hostname: string;
  readonly adminIp: string;
  /** The system that was running before may still respond, so it must be seen to go down first. */
  readonly wasOn: boolean;
  /** A moment before the reset was sent, on the monotonic clock; undefined: an earlier process sent it. */
  readonly resetMs: number | undefined;
}

export interface NodeWatch {
  /** Resolves when the node reports. @throws NotBooted when it never will, or with the signal's reason */
  reported(signal: AbortSignal): Promise<Report>;
  /** The system that was running before is certainly gone by now. */
  oldIsGone(): void;
  /** What was seen of the node if it has not reported so far; undefined: nobody looked, or there is nothing to say. */
  readonly missing: Missing | undefined;
  /** Ends the watch. */
  close(): void;
}

export interface Report {
  /** What reported, for people: "phone-home from 10.5.0.14". */
  readonly detail: Said;
  /**
   * Tells the node that it was heard. Called when its result is durable and not before: a node that was told stops
   * reporting, and a kill in between would lose the report.
   */
  confirm(): void;
}

/** Why a node is not considered booted. */
export interface Missing {
  readonly failure: Extract<
    FailureKind,
    'no-report' | 'ssh-unreachable' | 'ssh-refused' | 'old-boot' | 'cloud-init-unfinished' | 'cloud-init-failed'
  >;
  readonly detail: Said;
}

/** The node has said that it will not report: waiting longer is of no use. */
export class NotBooted extends SaidError {
  readonly reason: Missing['failure'];

  constructor({ failure, detail }: Missing) {
    super(detail);
    this.name = 'NotBooted';
    this.reason = failure;
  }
}

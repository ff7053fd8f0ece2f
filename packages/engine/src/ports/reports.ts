/** How the engine learns that a node has booted: from the node itself, not from its BMC. */
export interface ReportSource {
  /**
   * Begins to listen for one node, after its reset was sent: what came before is of an earlier boot. A node has to be
   * told to report again while nobody listens.
   */
  watch(node: ReportingNode): NodeWatch;
}

export interface ReportingNode {
  readonly bmcIp: string;
  readonly hostname: string;
  readonly adminIp: string;
  /** The system that was running before may still answer, so it must be seen to go down first. */
  readonly wasOn: boolean;
}

export interface NodeWatch {
  /** Resolves when the node reports. Rejects only with the signal's reason. */
  reported(signal: AbortSignal): Promise<Report>;
  /** Ends the watch. */
  close(): void;
}

export interface Report {
  /** What reported, for people: "phone-home from 10.5.0.14". */
  readonly detail: string;
  /**
   * Tells the node that it was heard. Called when its result is durable and not before: a node that was told stops
   * reporting, and a kill in between would lose it.
   */
  confirm(): void;
}

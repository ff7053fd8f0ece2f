import type { Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';

/** Where image groups come from: a manifest on disk, or the BuildStreaM API. */
export interface ImageSource {
  /** Newest first. @throws ImageSourceError, or the signal's reason */
  list(signal: AbortSignal): Promise<readonly ImageGroup[]>;
}

/** The images that one build created, one for each role. Choosing one is what the select_image stage does. */
export interface ImageGroup {
  readonly id: string;
  /** BuildStreaM job that it belongs to, one to one; undefined in a manifest that names none. */
  readonly jobId: string | undefined;
  /** BUILT, DEPLOYING, DEPLOYED, … PASSED or FAILED (omnia.md section 7); a source without states says BUILT. */
  readonly status: string;
  readonly images: readonly RoleImage[];
  /** When it last changed, milliseconds since the epoch by the clock of its source; undefined: not told. */
  readonly updatedAt?: number | undefined;
}

export interface RoleImage {
  /** Functional group, as the source writes it: `slurm_node_x86_64`. */
  readonly role: string;
  readonly name: string;
  /** How a node boots it; undefined when the source does not say. */
  readonly boot: BootFiles | undefined;
}

export interface BootFiles {
  /** Absolute URLs. */
  readonly kernel: string;
  readonly initrd: string;
  /** Root file system, named in the kernel's parameters; undefined when the initrd is all. */
  readonly rootfs: string | undefined;
  /** Kernel parameters, separated by blanks. */
  readonly params: string;
}

/** Why image groups are not available. */
export class ImageSourceError extends SaidError {
  readonly reason: 'unreachable' | 'refused' | 'unreadable';

  constructor(reason: ImageSourceError['reason'], said: Said, cause?: unknown) {
    super(said, { cause });
    this.name = 'ImageSourceError';
    this.reason = reason;
  }
}

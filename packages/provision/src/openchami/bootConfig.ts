/** What a node boots. */
export interface BootConfig {
  readonly kernel: string;
  readonly initrd: string;
  readonly params: string;
}

export function isSameConfig(one: BootConfig | undefined, other: BootConfig): boolean {
  return one?.kernel === other.kernel && one.initrd === other.initrd && one.params === other.params;
}

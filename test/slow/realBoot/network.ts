import { execFileSync } from 'node:child_process';

export const serverAddress = '10.5.0.254';
const bridge = 'br0';

/** Address of node `index`. */
export const nodeAddress = (index: number): string => `10.5.0.${String(index + 1)}`;

const tapOf = (index: number): string => `tap${String(index)}`;

/** A network between this namespace and this many machines. */
export function makeNetwork(machines: number): void {
  const ip = (...args: readonly string[]): unknown => execFileSync('ip', args, { stdio: 'pipe' });
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', bridge, 'type', 'bridge', 'forward_delay', '0', 'stp_state', '0');
  ip('addr', 'add', `${serverAddress}/24`, 'dev', bridge);
  for (let index = 0; index < machines; index++) {
    ip('tuntap', 'add', tapOf(index), 'mode', 'tap');
    ip('link', 'set', tapOf(index), 'master', bridge, 'up');
  }
  ip('link', 'set', bridge, 'up');
}

export const networkCard = { bridge, tapOf } as const;

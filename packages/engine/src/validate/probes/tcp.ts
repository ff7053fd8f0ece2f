import { connect } from 'node:net';
import { failed, inError, passed, type Check } from '../check.ts';
import { isSafeHost } from './safeHost.ts';
import type { Probe } from './prober.ts';
import { onAbort } from '../../time/onAbort.ts';

const advice: Readonly<Record<string, string>> = {
  ssh: 'Look at the console: has the node booted, does it have its admin address, does sshd run?',
  slurmctld: 'Look at `systemctl status slurmctld` and its log on the node, and at the firewall.',
  slurmd: 'Look at `systemctl status slurmd` on the node, and whether it finds the controller.',
  kubelet: 'Look at `systemctl status kubelet` on the node.',
  'kube-api': 'Look at `crictl ps -a` for kube-apiserver on the node.',
  nfs: 'Look at `systemctl status nfs-server` on the host, and at the firewall.',
};

/** Connects to the port and hangs up. */
export const probeTcp: Probe<Extract<Check, { readonly port: number }>> = async ({ kind, address, port }, signal) => {
  const where = `port ${String(port)} of ${address}`;
  if (!isSafeHost(address))
    return inError(`"${address}" is not a valid address`, 'Correct ADMIN_IP in the mapping file.');
  const fault = await connectOnce(address, port, signal);
  return fault === undefined ? passed(`${where} answers`) : failed(`${where}: ${fault}`, advice[kind] ?? '', true);
};

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  ETIMEDOUT: 'nothing answers',
  ENOTFOUND: 'the name is unknown',
  EAI_AGAIN: 'no name server answers',
};

/** Undefined when the connection came about, else why not. */
function connectOnce(host: string, port: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host, port });
    const unlisten = onAbort(signal, () => {
      socket.destroy();
      reject(signal.reason as Error);
    });
    const end = (fault: string | undefined): void => {
      unlisten();
      socket.destroy();
      resolve(fault);
    };
    socket.once('connect', () => {
      end(undefined);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end(words[error.code ?? ''] ?? error.message);
    });
  });
}

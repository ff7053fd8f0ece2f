import { connect } from 'node:net';
import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { failed, inError, passed, type Check } from '../check.ts';
import { checkAdviceTexts as advice, connectTexts, findingTexts as texts } from '../checkTexts.ts';
import { isSafeHost } from '@omnia-buildstream/core/text/safeHost';
import type { Probe } from './prober.ts';
import { onAbort } from '../../time/onAbort.ts';

/** Connects to the port and hangs up. */
export const probeTcp: Probe<Extract<Check, { readonly port: number }>> = async ({ kind, address, port }, signal) => {
  if (!isSafeHost(address)) return inError(phrase(texts.badAddress, { address }), advice.adminIp);
  const fault = await connectOnce(address, port, signal);
  if (fault === undefined) return passed(phrase(texts.responds, { port, address }));
  return failed(phrase(texts.port, { port, address, fault }), advice[kind], true);
};

/** Undefined when the connection was established, else why not. */
function connectOnce(host: string, port: number, signal: AbortSignal): Promise<Said | undefined> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host, port });
    const unlisten = onAbort(signal, () => {
      socket.destroy();
      reject(signal.reason as Error);
    });
    const end = (fault: Said | undefined): void => {
      unlisten();
      socket.destroy();
      resolve(fault);
    };
    socket.once('connect', () => {
      end(undefined);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end(faultOf(error));
    });
  });
}

function faultOf({ code, message }: NodeJS.ErrnoException): Said {
  const known = Object.entries(connectTexts).find(([name]) => name === code);
  return known === undefined ? message : phrase(known[1]);
}

import { setAlarm } from '@omnia-buildstream/engine/time/alarm';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { buildConnector, errors } from 'undici';
import { trustedContext } from './authorities.ts';
import { judgeCertificate, type TlsPolicy } from './policy.ts';

/**
 * Connects and judges the certificate before the socket is handed out. Node's own verdict is taken from the socket
 * instead of letting it break the connection, so that the fingerprint can be shown and pinned hosts need no authority.
 * Sessions are not resumed: a resumed one would not be judged again. One secure context serves all connections, since
 * reading the authorities anew for thousands of BMCs takes longer than the handshakes.
 *
 * @param connectTimeoutMs for TCP and TLS together
 */
export function judgingConnector(policy: TlsPolicy, connectTimeoutMs: number, clock: Clock): buildConnector.connector {
  const secureContext = trustedContext(policy.ca);
  // It returns the socket that it opens, which its types do not say.
  const connect: (...given: Parameters<buildConnector.connector>) => unknown = buildConnector({
    secureContext,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    maxCachedSessions: 0,
    // The limit is kept below, by the clock that we are given.
    timeout: 0,
  });
  return (options, callback) => {
    const endLimit = setAlarm(clock, connectTimeoutMs, () => {
      if (opened instanceof Socket) opened.destroy(new errors.ConnectTimeoutError());
    });
    const opened = connect(options, (...args) => {
      endLimit();
      const [error, socket] = args;
      if (error !== null || !(socket instanceof TLSSocket)) {
        callback(...args);
        return;
      }
      const fault = judgeCertificate(socket, options.hostname, policy);
      if (fault === undefined) {
        callback(...args);
        return;
      }
      socket.destroy();
      callback(fault, null);
    });
  };
}

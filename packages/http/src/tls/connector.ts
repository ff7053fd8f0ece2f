import { setAlarm } from '@omnia-buildstream/engine/time/alarm';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { buildConnector, errors } from 'undici';
import { ruleFor } from '../hosts/hostPattern.ts';
import { trustedContext } from './authorities.ts';
import { judgeCertificate, type TlsPolicy } from './policy.ts';

/**
 * Connects, and verifies the certificate before it hands out the socket. Node's own verdict is read from the socket and
 * does not break the connection, so that the fingerprint can be shown and pinned hosts need no authority. TLS sessions
 * are not resumed, because a resumed session would not be verified again. Connections share one secure context, because
 * reading the authorities again for each of thousands of BMCs takes longer than the handshakes.
 *
 * @param connectTimeoutMs for TCP and TLS together
 */
export function judgingConnector(policy: TlsPolicy, connectTimeoutMs: number, clock: Clock): buildConnector.connector {
  const connectTo = contextsOf(policy);
  return (options, callback) => {
    const endLimit = setAlarm(clock, connectTimeoutMs, () => {
      if (opened instanceof Socket) opened.destroy(new errors.ConnectTimeoutError());
    });
    const opened = connectTo(options.hostname)(options, (...args) => {
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

/** Returns the socket that it opens, although its types do not say so. */
type Connect = (...given: Parameters<buildConnector.connector>) => unknown;

/** One connector per set of authorities, created when its first host is contacted. */
function contextsOf({ ca, authorities = [] }: TlsPolicy): (host: string) => Connect {
  const made = new Map<string | undefined, Connect>();
  return (host) => {
    const own = ruleFor(authorities, host) ?? ca;
    const known = made.get(own);
    if (known !== undefined) return known;
    const connect: Connect = buildConnector({
      secureContext: trustedContext(own),
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      maxCachedSessions: 0,
      // The limit is enforced above, using the injected clock.
      timeout: 0,
    });
    made.set(own, connect);
    return connect;
  };
}

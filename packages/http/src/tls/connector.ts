import { createSecureContext, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { judgeCertificate, type TlsPolicy } from './policy.ts';

/**
 * Connects and judges the certificate before the socket is handed out. Node's own verdict is taken from the socket
 * instead of letting it break the connection, so that the fingerprint can be shown and pinned hosts need no authority.
 * Sessions are not resumed: a resumed one would not be judged again. One secure context serves all connections, since
 * reading the authorities anew for thousands of BMCs takes longer than the handshakes.
 */
export function judgingConnector(policy: TlsPolicy, connectTimeoutMs: number): buildConnector.connector {
  const secureContext = createSecureContext(policy.ca === undefined ? {} : { ca: policy.ca });
  const connect = buildConnector({
    secureContext,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    maxCachedSessions: 0,
    timeout: connectTimeoutMs,
  });
  return (options, callback) => {
    connect(options, (...args) => {
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

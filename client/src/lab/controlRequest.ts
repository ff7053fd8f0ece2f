import { request } from 'node:http';

/** The lab is on this machine: only one that hangs takes so long. */
const requestTimeoutMs = 60_000;

/**
 * Sends a request to the control server of a lab, on this machine. Does not use `fetch`, which VS Code sends through
 * its proxy. Resolves to the parsed response; rejects if there is none or its status is not 200.
 */
export function controlRequest(
  { url, token }: { readonly url: string; readonly token: string },
  method: 'GET' | 'POST',
  place: string,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const sent = request(`${url}${place}`, { method, headers, timeout: requestTimeoutMs }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        try {
          if (response.statusCode !== 200) throw new Error(`refused (${String(response.statusCode)})`);
          resolve(JSON.parse(text));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end();
  });
}

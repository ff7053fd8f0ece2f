/** The language server as a browser worker: no Node, no disk and no network. It reads every file through the editor. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import type { ServerClock } from '../clock.ts';
import type { FileSource } from '../files.ts';
import { languageFeatures } from '../languageFeatures.ts';
import { startServer } from '../server.ts';

const noDisk: FileSource = { read: () => Promise.resolve(undefined) };

/** A worker cannot read its processor time, so all elapsed time counts as work. */
const workerClock: ServerClock = {
  now: () => performance.now(),
  worked: () => performance.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return {
      dispose: () => {
        clearTimeout(timer);
      },
    };
  },
};

const worker = self as unknown as DedicatedWorkerGlobalScope;
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
startServer(connection, { features: languageFeatures, disk: noDisk, clock: workerClock });

import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { MovableClock } from './clock.ts';
import { extensionFeatures } from './extensionFeatures.ts';
import { diskFiles } from './node/diskFiles.ts';
import { machineClock } from './node/machineClock.ts';
import type { MovableClockSwitch, PassTimeNotification } from './protocol.ts';
import { startServer } from './server.ts';

const passTime: PassTimeNotification['method'] = 'buildstream/passTime';
const movableClock: MovableClockSwitch = '--movable-clock';
const connection = createConnection(ProposedFeatures.all);
const movable = process.argv.includes(movableClock) ? new MovableClock(machineClock) : undefined;
if (movable !== undefined) {
  connection.onNotification(passTime, ({ ms }: PassTimeNotification['params']) => {
    movable.passMs(ms);
  });
}
startServer(connection, { features: extensionFeatures, disk: diskFiles, clock: movable ?? machineClock });

import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFiles } from './files.ts';
import { startServer } from './server.ts';

startServer(createConnection(ProposedFeatures.all), { disk: diskFiles, now: () => performance.now() });

import os from 'node:os';
import path from 'node:path';

/**
 * Where runs register themselves: below the folder that the user's system keeps state in, whatever the project. Runs of
 * other users and on other computers are not seen.
 */
export function userRunsFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  return path.join(stateHome(env, platform), 'omnia-buildstream', 'runs');
}

function stateHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = os.homedir();
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  const given = env['XDG_STATE_HOME'] ?? '';
  return path.isAbsolute(given) ? given : path.join(home, '.local', 'state');
}

import os from 'node:os';
import path from 'node:path';

/**
 * The folder in which runs of all projects register themselves, inside the system's folder for the user's state. Runs
 * of other users and on other computers are not seen.
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

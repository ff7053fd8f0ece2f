import type { ClientCommands } from '../protocol.ts';

/** The commands that the server carries out if the editor does not. */
export const served = [
  'buildstream.markSuccessful',
  'buildstream.markFailed',
  'buildstream.showInMapping',
  'buildstream.showPlan',
] as const satisfies readonly (keyof ClientCommands)[];

export type Served = (typeof served)[number];

export function isServed(command: string): command is Served {
  return (served as readonly string[]).includes(command);
}

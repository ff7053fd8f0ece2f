import { cannotRun } from './cannotRun.ts';

/** The bundled third-party software with its licenses. @throws UserError in a checkout */
export async function licensesText(): Promise<string> {
  const { notices } = await import('#notices');
  if (notices === undefined) throw cannotRun('file', 'Only the built command carries the licenses.');
  return notices;
}

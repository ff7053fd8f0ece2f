import { oneOf } from '../arguments.ts';

/** What carries a stage out for the command line. GitLab's pipelines are under `buildstream pipelines`. */
const backends = ['direct', 'oim'] as const;
export type CliBackend = (typeof backends)[number];

/** @throws UserError for another name */
export function backendNamed(name: string | undefined): CliBackend {
  return name === undefined ? 'direct' : oneOf('--backend', name, backends);
}

const withValue = '--backend=';

/** The backend that arguments name, and the arguments without it: each backend has options of its own. @throws UserError */
export function splitBackend(args: readonly string[]): {
  readonly backend: CliBackend;
  readonly rest: readonly string[];
} {
  const at = args.findIndex((arg) => arg === '--backend' || arg.startsWith(withValue));
  const given = args[at];
  if (given === undefined) return { backend: 'direct', rest: args };
  const inline = given.startsWith(withValue) ? given.slice(withValue.length) : undefined;
  const backend = backendNamed(inline ?? args[at + 1] ?? '');
  return { backend, rest: args.filter((_, index) => index !== at && (inline !== undefined || index !== at + 1)) };
}

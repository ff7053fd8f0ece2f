import type { Contact } from '@omnia-buildstream/runner/contacts';
import type { ValidateRequest } from '@omnia-buildstream/runner/validate';
import { formatTable } from '../../table.ts';
import type { ValidateOptions } from './options.ts';

const mostShown = 4;

/** What the stage is going to contact, as a table for people. */
export function contactsText(
  contacts: readonly Contact[],
  { resolver, hosts }: ValidateOptions,
  { molecule, login, checks }: ValidateRequest,
): string {
  const asked = hosts ?? resolver ?? 'this machine';
  const rows = contacts.map(({ kind, port, addresses }) => {
    const isLogin = kind === 'clock' || kind === 'image';
    const how = isLogin ? `${login?.settings.user ?? ''}, port ${String(checks.ports.ssh)}` : `port ${String(port)}`;
    return [kind, kind === 'name' ? `names, by ${asked}` : how, String(addresses.length), someOf(addresses)];
  });
  const table = rows.length === 0 ? 'No node asks for a check.' : formatTable(['CHECK', 'HOW', 'HOSTS', ''], rows);
  const more = molecule === undefined ? '' : `\nThen runs ${molecule.command.join(' ')} in ${molecule.folder}.`;
  return `Read-only. Connects to:\n\n${table}\n${more}\n`;
}

function someOf(addresses: readonly string[]): string {
  const shown = addresses.slice(0, mostShown).join(', ');
  return addresses.length > mostShown ? `${shown}, …` : shown;
}
